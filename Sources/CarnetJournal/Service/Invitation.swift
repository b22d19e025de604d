package import CarnetLedger
package import CarnetNotes

package typealias InvitationID = ServiceID<Invitation>

/// An invitation to become a member: a link that serves once, until somebody joined by it or it ended otherwise.
package struct Invitation: Hashable, Sendable {
  package enum State: String, Hashable, Sendable, CaseIterable {
    /// The link may be used.
    case open
    /// A joining note is there and waits for the officer.
    case waiting
    case joined, withdrawn, expired

    package var isEnded: Bool { self != .open && self != .waiting }
  }

  package let id: InvitationID
  /// The officer who invites, with the key that the joining note must name.
  package let officer: MemberNumber
  package let officerKey: PublicKey
  package let kind: MemberKind
  /// Who is invited; `nil` once it has ended.
  package let name: FreeText?
  /// What the officer suggests, then what was chosen; `nil` once it has ended.
  package let handle: Handle?
  package let made: Timestamp
  /// Unix seconds: until when the link may be used, or the note that waits may be recorded.
  package let expires: Int64
  package let state: State
  /// The joining note's id; stays when the invitation has ended.
  package let note: NoteID?
  /// The joining note and its card, as POST /v1/notes takes them, while it waits.
  package let submission: [UInt8]?
  package let ended: Timestamp?

  /// A new one.
  package init(
    officer: MemberNumber, officerKey: PublicKey, kind: MemberKind, name: FreeText, handle: Handle?,
    made: Timestamp, expires: Int64
  ) {
    self.init(
      id: .random(), officer: officer, officerKey: officerKey, kind: kind, name: name, handle: handle,
      made: made, expires: expires, state: .open, note: nil, submission: nil, ended: nil)
  }

  init(
    id: InvitationID, officer: MemberNumber, officerKey: PublicKey, kind: MemberKind, name: FreeText?,
    handle: Handle?, made: Timestamp, expires: Int64, state: State, note: NoteID?, submission: [UInt8]?,
    ended: Timestamp?
  ) {
    (self.id, self.officer, self.officerKey, self.kind) = (id, officer, officerKey, kind)
    (self.name, self.handle, self.made, self.expires) = (name, handle, made, expires)
    (self.state, self.note, self.submission, self.ended) = (state, note, submission, ended)
  }

  /// What it offers at a ledger; `nil` once it has ended.
  package func offer(at ledger: Origin) -> Offer? {
    name.map { Offer(ledger: ledger, officer: officer, officerKey: officerKey, name: $0, kind: kind) }
  }

  /// Invitations that may be open at once.
  package static var openMax: Int { Int(Limits.invitationsOpenMax) }
}
