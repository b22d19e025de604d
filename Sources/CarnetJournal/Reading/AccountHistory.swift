import CarnetLedger
import CarnetNotes

/// The chain of one account's entries, read from the newest one back.
struct AccountHistory {
  let log: LogTables
  /// The key of the newest entry, 0 for none.
  let newest: Int64

  /// The newest entry of a record below `size`, `nil` where there is none: O(log² n) reads by the skips.
  func entry(below size: UInt64) throws(StoreError) -> Entry? {
    guard newest > 0 else { return nil }
    var entry = try log.entry(newest)
    while entry.record >= size {
      guard entry.previous > 0 else { return nil }
      let skipped = entry.skip > 0 ? try log.entry(entry.skip) : nil
      // A skip that still lands too late saves steps; one that lands early enough may have passed over the one sought.
      if let skipped, skipped.record >= size {
        entry = skipped
      } else {
        entry = try log.entry(entry.previous)
      }
    }
    return entry
  }

  /// The balance behind the first `size` records.
  func balance(behind size: UInt64) throws(StoreError) -> Int64 {
    try entry(below: size)?.balance ?? 0
  }

  /// At most `limit` entries from one back, newest first, none of a record below `first`.
  func entries(from start: Entry?, first: UInt64, limit: Int) throws(StoreError) -> [Entry] {
    var entries: [Entry] = []
    var next = start
    while let entry = next, entry.record >= first, entries.count < limit {
      entries.append(entry)
      next = entry.previous > 0 ? try log.entry(entry.previous) : nil
    }
    return entries
  }
}
