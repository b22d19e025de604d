package import CarnetLedger
package import CarnetNotes

/// What a till took in and gave back in a stretch of records, by day, kind and currency.
package struct TillFigures: Hashable, Sendable {
  /// One count and total.
  package struct Line: Hashable, Sendable {
    /// The day in the till's time zone, `2026-03-31`.
    package let day: String
    package let kind: TillSale.Kind
    package let currency: CurrencyCode
    package var count: Int64
    /// Minor units.
    package var total: Int64
  }

  /// By day, then kind, then currency.
  package let lines: [Line]
  /// The first and the last record counted, `nil` where there was none.
  package let first: UInt64?
  package let last: UInt64?

  package init(lines: [Line], first: UInt64?, last: UInt64?) {
    (self.lines, self.first, self.last) = (lines, first, last)
  }

  /// Counts sales, each on the day that `day` gives for its time.
  package init(_ sales: [TillSale], day: (Timestamp) -> String) throws(Refusal) {
    var lines: [Line] = []
    for sale in sales {
      let line = Line(
        day: day(sale.time), kind: sale.kind, currency: sale.currency, count: 1, total: sale.amount)
      try TillFigures.add(line, to: &lines)
    }
    lines.sort { ($0.day, $0.kind, $0.currency.description) < ($1.day, $1.kind, $1.currency.description) }
    self.init(lines: lines, first: sales.first?.record, last: sales.last?.record)
  }

  /// The same without the days.
  package func totals() throws(Refusal) -> [Line] {
    var totals: [Line] = []
    for line in lines {
      let whole = Line(
        day: "", kind: line.kind, currency: line.currency, count: line.count, total: line.total)
      try TillFigures.add(whole, to: &totals)
    }
    return totals.sorted { ($0.kind, $0.currency.description) < ($1.kind, $1.currency.description) }
  }

  private static func add(_ line: Line, to lines: inout [Line]) throws(Refusal) {
    let place = lines.firstIndex {
      $0.day == line.day && $0.kind == line.kind && $0.currency == line.currency
    }
    guard let place else { return lines.append(line) }
    let (total, overflow) = lines[place].total.addingReportingOverflow(line.total)
    guard !overflow else { throw .overflow }
    lines[place].total = total
    lines[place].count += line.count
  }
}

/// A close of a till (Z): a text with the hash of the one before, so that none can be left out or altered later.
package struct TillClose: Hashable, Sendable {
  package let ledger: Origin
  package let till: TillID
  /// From 1, without gaps.
  package let number: Int64
  package let time: Timestamp
  package let timeZone: String
  /// The first and the last record it looked at.
  package let from: UInt64
  package let through: UInt64
  package let figures: TillFigures
  /// SHA-256 of the text of the close before; `nil` for the first.
  package let previous: Digest?

  package init(
    ledger: Origin, till: TillID, number: Int64, time: Timestamp, timeZone: String, from: UInt64,
    through: UInt64, figures: TillFigures, previous: Digest?
  ) {
    (self.ledger, self.till, self.number, self.time) = (ledger, till, number, time)
    (self.timeZone, self.from, self.through) = (timeZone, from, through)
    (self.figures, self.previous) = (figures, previous)
  }

  /// The text: its SHA-256 is what the next close names.
  package var bytes: [UInt8] {
    var writer = TextWriter()
    writer.line(TillClose.header)
    writer.field("ledger", ledger.description)
    writer.field("till", till.description)
    writer.field("number", number)
    writer.field("time", time.milliseconds)
    writer.field("zone", timeZone)
    writer.field("from", from)
    writer.field("through", through)
    writer.field("first", figures.first.map { "\($0)" } ?? "-")
    writer.field("last", figures.last.map { "\($0)" } ?? "-")
    for line in figures.lines {
      writer.field(
        "day",
        [line.day, line.kind.rawValue, line.currency.description, "\(line.count)", "\(line.total)"])
    }
    writer.field("previous", base64: previous)
    return writer.bytes
  }

  package var hash: Digest { Digest.sha256(bytes) }

  private static let header = "till-close/v1"

  /// Reads a text in its one form.
  package init(parsing bytes: [UInt8]) throws(NoteError) {
    var reader = TextReader(bytes)
    try reader.line(TillClose.header)
    let ledger = Origin(String(decoding: try reader.field("ledger"), as: UTF8.self))
    let till = TillID(String(decoding: try reader.field("till"), as: UTF8.self))
    let number = try reader.integer("number", in: 1...Int64.max)
    let time = Timestamp(milliseconds: try reader.integer("time", in: Timestamp.millisecondsRange))
    let zone = String(decoding: try reader.field("zone"), as: UTF8.self)
    let (from, through) = (try reader.unsigned("from"), try reader.unsigned("through"))
    let first = try reader.optionalField("first").map { DecimalText.unsigned($0) }
    let last = try reader.optionalField("last").map { DecimalText.unsigned($0) }
    var lines: [TillFigures.Line] = []
    while reader.isNext("day") { lines.append(try TillClose.line(try reader.fields("day"))) }
    let previous = try reader.optionalDigest("previous")
    try reader.end()
    guard let ledger, let till else { throw .malformed("no ledger or till") }
    self.init(
      ledger: ledger, till: till, number: number, time: time, timeZone: zone, from: from, through: through,
      figures: TillFigures(lines: lines, first: first ?? nil, last: last ?? nil), previous: previous)
    guard self.bytes == bytes else { throw .malformed("not the one form of a close") }
  }

  private static func line(_ fields: InlineArray<5, ArraySlice<UInt8>>) throws(NoteError) -> TillFigures.Line
  {
    guard let kind = TillSale.Kind(rawValue: String(decoding: fields[1], as: UTF8.self)),
      let currency = CurrencyCode(String(decoding: fields[2], as: UTF8.self)),
      let count = DecimalText.signed(fields[3]), let total = DecimalText.signed(fields[4])
    else { throw .malformed("a line of a close") }
    return TillFigures.Line(
      day: String(decoding: fields[0], as: UTF8.self), kind: kind, currency: currency, count: count,
      total: total)
  }
}
