public import CarnetNotes

/// The fields of `payment` and `cheque`: the signer gives, `to` receives.
public struct Payment: Hashable, Sendable {
  /// A member, or the `commons` of the currency.
  public let to: AccountName
  public let currency: CurrencyCode
  /// Minor units.
  public let amount: Int64
  /// The id of the request it pays.
  public let request: NoteID?
  /// Hash of the salted memo.
  public let memo: Digest?

  public init(to: AccountName, currency: CurrencyCode, amount: Int64, request: NoteID?, memo: Digest?) {
    self.to = to
    self.currency = currency
    self.amount = amount
    self.request = request
    self.memo = memo
  }

  init(from reader: inout TextReader) throws(NoteError) {
    to = try reader.value("to", "a member's number or commons") { AccountName(payee: $0) }
    currency = try reader.currency("currency")
    amount = try reader.amount("amount")
    request = try reader.optionalID("request")
    memo = try reader.optionalDigest("memo")
  }

  func write(to writer: inout TextWriter) {
    writer.field("to", to.description)
    writer.field("currency", currency)
    writer.field("amount", amount)
    writer.field("request", id: request)
    writer.field("memo", base64: memo)
  }
}

/// The fields of `change`: euros came in, units go out.
public struct Change: Hashable, Sendable {
  /// Who receives the units.
  public let to: MemberNumber
  /// A backed currency.
  public let currency: CurrencyCode
  /// Minor units, the same count of cents of euro.
  public let amount: Int64
  /// Keyed hash of the bank reference, see ``BankReference``.
  public let reference: Digest

  public init(to: MemberNumber, currency: CurrencyCode, amount: Int64, reference: Digest) {
    self.to = to
    self.currency = currency
    self.amount = amount
    self.reference = reference
  }

  init(from reader: inout TextReader) throws(NoteError) {
    to = try reader.number("to")
    currency = try reader.currency("currency")
    amount = try reader.amount("amount")
    reference = try reader.digest("reference")
  }

  func write(to writer: inout TextWriter) {
    writer.field("to", to)
    writer.field("currency", currency)
    writer.field("amount", amount)
    writer.field("reference", base64: reference)
  }
}

/// The fields of `reconversion`: a business gives units back, euros go out.
public struct Reconversion: Hashable, Sendable {
  /// A backed currency.
  public let currency: CurrencyCode
  /// Minor units given back.
  public let amount: Int64
  /// Cents kept back: ⌊amount × rate / 10000⌋.
  public let fee: Int64
  /// Keyed hash of the bank reference of the transfer out.
  public let reference: Digest?

  public init(currency: CurrencyCode, amount: Int64, fee: Int64, reference: Digest?) {
    self.currency = currency
    self.amount = amount
    self.fee = fee
    self.reference = reference
  }

  /// Cents kept back from `amount` at a rate of hundredths of a percent, 0 to 10000: ⌊amount × rate / 10000⌋, in 128 bits.
  public static func fee(on amount: Int64, rate: Int64) -> Int64 {
    // The rate is at most the divisor, so the quotient is at most the amount.
    Limits.basisPoints.dividingFullWidth(amount.multipliedFullWidth(by: rate)).quotient
  }

  init(from reader: inout TextReader) throws(NoteError) {
    currency = try reader.currency("currency")
    amount = try reader.amount("amount")
    fee = try reader.integer("fee", in: 0...Quantity.max)
    reference = try reader.optionalDigest("reference")
  }

  func write(to writer: inout TextWriter) {
    writer.field("currency", currency)
    writer.field("amount", amount)
    writer.field("fee", fee)
    writer.field("reference", base64: reference)
  }
}

/// The fields of `reversal`: an older record, or part of it, is undone by a new one.
public struct Reversal: Hashable, Sendable {
  /// The number of the record it undoes.
  public let record: UInt64
  /// Minor units of the original that are undone.
  public let amount: Int64
  /// Hash of the salted reason; an officer always gives one.
  public let reason: Digest?

  public init(record: UInt64, amount: Int64, reason: Digest?) {
    self.record = record
    self.amount = amount
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    record = try reader.unsigned("record")
    amount = try reader.amount("amount")
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("record", record)
    writer.field("amount", amount)
    writer.field("reason", base64: reason)
  }
}

/// The fields of `euro`: euros move between the accounts of the guarantee fund.
public struct EuroMove: Hashable, Sendable {
  public let from: SystemAccount
  public let to: SystemAccount
  /// Cents.
  public let amount: Int64
  /// Keyed hash of the bank reference.
  public let reference: Digest?
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(from: SystemAccount, to: SystemAccount, amount: Int64, reference: Digest?, reason: Digest?) {
    self.from = from
    self.to = to
    self.amount = amount
    self.reference = reference
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    from = try reader.value("from", "fees, outside or reserve") { SystemAccount(euro: $0) }
    to = try reader.value("to", "fees, outside or reserve") { SystemAccount(euro: $0) }
    amount = try reader.amount("amount")
    reference = try reader.optionalDigest("reference")
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("from", from.rawValue)
    writer.field("to", to.rawValue)
    writer.field("amount", amount)
    writer.field("reference", base64: reference)
    writer.field("reason", base64: reason)
  }
}

/// The fields of `settle`: the whole balance of a member who died or left goes to, or is made good by, another.
public struct Settlement: Hashable, Sendable {
  /// The member whose account is emptied.
  public let from: MemberNumber
  /// The member who takes it over, and signs.
  public let to: MemberNumber
  public let currency: CurrencyCode
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(from: MemberNumber, to: MemberNumber, currency: CurrencyCode, reason: Digest?) {
    self.from = from
    self.to = to
    self.currency = currency
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    from = try reader.number("from")
    to = try reader.number("to")
    currency = try reader.currency("currency")
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("from", from)
    writer.field("to", to)
    writer.field("currency", currency)
    writer.field("reason", base64: reason)
  }
}

/// The fields of `void`: a note of the same signer that must not be recorded any more.
public struct VoidOrder: Hashable, Sendable {
  /// The id of that note.
  public let note: NoteID

  public init(note: NoteID) {
    self.note = note
  }

  init(from reader: inout TextReader) throws(NoteError) {
    note = try reader.id("note")
  }

  func write(to writer: inout TextWriter) {
    writer.field("note", id: note)
  }
}

extension AccountName {
  /// Who may be paid: a member or the commons.
  init?(payee text: ArraySlice<UInt8>) {
    guard let name = AccountName(text), name.member != nil || name == .system(.commons) else { return nil }
    self = name
  }
}

extension SystemAccount {
  /// An account that holds euros.
  init?(euro text: ArraySlice<UInt8>) {
    guard let account = SystemAccount(rawValue: String(decoding: text, as: UTF8.self)),
      SystemAccount.euroAccounts.contains(account)
    else { return nil }
    self = account
  }

  /// The accounts that the first backed currency brings with it, in `EUR`.
  public static let euroAccounts: [SystemAccount] = [.fees, .outside, .reserve]
}
