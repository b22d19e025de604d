public import CarnetNotes

/// The keys that sign the ledger's checkpoints, the present one and those before it.
public struct LedgerKeys: Hashable, Sendable {
  /// One key and, once it was replaced, the time until which it still signs beside its successor.
  public struct Entry: Hashable, Sendable {
    public let key: PublicKey
    public package(set) var signsUntil: Timestamp?

    package init(key: PublicKey, signsUntil: Timestamp?) {
      (self.key, self.signsUntil) = (key, signsUntil)
    }
  }

  /// Oldest first, the present one last; never empty.
  public private(set) var entries: [Entry]

  package init(first key: PublicKey) {
    entries = [Entry(key: key, signsUntil: nil)]
  }

  /// Takes up the keys of a ledger; `nil` where there are none.
  package init?(_ entries: [Entry]) {
    guard !entries.isEmpty else { return nil }
    self.entries = entries
  }

  /// The key in force.
  public var current: PublicKey { entries[entries.count - 1].key }

  /// The key that was in force at a time.
  public func current(at time: Timestamp) -> PublicKey {
    let replaced = entries.first { entry in
      entry.signsUntil.map { time < $0.adding(seconds: -Limits.ledgerKeyOverlapSeconds) } ?? true
    }
    return replaced?.key ?? current
  }

  /// The keys that sign a checkpoint made at that time, the present one first.
  public func signing(at time: Timestamp) -> [PublicKey] {
    [current] + entries.dropLast().reversed().filter { $0.signsUntil.map { time <= $0 } ?? false }.map(\.key)
  }

  /// Whether the ledger ever signed with the key.
  public func contains(_ key: PublicKey) -> Bool {
    entries.contains { $0.key == key }
  }

  package mutating func replace(with key: PublicKey, at time: Timestamp) {
    entries[entries.count - 1].signsUntil = time.adding(seconds: Limits.ledgerKeyOverlapSeconds)
    entries.append(Entry(key: key, signsUntil: nil))
  }
}
