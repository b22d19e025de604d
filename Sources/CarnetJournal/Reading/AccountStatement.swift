public import CarnetLedger
public import CarnetNotes
import Synchronization

/// A page of an account's statement: the opening balance plus every line's amount is the closing balance.
public struct AccountStatement: Sendable {
  /// One posting of the account, with what its record tells.
  public struct Line: Sendable {
    /// The number of the record.
    public let number: UInt64
    public let time: Timestamp
    public let kind: NoteKind
    public let id: NoteID
    /// The other side; where a record has more than two, the first of the same currency that is not this account.
    public let counterparty: AccountName
    /// Minor units, positive for what the account received.
    public let amount: Int64
    /// The balance behind the record.
    public let balance: Int64
    /// The salted text, where the record has one and it was not erased.
    public let text: String?
  }

  public let account: AccountID
  /// Before the first line.
  public let opening: Int64
  /// Oldest first.
  public let lines: [Line]
  /// Behind the last line.
  public let closing: Int64
  /// Where the page of older lines begins; `nil` where this one holds the oldest asked for. Stable: records that are
  /// added later never shift it.
  public let next: Cursor?

  /// A place in an account's history: the key of an entry.
  public struct Cursor: Hashable, Sendable, CustomStringConvertible {
    let entry: Int64

    init(entry: Int64) {
      self.entry = entry
    }

    /// Reads what ``description`` wrote.
    public init?(_ text: String) {
      guard let entry = DecimalText.signed(text), entry > 0 else { return nil }
      self.entry = entry
    }

    public var description: String { String(entry) }
  }

  /// Lines of one page.
  public static let linesMax = Limits.pageLinesMax
}

/// Which part of an account's history is asked for.
public struct StatementRequest: Sendable {
  public var account: AccountID
  /// From this moment on.
  public var since: Timestamp?
  /// Up to and with this moment.
  public var until: Timestamp?
  public var limit: Int
  /// Where an earlier page ended.
  public var cursor: AccountStatement.Cursor?

  public init(
    account: AccountID, since: Timestamp? = nil, until: Timestamp? = nil,
    limit: Int = AccountStatement.linesMax, cursor: AccountStatement.Cursor? = nil
  ) {
    (self.account, self.since, self.until) = (account, since, until)
    (self.limit, self.cursor) = (limit, cursor)
  }
}

extension Journal {
  /// The newest page of the part of a statement asked for, or the page at its cursor.
  ///
  /// Cost: the lines of the page, and a few reads to find the first; not the length of the journal. A cursor of another
  /// account gives `nil`.
  public func statement(_ request: StatementRequest) throws(StoreError) -> AccountStatement? {
    let (newest, place, size) = committed.withLock { committed in
      let place = committed.accounts.place(of: request.account)
      return (place.map { committed.accounts.rows[$0].entry } ?? 0, place, committed.state.size)
    }
    let limit = max(1, min(request.limit, AccountStatement.linesMax))
    return try readers.read { log throws(StoreError) in
      let first =
        try request.since.map { since throws(StoreError) in
          try log.count(notAfter: since.adding(milliseconds: -1))
        } ?? 0
      let end = try request.until.map { until throws(StoreError) in try log.count(notAfter: until) } ?? size
      let history = AccountHistory(log: log, newest: newest)
      let start: Entry?
      if let cursor = request.cursor {
        start = cursor.entry <= newest ? try? log.entry(cursor.entry) : nil
        guard start?.account == place else { return nil }
      } else {
        start = try history.entry(below: min(end, size))
      }
      let entries = try history.entries(from: start, first: first, limit: limit)
      return try AccountStatement(request.account, entries, start: start, first: first, log)
    }
  }

  /// The balance behind the first `size` records; all of them where it is `nil`.
  public func balance(of account: AccountID, behind size: UInt64) throws(StoreError) -> Int64 {
    let newest = committed.withLock { committed in
      committed.accounts.place(of: account).map { committed.accounts.rows[$0].entry } ?? 0
    }
    return try readers.read { log throws(StoreError) in
      try AccountHistory(log: log, newest: newest).balance(behind: size)
    }
  }

  /// How many records there are up to and with a moment.
  public func size(at time: Timestamp) throws(StoreError) -> UInt64 {
    try readers.read { log throws(StoreError) in try log.count(notAfter: time) }
  }
}

extension AccountStatement {
  /// Builds a page from entries, newest first.
  fileprivate init(
    _ account: AccountID, _ entries: [Entry], start: Entry?, first: UInt64, _ log: LogTables
  ) throws(StoreError) {
    self.account = account
    var lines: [Line] = []
    for entry in entries { lines.append(try Line(entry, of: account, log)) }
    self.lines = lines.reversed()
    closing = entries.first?.balance ?? start?.balance ?? 0
    opening = entries.last.map { $0.balance - $0.amount } ?? closing
    guard let last = entries.last, last.previous > 0 else {
      next = nil
      return
    }
    let isWithin = UInt64(clamping: last.previous) / Entry.positions >= first
    next = isWithin ? Cursor(entry: last.previous) : nil
  }
}

extension AccountStatement.Line {
  fileprivate init(_ entry: Entry, of account: AccountID, _ log: LogTables) throws(StoreError) {
    guard let record = try log.record(entry.record) else { throw .damaged("record \(entry.record)") }
    let others = record.postings.legs.map(\.account).filter { $0 != account }
    let counterparty = others.first { $0.currency == account.currency } ?? others.first
    guard let counterparty else { throw .damaged("record \(entry.record)") }
    (number, time, kind) = (record.number, record.time, record.text.operation.kind)
    (id, self.counterparty) = (record.text.id, counterparty.name)
    (amount, balance) = (entry.amount, entry.balance)
    text = try log.saltedText(of: record.number).map { String(decoding: $0.text, as: UTF8.self) }
  }
}
