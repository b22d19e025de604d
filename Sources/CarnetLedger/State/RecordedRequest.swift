public import CarnetNotes

/// A payment request as it stands: what its record says, and what became of it.
public struct RecordedRequest: Hashable, Sendable {
  /// The number of its record.
  public let record: UInt64
  public let id: NoteID
  /// Who asks, and is to be paid.
  public let payee: MemberNumber
  public let currency: CurrencyCode
  /// Minor units.
  public let amount: Int64
  /// Unix seconds after which it cannot be paid.
  public let until: Int64
  /// The number of the record that paid it.
  public package(set) var paidIn: UInt64?
  /// The number of the record that cancelled it.
  public package(set) var cancelledIn: UInt64?

  package init(
    record: UInt64, id: NoteID, payee: MemberNumber, currency: CurrencyCode, amount: Int64, until: Int64,
    paidIn: UInt64? = nil, cancelledIn: UInt64? = nil
  ) {
    (self.record, self.id, self.payee) = (record, id, payee)
    (self.currency, self.amount, self.until) = (currency, amount, until)
    (self.paidIn, self.cancelledIn) = (paidIn, cancelledIn)
  }

  /// What can become of a request by its records and the time.
  public enum State: String, Hashable, Sendable, CaseIterable {
    case open, paid, expired, cancelled
  }

  /// What it is at that time.
  public func state(at time: Timestamp) -> State {
    if cancelledIn != nil { return .cancelled }
    if paidIn != nil { return .paid }
    return isExpired(at: time) ? .expired : .open
  }

  /// Whether it is too late to pay it.
  public func isExpired(at time: Timestamp) -> Bool { time > Timestamp(seconds: until) }

  /// What people type; `nil` where its maker did not see to it.
  public var code: RequestCode? { RequestCode(id) }
}
