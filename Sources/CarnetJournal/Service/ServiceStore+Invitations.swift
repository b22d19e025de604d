package import CarnetLedger
package import CarnetNotes

/// Invitations. What changes one is a transaction that looks at its state first: of two at once one is the first.
extension ServiceStore {
  /// Keeps a new invitation with the hash of its token.
  ///
  /// - Parameter size: records there are now.
  /// - Returns: `false` where as many are open as may be.
  package func add(_ invitation: Invitation, token: Digest, size: UInt64) throws(StoreError) -> Bool {
    try write { database throws(StoreError) in
      let open = try database.integer("SELECT count(*) FROM invitations WHERE ended IS NULL")
      guard open < Limits.invitationsOpenMax else { return false }
      try ServiceStore.startFollowing(at: size, in: database)
      try database.statement(
        """
        INSERT INTO invitations (id, token, officer, key, kind, name, handle, made, expires, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'open')
        """
      ).bind(
        invitation.id.description, token.bytes, invitation.officer.description, invitation.officerKey.bytes,
        invitation.kind.rawValue, invitation.name?.description, invitation.handle?.description,
        invitation.made.milliseconds, invitation.expires
      ).run()
      return true
    }
  }

  /// Every invitation that is known, newest first.
  package func invitations() throws(StoreError) -> [Invitation] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        "SELECT \(ServiceStore.invitationColumns) FROM invitations ORDER BY made DESC, id")
      var found: [Invitation] = []
      while try statement.step() { found.append(try ServiceStore.invitation(from: statement)) }
      return found
    }
  }

  package func invitation(_ id: InvitationID) throws(StoreError) -> Invitation? {
    try read { database throws(StoreError) in
      try ServiceStore.invitation(where: "id", is: id.description, in: database)
    }
  }

  /// The invitation of a token, by the token's hash.
  package func invitation(bearing token: Digest) throws(StoreError) -> Invitation? {
    try read { database throws(StoreError) in
      try ServiceStore.invitation(where: "token", is: token.bytes, in: database)
    }
  }

  /// The invitation whose joining note it is.
  package func invitation(of note: NoteID) throws(StoreError) -> Invitation? {
    try read { database throws(StoreError) in
      try ServiceStore.invitation(where: "note", is: note.bytes, in: database)
    }
  }

  /// What becomes of a joining note that comes.
  package enum Joining: Hashable, Sendable {
    /// It waits now, or did already.
    case waits(Invitation)
    /// The invitation ended, or another note came first.
    case tooLate(Invitation.State)
    /// Another note that waits has the handle.
    case handleTaken
  }

  /// Keeps the first joining note that comes; the same one again changes nothing.
  package func keep(
    _ note: JoiningNote, submission: [UInt8], for id: InvitationID, now: Timestamp
  ) throws(StoreError) -> Joining {
    try write { database throws(StoreError) in
      guard let known = try ServiceStore.invitation(where: "id", is: id.description, in: database) else {
        return .tooLate(.withdrawn)
      }
      if known.state == .waiting, known.note == note.id { return .waits(known) }
      guard known.state == .open else { return .tooLate(known.state) }
      guard known.expires >= now.seconds else { return .tooLate(.expired) }
      guard try !ServiceStore.isWaitedFor(note.handle, in: database) else { return .handleTaken }
      try database.statement(
        """
        UPDATE invitations SET state = 'waiting', note = ?2, submission = ?3, handle = ?4, expires = ?5
        WHERE id = ?1
        """
      ).bind(
        id.description, note.id.bytes, submission, note.handle.description, note.submission.text.until
      ).run()
      guard let kept = try ServiceStore.invitation(where: "id", is: id.description, in: database) else {
        throw .service(.damaged)
      }
      return .waits(kept)
    }
  }

  /// Whether a joining note that waits has the handle.
  package func isWaitedFor(_ handle: Handle) throws(StoreError) -> Bool {
    try read { database throws(StoreError) in try ServiceStore.isWaitedFor(handle, in: database) }
  }

  private static func isWaitedFor(_ handle: Handle, in database: Database) throws(StoreError) -> Bool {
    try database.statement("SELECT 1 FROM invitations WHERE state = 'waiting' AND handle = ?1")
      .bind(handle.description).step()
  }

  /// Ends an invitation and removes what is personal in it; one that has ended stays as it is, unless its note was
  /// recorded after all: what the log says is true.
  ///
  /// - Parameter records: how far the log was looked at, where a record ended it.
  package func end(
    _ id: InvitationID, as state: Invitation.State, at time: Timestamp, records: UInt64? = nil
  ) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement(
        """
        UPDATE invitations SET state = ?2, ended = ?3, name = NULL, handle = NULL, submission = NULL
        WHERE id = ?1 AND (ended IS NULL OR (?2 = 'joined' AND state <> 'joined'))
        """
      ).bind(id.description, state.rawValue, time.milliseconds).run()
      if let records { try ServiceStore.see(records, in: database) }
    }
  }

  /// Invitations whose time is over, the oldest ones first.
  package func invitationsDue(now: Timestamp) throws(StoreError) -> [Invitation] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT \(ServiceStore.invitationColumns) FROM invitations
        WHERE ended IS NULL AND expires < ?1 ORDER BY expires LIMIT 100
        """
      ).bind(now.seconds - Limits.invitationGraceSeconds)
      var found: [Invitation] = []
      while try statement.step() { found.append(try ServiceStore.invitation(from: statement)) }
      return found
    }
  }

  /// Forgets invitations that ended long ago.
  package func removeOldInvitations(now: Timestamp) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement("DELETE FROM invitations WHERE ended < ?1")
        .bind(now.milliseconds - Limits.endedInvitationMillisecondsKept).run()
    }
  }

  private static let invitationColumns =
    "id, officer, key, kind, name, handle, made, expires, state, note, submission, ended"

  private static func invitation(
    where column: String, is value: any Bindable, in database: Database
  ) throws(StoreError) -> Invitation? {
    let statement = try database.statement(
      "SELECT \(invitationColumns) FROM invitations WHERE \(column) = ?1"
    ).bind(value)
    return try statement.step() ? try invitation(from: statement) : nil
  }

  private static func invitation(from statement: Statement) throws(StoreError) -> Invitation {
    guard let id = InvitationID(statement.text(0)), let officer = MemberNumber(statement.text(1)),
      let key = PublicKey(statement.bytes(2)), let kind = MemberKind(rawValue: statement.text(3)),
      let state = Invitation.State(rawValue: statement.text(8))
    else { throw .service(.damaged) }
    return Invitation(
      id: id, officer: officer, officerKey: key, kind: kind,
      name: statement.optionalText(4).flatMap { FreeText($0) },
      handle: statement.optionalText(5).flatMap { Handle($0) },
      made: Timestamp(milliseconds: statement.integer(6)), expires: statement.integer(7), state: state,
      note: statement.isNull(9) ? nil : statement.digest(9),
      submission: statement.isNull(10) ? nil : statement.bytes(10),
      ended: statement.optionalInteger(11).map { Timestamp(milliseconds: $0) })
  }
}
