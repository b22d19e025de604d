/// The values of one setting over time.
public struct Timeline: Hashable, Sendable {
  /// One vote.
  public struct Entry: Hashable, Sendable {
    /// Unix seconds from which it holds.
    public let starts: Int64
    /// The number of its record.
    public let number: UInt64
    /// In the unit of the setting; `nil` for no bound.
    public let value: Int64?

    package init(starts: Int64, number: UInt64, value: Int64?) {
      (self.starts, self.number, self.value) = (starts, number, value)
    }

    func isAfter(_ other: Entry) -> Bool {
      (starts, number) > (other.starts, other.number)
    }
  }

  /// In the order they were voted.
  public private(set) var entries: [Entry]

  package init(_ entries: [Entry] = []) {
    self.entries = entries
  }

  /// What is in force: of those that started by then, the one with the greatest start and number.
  public func entry(at time: Timestamp) -> Entry? {
    var found: Entry?
    for entry in entries where Timestamp(seconds: entry.starts) <= time {
      if found.map(entry.isAfter) ?? true { found = entry }
    }
    return found
  }

  package mutating func add(_ entry: Entry) {
    entries.append(entry)
  }
}
