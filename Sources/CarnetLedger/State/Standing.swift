import CarnetNotes

/// What nearly every note asks of a member, beside the whole picture: it is read without touching anything else.
struct Standing: Sendable {
  let number: MemberNumber
  let kind: MemberKind
  let status: MemberStatus
  /// Whether the member has limits of their own.
  let hasLimits: Bool

  init(_ member: Member) {
    (number, kind) = (member.number, member.kind)
    (status, hasLimits) = (member.status, !member.limits.isEmpty)
  }
}

/// Whose a key is and when it counts.
struct KeyStanding: Sendable {
  let member: MemberNumber
  let use: KeyUse
  /// From when on it counts.
  let activeFrom: Timestamp
  let isRevoked: Bool
  /// The key id of its signature lines.
  let lineID: UInt32

  /// - Parameter lineID: the key id, where it is known already.
  init(_ key: MemberKey, of member: MemberNumber, at origin: Origin, lineID: UInt32?) {
    (self.member, use, activeFrom, isRevoked) = (member, key.use, key.activeFrom, key.revokedIn != nil)
    self.lineID =
      lineID
      ?? VerifierKey(name: NoteText.keyName(member, at: origin), publicKey: key.publicKey).keyID
  }

  func isActive(at time: Timestamp) -> Bool { !isRevoked && activeFrom <= time }
}
