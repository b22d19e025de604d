public import CarnetNotes

/// The fields of `cutoff`: the state behind this very record is kept, so that a closing can be made of it.
public struct CutoffOrder: Hashable, Sendable {
  public let period: ClosingPeriod

  public init(period: ClosingPeriod) {
    self.period = period
  }

  init(from reader: inout TextReader) throws(NoteError) {
    period = try reader.value("period", "a year or a month") { ClosingPeriod($0) }
  }

  func write(to writer: inout TextWriter) {
    writer.field("period", period.description)
  }
}

/// The fields of `closing`: what everyone had at a cutoff, committed to, and what the bank held, attested.
public struct Closing: Hashable, Sendable {
  /// The number of the cutoff's record.
  public let cutoff: UInt64
  /// Ascending by currency, `minus` before `plus`.
  public let totals: [ClosingTotal]
  /// SHA-256 of the canonical state at the cutoff.
  public let state: Digest
  /// What the bank held; absent where the ledger books no euros.
  public let attested: Attestation?
  /// Hash of the salted reason, where booked and attested reserve differ.
  public let reason: Digest?

  /// What officers say the bank holds for the guarantee fund. Nothing in the ledger proves it.
  public struct Attestation: Hashable, Sendable {
    /// Cents.
    public let amount: Int64
    /// The day of the bank statement.
    public let date: CalendarDate
    /// SHA-256(`carnet.statement/v1\n` ‖ salt of 32 bytes ‖ the file), see ``BankStatement``.
    public let statement: Digest

    public init(amount: Int64, date: CalendarDate, statement: Digest) {
      (self.amount, self.date, self.statement) = (amount, date, statement)
    }
  }

  public init(
    cutoff: UInt64, totals: [ClosingTotal], state: Digest, attested: Attestation?, reason: Digest?
  ) {
    (self.cutoff, self.totals, self.state) = (cutoff, totals, state)
    (self.attested, self.reason) = (attested, reason)
  }

  init(from reader: inout TextReader) throws(NoteError) {
    cutoff = try reader.unsigned("cutoff")
    totals = try reader.optionalValue("totals", "an ascending list of totals") { ClosingTotal.list($0) } ?? []
    state = try reader.digest("state")
    let amount = try reader.optionalValue("attested", "an amount of cents") { text in
      DecimalText.unsigned(text).flatMap { $0 <= UInt64(Quantity.max) ? Int64($0) : nil }
    }
    let date = try reader.optionalValue("date", "a date") { CalendarDate($0) }
    let statement = try reader.optionalDigest("statement")
    switch (amount, date, statement) {
    case (let amount?, let date?, let statement?):
      attested = Attestation(amount: amount, date: date, statement: statement)
    case (nil, nil, nil): attested = nil
    default: throw .malformed("attested, date and statement stand together or not at all")
    }
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("cutoff", cutoff)
    writer.field(
      "totals", totals.isEmpty ? "-" : totals.map(\.description).joined(separator: ","))
    writer.field("state", base64: state)
    writer.field("attested", bound: attested?.amount)
    writer.field("date", attested?.date.description ?? "-")
    writer.field("statement", base64: attested?.statement)
    writer.field("reason", base64: reason)
  }
}

/// The bank statement behind an attested reserve, of which the log holds a salted hash.
public enum BankStatement {
  /// SHA-256(`carnet.statement/v1\n` ‖ salt of 32 bytes ‖ the file).
  public static func hash(salt: [UInt8], file: [UInt8]) -> Digest {
    precondition(salt.count == SaltedText.saltBytes, "a salt has 32 bytes")
    var builder = DigestBuilder()
    builder.append("carnet.statement/v1\n")
    builder.append(salt)
    builder.append(file)
    return builder.digest()
  }
}

/// Which balances a sum tree holds; the cases stand in the order of a closing.
public enum BalanceSign: String, Hashable, Comparable, Sendable, CaseIterable {
  /// Absolute values of those below zero.
  case minus
  /// Those of zero and above.
  case plus

  public static func < (left: BalanceSign, right: BalanceSign) -> Bool { left == .minus && right == .plus }
}

/// One sum tree of a closing: `MEL:plus:64:1234500:<root>`.
public struct ClosingTotal: Hashable, Sendable, CustomStringConvertible {
  public let currency: CurrencyCode
  public let sign: BalanceSign
  /// Leaves of the tree, those that only fill it up included: a power of two.
  public let leaves: UInt64
  /// Minor units, the sum of the absolute values.
  public let total: Int64
  /// The hash at the root.
  public let root: Digest

  /// Totals of one closing.
  static let countMax = Limits.closingTotalsMax

  public init(currency: CurrencyCode, sign: BalanceSign, leaves: UInt64, total: Int64, root: Digest) {
    (self.currency, self.sign, self.leaves) = (currency, sign, leaves)
    (self.total, self.root) = (total, root)
  }

  /// Reads a total; `nil` for any other text.
  public init?(_ text: String) {
    self.init(ArraySlice(Array(text.utf8)))
  }

  /// Reads a total given as ASCII.
  init?(_ text: ArraySlice<UInt8>) {
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 5, let currency = CurrencyCode(parts[0]), currency != .euro,
      let sign = BalanceSign(rawValue: String(decoding: parts[1], as: UTF8.self)),
      let leaves = DecimalText.unsigned(parts[2]), leaves.nonzeroBitCount == 1,
      leaves.trailingZeroBitCount <= SumTree.depthMax,
      let total = DecimalText.signed(parts[3]), total >= 0, let root = Digest(base64Bytes: parts[4])
    else { return nil }
    self.init(currency: currency, sign: sign, leaves: leaves, total: total, root: root)
  }

  /// Reads totals between commas, in their order and without repeats.
  static func list(_ text: ArraySlice<UInt8>) -> [ClosingTotal]? {
    let items = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard items.count <= countMax else { return nil }
    let totals = items.compactMap { ClosingTotal($0) }
    let isAscending = zip(totals, totals.dropFirst())
      .allSatisfy { ($0.currency, $0.sign) < ($1.currency, $1.sign) }
    return totals.count == items.count && isAscending ? totals : nil
  }

  public var description: String { "\(currency):\(sign.rawValue):\(leaves):\(total):\(root.base64)" }

  /// The root with its sum.
  var node: SumTree.Node? { SumTree.Node(sum: total, hash: root) }
}
