import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What the routes of invitations ask of the endpoint.
extension Endpoint {
  /// The officer who invites, with the key that signs: by the token, or named by whoever has the ledger's files.
  func inviter(_ call: Call, _ json: JSON) throws(Problem) -> (MemberNumber, PublicKey) {
    try call.requireOffice()
    let named = (json["officer"]?.string, json["key"]?.string)
    if case .bearer(let grant) = call.principal {
      guard named.0 == nil, named.1 == nil else { throw .forbidden }
      return (grant.member, grant.key)
    }
    guard let officer = named.0.flatMap({ MemberNumber($0) }) else { throw .badValue("officer") }
    guard isOfficer(officer) else { throw Problem(.roleMissing, currencies: []) }
    let now = journal.clock.now
    guard let key = named.1.flatMap({ PublicKey(base64: $0) }),
      let known = journal.read({ $0.member(officer)?.key(key) }), known.use == .pay, known.isActive(at: now)
    else { throw .badValue("key") }
    return (officer, key)
  }

  private func isOfficer(_ number: MemberNumber) -> Bool {
    journal.read { $0.member(number)?.acts(as: [.officer]) ?? false }
  }

  /// The hash of the token in the path. Whoever is nobody known and fails too often is sent away for a while.
  func invitationToken(of call: Call) throws(Problem) -> Digest? {
    try checkGuesses(of: call)
    return InvitationToken.hash(of: call.path("invitation"))
  }

  /// The invitation of a token; one that is unknown is a guess, as a wrong code of a request is. On the queue.
  func invitation(of token: Digest?, _ call: Call) throws(Problem) -> Invitation {
    let found = try query { () throws(StoreError) in
      try token.flatMap { token throws(StoreError) in try tills.store.invitation(bearing: token) }
    }
    guard let found else {
      guessed(by: call)
      throw Problem(404, "unknown-invitation", .problemUnknownInvitation)
    }
    return found
  }

  /// The state as the clock has it.
  func state(of invitation: Invitation) -> Invitation.State {
    let isLate = invitation.state == .open && invitation.expires < journal.clock.now.seconds
    return isLate ? .expired : invitation.state
  }

  /// Checks a joining note and keeps it where it is the first. On the queue.
  func keep(
    _ submission: Submission, for invitation: Invitation, _ call: Call
  ) throws(Problem) -> Invitation {
    let state = state(of: invitation)
    guard state == .open, let offer = invitation.offer(at: journal.read({ $0.origin })) else {
      throw .invitationEnded(state)
    }
    let now = journal.clock.now
    let note: JoiningNote
    do throws(JoiningNote.Fault) { note = try JoiningNote(submission, for: offer) } catch {
      switch error {
      case .refused(let refusal): throw Problem(refusal, currencies: [])
      case .differs(let field): throw Problem(409, "invitation-differs", .problemInvitationDiffers, field)
      }
    }
    do throws(Refusal) {
      try journal.read { state throws(Refusal) in try state.checkJoining(note, at: now) }
    } catch {
      if error == .handleTaken { _ = try isFree(note.handle, call) }
      throw Problem(error, currencies: [])
    }
    let outcome = try query { () throws(StoreError) in
      try tills.store.keep(note, submission: NoteRoutes.body(of: submission), for: invitation.id, now: now)
    }
    switch outcome {
    case .waits(let kept):
      invitations.wake(kept.id)
      return kept
    case .tooLate(let state): throw .invitationEnded(state)
    case .handleTaken:
      _ = try isFree(note.handle, call)
      throw Problem(.handleTaken, currencies: [])
    }
  }

  /// What whoever holds the link sees. What stands in the log of everybody, and the name that was invited.
  ///
  /// - Parameter handle: one that the asker would like to have. Who asks for many that are taken is looking for people,
  ///   and is sent away like who guesses.
  func shown(_ invitation: Invitation, asking handle: Handle?, _ call: Call) throws(Problem) -> JSON {
    let state = state(of: invitation)
    var free: Bool?
    if state == .open, let handle { free = try isFree(handle, call) }
    return journal.read { ledger in
      let key = VerifierKey(origin: ledger.origin, publicKey: ledger.ledgerKeys.current)
      return .object([
        "state": .string(state.rawValue), "place": .string(ledger.name.description),
        "origin": .string(ledger.origin.description), "verifier_key": .string(key.description),
        "trial": .bool(ledger.purpose == .trial), "kind": .string(invitation.kind.rawValue),
        "name": .optional(state.isEnded ? nil : invitation.name?.description),
        "handle": .optional(state == .open ? invitation.handle?.description : nil),
        "handle_free": free.map { .bool($0) } ?? .null,
        "expires": .string(Timestamp(seconds: invitation.expires).rfc3339),
        "officer": .string(invitation.officer.description), "key": .string(invitation.officerKey.base64),
        "note": .optional(invitation.note?.hex),
      ])
    }
  }

  private func isFree(_ handle: Handle, _ call: Call) throws(Problem) -> Bool {
    let isWaitedFor = try query { () throws(StoreError) in try tills.store.isWaitedFor(handle) }
    let isTaken = isWaitedFor || journal.read { $0.member(handle) != nil }
    if isTaken { guessed(by: call) }
    return !isTaken
  }

  /// What officers see; the note and the card while they wait.
  func listed(_ invitation: Invitation) -> JSON {
    let submission = invitation.submission.flatMap { try? JSON(parsing: $0) }
    return .object([
      "id": .string(invitation.id.description), "state": .string(state(of: invitation).rawValue),
      "name": .optional(invitation.name?.description), "kind": .string(invitation.kind.rawValue),
      "handle": .optional(invitation.handle?.description), "officer": .string(invitation.officer.description),
      "key": .string(invitation.officerKey.base64), "made": .string(invitation.made.rfc3339),
      "expires": .string(Timestamp(seconds: invitation.expires).rfc3339),
      "ended": .optional(invitation.ended?.rfc3339), "submission": submission ?? .null,
    ])
  }
}

extension Problem {
  /// An invitation serves once.
  static func invitationEnded(_ state: Invitation.State) -> Problem {
    switch state {
    case .expired: Problem(409, "invitation-expired", .problemInvitationExpired)
    case .withdrawn: Problem(409, "invitation-withdrawn", .problemInvitationWithdrawn)
    case .open, .waiting, .joined: Problem(409, "invitation-used", .problemInvitationUsed)
    }
  }
}
