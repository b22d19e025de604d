extension Timestamp {
  private static let secondsPerDay: Int64 = 86_400

  /// `2025-01-01T07:00:00.000Z` (RFC 3339, section 5.6), in UTC with three decimals.
  public var rfc3339: String {
    let (year, month, day) = date
    let time = milliseconds.flooringDivision(by: Timestamp.secondsPerDay * 1_000).remainder
    let (hour, minute, second) = (time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60)
    let days = "\(Timestamp.padded(year, 4))-\(Timestamp.padded(month, 2))-\(Timestamp.padded(day, 2))"
    let clock = "\(Timestamp.padded(hour, 2)):\(Timestamp.padded(minute, 2)):\(Timestamp.padded(second, 2))"
    return "\(days)T\(clock).\(Timestamp.padded(time % 1_000, 3))Z"
  }

  /// Reads `YYYY-MM-DDThh:mm:ss[.fff](Z|±hh:mm)` (RFC 3339, section 5.6) or the date alone, midnight UTC.
  ///
  /// One to nine decimals, cut to milliseconds. Leap seconds and years before 1970 are refused.
  public init?(rfc3339 text: String) {
    var scanner = DateScanner(text.utf8)
    guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2), scanner.take("-"),
      let day = scanner.digits(2), (1...12).contains(month),
      (1...Timestamp.daysIn(month: month, of: year)).contains(day), year >= 1970
    else { return nil }
    var total = Timestamp.days(year: year, month: month, day: day) * Timestamp.secondsPerDay * 1_000
    if !scanner.isAtEnd {
      guard scanner.take("T") || scanner.take("t"), let time = scanner.timeOfDay() else { return nil }
      total += time
    }
    guard scanner.isAtEnd, Timestamp.millisecondsRange.contains(total) else { return nil }
    self.init(milliseconds: total)
  }

  /// Year, month and day in UTC (proleptic Gregorian calendar).
  public var date: (year: Int64, month: Int64, day: Int64) {
    // Days are counted from 1 March of year 0, so that the leap day comes last in its year.
    let days = milliseconds.flooringDivision(by: Timestamp.secondsPerDay * 1_000).quotient + 719_468
    let (era, dayOfEra) = days.flooringDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// Days from 1 January 1970 to a date.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.flooringDivision(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func daysIn(month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}

/// Reads the parts of a date from left to right.
private struct DateScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: some Collection<UInt8>) {
    rest = ArraySlice(Array(text))
  }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ symbol: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: symbol) else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// Milliseconds since midnight in UTC; they may be negative or beyond a day by the offset.
  mutating func timeOfDay() -> Int64? {
    guard let hour = digits(2), take(":"), let minute = digits(2), take(":"), let second = digits(2),
      hour < 24,
      minute < 60, second < 60, let fraction = fraction(), let offset = offset()
    else { return nil }
    return ((hour * 60 + minute - offset) * 60 + second) * 1_000 + fraction
  }

  private mutating func fraction() -> Int64? {
    guard take(".") else { return 0 }
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard (1...9).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    return (Array(digits) + [0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  /// Minutes to the east of Greenwich.
  private mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let isEast = take("+")
    guard isEast || take("-"), let hours = digits(2), take(":"), let minutes = digits(2), hours < 24,
      minutes < 60
    else { return nil }
    return (isEast ? 1 : -1) * (hours * 60 + minutes)
  }
}
