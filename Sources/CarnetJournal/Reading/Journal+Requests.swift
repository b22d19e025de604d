public import CarnetLedger
public import CarnetNotes

extension Journal {
  /// The oldest request of a code that is still open, else the newest; `nil` where there is none.
  public func request(_ code: RequestCode) throws(StoreError) -> RecordedRequest? {
    let now = requestTime
    return try readers.read { log throws(StoreError) in try log.request(code, at: now) }
  }

  /// The request of an id, `nil` where there is none.
  public func request(_ id: NoteID) throws(StoreError) -> RecordedRequest? {
    try readers.read { log throws(StoreError) in try log.request(id) }
  }

  /// The request of that record, `nil` where it is none.
  public func request(in record: UInt64) throws(StoreError) -> RecordedRequest? {
    try readers.read { log throws(StoreError) in try log.request(in: record) }
  }

  /// A member's requests before a record, newest first, at most ``requestsMax``.
  public func requests(
    of payee: MemberNumber, before record: UInt64 = .max, limit: Int = Journal.requestsMax
  ) throws(StoreError) -> [RecordedRequest] {
    let limit = max(0, min(limit, Journal.requestsMax))
    return try readers.read { log throws(StoreError) in
      try log.requests(of: payee, before: record, limit: limit)
    }
  }

  /// Requests that were neither paid nor cancelled and whose `until` lies in a span of Unix seconds, soonest first.
  public func unsettledRequests(until span: Range<Int64>) throws(StoreError) -> [RecordedRequest] {
    try readers.read { log throws(StoreError) in try log.unsettledRequests(until: span) }
  }

  /// Requests that are read at once.
  public static let requestsMax = 1_000

  /// The time that a note handed in now would be given.
  public var requestTime: Timestamp { max(clock.now, read { $0.time }) }
}

/// What a record does to a payment request.
package enum RequestChange: Hashable, Sendable {
  case made(NoteID)
  case paid(NoteID, by: NoteID)
  case cancelled(NoteID)

  /// `nil` for nearly every record.
  package init?(_ record: Record) {
    switch record.text.operation {
    case .request: self = .made(record.text.id)
    case .payment(let payment), .cheque(let payment):
      guard let request = payment.request else { return nil }
      self = .paid(request, by: record.text.id)
    case .cancel(let cancellation): self = .cancelled(cancellation.request)
    default: return nil
    }
  }

  /// The id of the request.
  package var request: NoteID {
    switch self {
    case .made(let id), .paid(let id, by: _), .cancelled(let id): id
    }
  }
}
