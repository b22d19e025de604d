import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Becoming a member by an invitation: the key is made here and stays here.
enum JoinCommand {
  static let all = [
    CommandSpec(
      path: ["join"], summary: .commandJoin, operands: [.init(name: "URL")],
      options: [
        OptionSpec(name: "--handle", value: "HANDLE", summary: .optionJoinHandle), .noPassphrase,
        OptionSpec(name: "--no-wait", summary: .optionJoinNoWait),
      ], details: .detailsJoin,
      examples: [
        "join https://mel.example/join/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "join https://mel.example/join/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8 --handle alice --no-wait",
      ], run: join)
  ]

  @Sendable private static func join(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    guard let link = InvitationLink(invocation.required(0)) else {
      throw Failure(
        exit: .badData, code: "bad-invitation", message: Phrase.errorInvitationLink(context.language),
        hint: Phrase.hintInvitationLink(context.language))
    }
    return try Session.with(context.at(link.address), .write) { session in
      var info = try session.client.invitation(link.token)
      let folder = try session.context.wallet.ledger(origin(of: info, session))
      let kept = try folder.joining(link.hash)
      let joining: Joining
      if let kept, kept.isStill(info, at: context.now) {
        joining = kept
      } else {
        guard info.state == .open, let offer = info.offer else {
          throw Failure.invitationEnded(info.state, context.language)
        }
        joining = try make(offer, info, link, invocation, keyHandle: kept?.keyHandle, session)
        try folder.keep(joining, of: link.hash)
      }
      if info.state == .open { info = try handIn(joining, link, folder, session) }
      return try follow(info, joining, link, waits: !invocation.has("--no-wait"), session)
    }
  }

  private static func origin(of info: InvitationInfo, _ session: Session) throws -> Origin {
    guard let origin = Origin(info.verifierKey.name) else {
      throw Failure(ClientError.badAnswer("/v1/invitations"), session.context.language)
    }
    return origin
  }

  // Asking ------------------------------------------------------------------------------------------------------------

  /// Shows what is offered, asks, then makes the key and the note.
  private static func make(
    _ offer: Offer, _ info: InvitationInfo, _ link: InvitationLink, _ invocation: Invocation,
    keyHandle: Handle?, _ session: Session
  ) throws -> Joining {
    let (context, language) = (session.context, session.context.language)
    let output = context.output
    output.message(
      Phrase.saidInvitation(
        language, Printable.line(info.place), offer.ledger.description, info.verifierKey.description))
    output.message(
      Phrase.saidInvitedAs(language, Printable.line(offer.name.description), offer.kind.rawValue))
    if info.isTrial { output.message(Phrase.pageTrial(language)) }
    let handle = try handle(info, link, invocation["--handle"], session)
    try context.terminal.confirm(Phrase.askJoin(language, handle.description))
    // First contact: from here on this ledger must be the one it was.
    guard try session.info().verifierKey == info.verifierKey else {
      throw Failure(ClientError.badAnswer("the invitation names another key of the ledger"), language)
    }
    let key = try key(keyHandle ?? handle, hasPassphrase: !invocation.has("--no-passphrase"), session)
    let until = context.now.seconds + Joining.lifetimeSeconds
    guard let note = JoiningNote.make(offer, handle: handle, key: key, until: until) else {
      throw Failure(ClientError.badAnswer("/v1/invitations name"), language)
    }
    return Joining(keyHandle: keyHandle ?? handle, note: note)
  }

  /// The handle to join under: the one given, else the one suggested, else the one a person types; a free one.
  private static func handle(
    _ info: InvitationInfo, _ link: InvitationLink, _ given: String?, _ session: Session
  ) throws -> Handle {
    let language = session.context.language
    let handle: Handle
    if let given {
      handle = try KeyCommands.handle(given, language)
    } else if let suggested = info.handle {
      handle = suggested
    } else {
      handle = try KeyCommands.handle(
        session.context.terminal.ask("\(Phrase.askHandle(language)) "), language)
    }
    guard try session.client.invitation(link.token, handle: handle).isHandleFree ?? true else {
      throw Failure(
        exit: .refused, code: "handle-taken", message: Refusal.handleTaken.message(in: language),
        hint: Phrase.hintJoinHandle(language))
    }
    return handle
  }

  /// The key of that handle: made now, or one that is here and belongs to nobody in this ledger yet, as after an
  /// interruption.
  private static func key(_ handle: Handle, hasPassphrase: Bool, _ session: Session) throws -> SecretKey {
    let context = session.context
    guard let file = try context.wallet.keyFile(handle) else {
      return try KeyCommands.make(handle, hasPassphrase: hasPassphrase, context)
    }
    guard try session.client.number(of: file.publicKey) == nil else {
      throw Failure(
        exit: .refused, code: "key-taken", message: Refusal.keyTaken.message(in: context.language),
        hint: Phrase.hintJoinHandle(context.language))
    }
    context.output.message(Phrase.saidKeyKnown(context.language, handle.description))
    return try KeyCommands.opened(handle, context)
  }

  // Waiting -----------------------------------------------------------------------------------------------------------

  /// Hands the note in; where the ledger would not take it, it is forgotten, and the key stays.
  private static func handIn(
    _ joining: Joining, _ link: InvitationLink, _ folder: LedgerFolder, _ session: Session
  ) throws -> InvitationInfo {
    do throws(ClientError) { return try session.client.join(link.token, with: joining.note) } catch {
      if case .refused(let refused) = error, refused.code == "handle-taken" || refused.code == "number-taken"
      {
        try folder.forgetJoining(link.hash)
      }
      throw error
    }
  }

  /// Says where things stand, and waits for the association.
  private static func follow(
    _ info: InvitationInfo, _ joining: Joining, _ link: InvitationLink, waits: Bool, _ session: Session
  ) throws -> Int32 {
    let (context, language) = (session.context, session.context.language)
    let key = joining.note.enrolment.memberKey
    var current = info
    if current.state == .waiting, current.note == joining.note.id {
      context.output.message(
        Phrase.saidWaitsForAssociation(language, Printable.line(info.place), key.fingerprint))
      if waits { context.output.message(Phrase.saidJoinAgain(language)) }
    }
    while waits, current.state == .waiting, current.note == joining.note.id {
      current = try session.client.invitation(link.token, unlessStill: .waiting)
    }
    guard current.note == joining.note.id, current.state == .waiting || current.state == .joined else {
      throw Failure.invitationEnded(current.state, language)
    }
    let number = joining.note.enrolment.number
    if current.state == .joined {
      // What the link says is checked against the ledger that was pinned.
      _ = try session.info()
      guard try session.client.number(of: key) == number else {
        throw Failure(ClientError.badAnswer("the ledger does not know the new key"), language)
      }
    }
    context.show(
      .object([
        "state": .string(current.state.rawValue), "origin": .string(info.verifierKey.name),
        "handle": .string(joining.note.handle.description), "number": .string(number.description),
        "key": .string(key.base64), "fingerprint": .string(key.fingerprint),
      ])
    ) {
      guard current.state == .joined else { return [] }
      return [
        Phrase.saidJoined(language, Printable.line(info.place), number.description),
        "carnet balance --as \(joining.keyHandle) --ledger \(link.address)",
      ]
    }
    return ExitStatus.done.rawValue
  }
}

extension Joining {
  /// Whether it is what to go on with: it waits, was recorded, or was made and may still be handed in.
  fileprivate func isStill(_ info: InvitationInfo, at now: Timestamp) -> Bool {
    switch info.state {
    case .open: info.offer != nil && !note.submission.text.isExpired(at: now)
    case .waiting, .joined: info.note == note.id
    case .withdrawn, .expired: false
    }
  }
}
