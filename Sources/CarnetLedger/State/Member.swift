public import CarnetNotes

/// What the ledger knows of a member. Name and handle come from the card, which may be erased.
public struct Member: Hashable, Sendable {
  public let number: MemberNumber
  public let kind: MemberKind
  public package(set) var roles: Set<Role>
  public package(set) var status: MemberStatus
  /// Since when the member has been suspended without a break; `nil` while active.
  public package(set) var suspendedSince: Timestamp?
  /// Whether the business may reconvert.
  public package(set) var isAccredited: Bool
  /// Every key the member ever had, oldest first.
  public package(set) var keys: [MemberKey]
  /// Limits of the member's own, by currency.
  public package(set) var limits: [CurrencyCode: BalanceLimits]
  /// What people call the member: handle, name and kind by an officer's signature, the rest by the member's.
  public package(set) var card: Card?
  /// The record and the hash that handle, name and kind come from.
  public package(set) var officialCard: CardReference?
  /// The number of the record that enrolled the member.
  public let enrolledIn: UInt64

  package init(
    number: MemberNumber, kind: MemberKind, roles: Set<Role>, status: MemberStatus = .active,
    suspendedSince: Timestamp? = nil, isAccredited: Bool = false, keys: [MemberKey],
    limits: [CurrencyCode: BalanceLimits] = [:], card: Card? = nil, officialCard: CardReference? = nil,
    enrolledIn: UInt64
  ) {
    (self.number, self.kind, self.roles, self.status) = (number, kind, roles, status)
    (self.suspendedSince, self.isAccredited, self.keys) = (suspendedSince, isAccredited, keys)
    (self.limits, self.card, self.officialCard) = (limits, card, officialCard)
    self.enrolledIn = enrolledIn
  }

  /// Whether the member has one of the roles now: roles rest while the member is not active.
  public func acts(as roles: Set<Role>) -> Bool {
    status == .active && !self.roles.isDisjoint(with: roles)
  }

  public var isOfficer: Bool { roles.contains(.officer) }

  /// The key, revoked or not; `nil` where the member never had it.
  public func key(_ publicKey: PublicKey) -> MemberKey? {
    keys.first { $0.publicKey == publicKey }
  }

  /// Whether some key of the member may sign everything at that time.
  func hasActiveKey(at time: Timestamp) -> Bool {
    keys.contains { $0.use == .pay && $0.isActive(at: time) }
  }
}

/// A key of a member and the span in which it counts.
public struct MemberKey: Hashable, Sendable {
  public let publicKey: PublicKey
  public let use: KeyUse
  /// From when on it counts: its record's time, later where officers gave it for a lost one.
  public let activeFrom: Timestamp
  /// The note that enrolled it.
  public let enrolledBy: NoteID
  /// The number of the record that revoked it.
  public package(set) var revokedIn: UInt64?

  package init(
    publicKey: PublicKey, use: KeyUse, activeFrom: Timestamp, enrolledBy: NoteID, revokedIn: UInt64? = nil
  ) {
    (self.publicKey, self.use, self.activeFrom) = (publicKey, use, activeFrom)
    (self.enrolledBy, self.revokedIn) = (enrolledBy, revokedIn)
  }

  public func isActive(at time: Timestamp) -> Bool {
    revokedIn == nil && activeFrom <= time
  }
}

/// Where the official part of a card is proven.
public struct CardReference: Hashable, Sendable {
  /// The number of the record.
  public let record: UInt64
  /// The hash in it.
  public let hash: Digest

  package init(record: UInt64, hash: Digest) {
    (self.record, self.hash) = (record, hash)
  }
}
