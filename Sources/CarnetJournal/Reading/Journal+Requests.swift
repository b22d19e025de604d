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

  /// Requests that are read at once.
  public static let requestsMax = 1_000

  /// The time that a note handed in now would be given.
  public var requestTime: Timestamp { max(clock.now, read { $0.time }) }
}

extension Record {
  /// The payment request that the record pays or cancels; `nil` for nearly every one.
  package var settledRequest: NoteID? {
    switch text.operation {
    case .payment(let payment), .cheque(let payment): payment.request
    case .cancel(let cancellation): cancellation.request
    default: nil
    }
  }
}
