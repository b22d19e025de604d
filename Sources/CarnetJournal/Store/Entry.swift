package import CarnetLedger

/// One posting as it is kept: with the balance behind it, and where it stands in its account's chain.
///
/// The chain skips like a binary counter: entry number s of an account names entry s − 1 and the one whose number is s
/// without its lowest set bit. From any entry each older one is reached in O(log² s) steps, and nothing is ever
/// rewritten.
package struct Entry: Hashable, Sendable {
  /// 8 × record number + position among the postings.
  package let key: Int64
  /// The account's place in the book.
  package let account: Int
  package let amount: Int64
  package let balance: Int64
  /// Entries of the account up to this one.
  package let sequence: Int64
  /// The key of the account's entry before, 0 for none.
  package let previous: Int64
  /// The key of the account's entry number `sequence & (sequence - 1)`, 0 for none.
  package let skip: Int64

  /// The number of the record it belongs to.
  package var record: UInt64 { UInt64(clamping: key) / Entry.positions }

  /// Postings that one record may have.
  package static let positions: UInt64 = 8

  package static func key(record: UInt64, position: Int) -> Int64 {
    Int64(record * positions) + Int64(position)
  }
}

/// Every account with its balance and its newest entry, in the order of their first posting.
package struct AccountTable: Sendable {
  package struct Row: Sendable {
    package let account: AccountID
    package var balance: Int64
    /// The newest entry's key, 0 for none.
    package var entry: Int64
    package var sequence: Int64
    /// Keys of the entries that later ones skip to: those of the sequence numbers that are prefixes, in binary, of the
    /// newest one's, oldest first. At most 64; empty where it is not loaded yet.
    package var path: [Int64]
    /// The size at which the row last changed, for snapshots.
    package var changedAt: UInt64
  }

  package private(set) var rows: [Row] = []
  private var places: [AccountID: Int] = [:]

  package init() {}

  package func place(of account: AccountID) -> Int? { places[account] }

  package mutating func append(_ row: Row) {
    places[row.account] = rows.count
    rows.append(row)
  }

  /// Sets what a restart read of the tail.
  package mutating func take(_ entry: Entry) {
    rows[entry.account].balance = entry.balance
    rows[entry.account].entry = entry.key
    rows[entry.account].sequence = entry.sequence
    rows[entry.account].changedAt = entry.record + 1
  }

  /// The same for an account that may be new.
  mutating func take(_ entry: Entry, of account: AccountID) {
    if entry.account == rows.count {
      append(Row(account: account, balance: 0, entry: 0, sequence: 0, path: [], changedAt: 0))
    }
    take(entry)
  }

  package mutating func setPath(_ path: [Int64], of place: Int) {
    rows[place].path = path
  }

  /// Adds a posting: its entry, with the chain's two links.
  package mutating func post(_ leg: Posting, key: Int64) -> Entry {
    let place = places[leg.account] ?? rows.count
    if place == rows.count {
      append(Row(account: leg.account, balance: 0, entry: 0, sequence: 0, path: [], changedAt: 0))
    }
    let sequence = rows[place].sequence + 1
    // The path holds one key for each set bit of the old sequence number; the new number's own prefix is what is left
    // when as many are taken off as it has trailing zeros. The skip of the new entry is the last that stays.
    let kept = (sequence & (sequence - 1)).nonzeroBitCount
    rows[place].path.removeLast(max(0, rows[place].path.count - kept))
    let entry = Entry(
      key: key, account: place, amount: leg.amount, balance: rows[place].balance + leg.amount,
      sequence: sequence, previous: rows[place].entry, skip: rows[place].path.last ?? 0)
    take(entry)
    rows[place].path.append(key)
    return entry
  }
}
