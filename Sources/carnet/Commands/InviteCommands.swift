import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// How an officer brings people in: a link for each, and a look at who answers before signing.
enum InviteCommands {
  private static let id = CommandSpec.Operand(name: "ID")

  static let all = [
    CommandSpec(
      path: ["invite"], summary: .commandInvite, operands: [.init(name: "NAME")],
      options: [
        OptionSpec(
          name: "--kind", value: "person|business|association|public|counter", summary: .optionInviteKind),
        OptionSpec(name: "--handle", value: "HANDLE", summary: .optionInviteHandle),
        OptionSpec(name: "--expires", value: "DURATION", summary: .optionInviteExpires),
        OptionSpec(name: "--public-url", value: "URL", summary: .optionInviteURL),
        OptionSpec(name: "--wait", summary: .optionInviteWait),
      ], details: .detailsInvite,
      examples: [
        "invite \"Alice Durand\" --as marie",
        "invite \"Boulangerie Martin\" --kind business --handle boulangerie-martin --expires 14d --wait",
      ], run: invite),
    CommandSpec(
      path: ["invite", "list"], summary: .commandInviteList, examples: ["invite list"], run: list),
    CommandSpec(
      path: ["invite", "accept"], summary: .commandInviteAccept,
      operands: [.init(name: "ID", isOptional: true)],
      options: [
        OptionSpec(name: "--all", summary: .optionInviteAll),
        OptionSpec(name: "--watch", summary: .optionInviteWatch), .draft,
      ], details: .detailsInviteAccept,
      examples: [
        "invite accept k7q4m2xw", "invite accept --all", "invite accept k7q4m2xw --draft alice.json",
      ],
      run: accept),
    CommandSpec(
      path: ["invite", "withdraw"], summary: .commandInviteWithdraw, operands: [id],
      examples: ["invite withdraw k7q4m2xw"], run: withdraw),
  ]

  private static let secondsUsual: Int64 = 7 * 86_400
  private static let secondsMin: Int64 = 60
  private static let secondsMax: Int64 = 30 * 86_400
  /// Seconds between two looks at who has answered.
  private static let watchSeconds: UInt32 = 2

  // Inviting ----------------------------------------------------------------------------------------------------------

  /// What the options ask for.
  private struct Wish {
    let name: String
    let kind: MemberKind
    let handle: Handle?
    let seconds: Int64
    let address: PublicAddress?

    init(_ invocation: Invocation, _ language: Language) throws {
      let badValue = { (option: String) in
        Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, option))
      }
      name = invocation.required(0)
      guard FreeText(name) != nil else { throw badValue("NAME") }
      guard let kind = MemberKind(rawValue: invocation["--kind"] ?? "person") else {
        throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--kind"))
      }
      self.kind = kind
      handle = try invocation["--handle"].map { try KeyCommands.handle($0, language) }
      let seconds =
        invocation["--expires"].map { DurationText.seconds($0, atMost: secondsMax) } ?? secondsUsual
      guard let seconds, seconds >= secondsMin else {
        throw Failure(
          exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--expires"),
          hint: Phrase.hintInviteExpires(language))
      }
      self.seconds = seconds
      address = try ServeCommand.publicAddress(invocation["--public-url"], language)
    }
  }

  @Sendable private static func invite(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let wish = try Wish(invocation, language)
    return try Session.with(context, .write) { session in
      guard session.client.needsToken || (wish.address != nil && !invocation.has("--wait")) else {
        throw Failure(
          exit: .usage, code: "usage", message: Phrase.errorInviteNeedsServer(language),
          hint: Phrase.hintInviteNeedsServer(language))
      }
      let identity = try session.authorized(.office) ?? session.identity()
      let made = try session.client.invite(
        wish.name, kind: wish.kind, handle: wish.handle, seconds: wish.seconds, by: identity)
      let own = wish.address.map { InvitationLink.text(address: $0.description, token: made.token) }
      guard let link = own ?? made.link else {
        throw Failure(ClientError.badAnswer("/v1/invitations link"), language)
      }
      if context.isJSON, invocation.has("--wait") {
        // One JSON value is printed, at the end; the link is wanted before.
        context.output.message(link)
      } else {
        tell(made, link, wish, context)
      }
      guard invocation.has("--wait") else { return ExitStatus.done.rawValue }
      return try wait(for: made, identity, session)
    }
  }

  private static func tell(_ made: NewInvitation, _ link: String, _ wish: Wish, _ context: Context) {
    let language = context.language
    let code = QRCode(link)?.terminal(isColoured: context.output.isTerminal)
    context.show(
      .object([
        "id": .string(made.id), "link": .string(link), "name": .string(wish.name),
        "kind": .string(wish.kind.rawValue), "handle": .optional(wish.handle?.description),
        "expires": .string(made.expires.rfc3339),
      ])
    ) { [link] + (code.map { [$0] } ?? []) }
    context.output.message(
      Phrase.saidInvited(language, Printable.line(wish.name), made.expires.rfc3339, made.id))
  }

  /// Until somebody answered, then accepts.
  private static func wait(
    for made: NewInvitation, _ identity: Identity, _ session: Session
  ) throws -> Int32 {
    var info = try session.client.invitation(made.token)
    while info.state == .open { info = try session.client.invitation(made.token, unlessStill: .open) }
    guard info.state == .waiting else { throw Failure.invitationEnded(info.state, session.context.language) }
    let waiting = try session.client.invitations().filter { $0.id == made.id }
    let accepted = try waiting.map { try accept($0, identity, session) }
    session.context.show(.array(accepted.map(\.json))) { accepted.flatMap(\.lines) }
    return ExitStatus.done.rawValue
  }

  // Listing and ending ------------------------------------------------------------------------------------------------

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let language = context.language
      let invitations = try session.client.invitations()
      var table = Table([
        (Phrase.headInvitationID(language), .left), (Phrase.headStatus(language), .left),
        (Phrase.headName(language), .left), (Phrase.headHandle(language), .left),
        (Phrase.headKind(language), .left), (Phrase.headExpires(language), .left),
      ])
      for one in invitations {
        table.add([
          one.id, Phrase.invitationState(one.state)(language), one.name ?? "-", one.handle ?? "-",
          one.kind.rawValue, one.expires.rfc3339,
        ])
      }
      context.show(.array(invitations.map(\.json))) {
        invitations.isEmpty
          ? [Phrase.saidNoInvitations(language)] : table.lines(emphasis: context.output.bold)
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func withdraw(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let id = invocation.required(0)
      try session.client.withdraw(id)
      context.show(.object(["id": .string(id), "state": .string("withdrawn")])) {
        [Phrase.saidWithdrawn(context.language, Printable.line(id))]
      }
      return ExitStatus.done.rawValue
    }
  }

  // Accepting ---------------------------------------------------------------------------------------------------------

  /// Who was accepted.
  private struct Accepted {
    let json: JSON
    let lines: [String]
  }

  @Sendable private static func accept(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let (id, language) = (invocation.operand(0), context.language)
    let watches = invocation.has("--watch")
    guard (id != nil) != (invocation.has("--all") || watches) else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorInviteWhich(language))
    }
    guard invocation["--draft"] == nil || id != nil else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorInviteDraft(language))
    }
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.office) ?? session.identity()
      if watches { return try watch(identity, session) }
      let chosen = try id.map { [try waiting($0, identity, session)] } ?? waiting(identity, session)
      let accepted = try chosen.map { try accept($0, identity, session, draft: invocation["--draft"]) }
      context.show(.array(accepted.map(\.json))) {
        accepted.isEmpty ? [Phrase.saidNobodyWaits(language)] : accepted.flatMap(\.lines)
      }
      return ExitStatus.done.rawValue
    }
  }

  /// Accepts whoever answers, until interrupted.
  private static func watch(_ identity: Identity, _ session: Session) throws -> Int32 {
    session.context.output.message(Phrase.saidWatching(session.context.language))
    while true {
      for one in try waiting(identity, session) {
        let accepted = try accept(one, identity, session)
        session.context.show(accepted.json) { accepted.lines }
      }
      sleep(watchSeconds)
    }
  }

  /// The officer's own invitations that somebody answered.
  private static func waiting(_ identity: Identity, _ session: Session) throws -> [ListedInvitation] {
    try session.client.invitations().filter { $0.state == .waiting && $0.officer == identity.number }
  }

  private static func waiting(
    _ id: String, _ identity: Identity, _ session: Session
  ) throws -> ListedInvitation {
    let language = session.context.language
    guard let one = try session.client.invitations().first(where: { $0.id == id }) else {
      throw Failure(
        exit: .inputMissing, code: "unknown-invitation",
        message: Phrase.errorUnknownInvitation(language, Printable.line(id)),
        hint: Phrase.hintUnknownInvitation(language))
    }
    guard one.officer == identity.number else {
      throw Failure(
        exit: .noRight, code: "invitation-of-another", message: Phrase.errorInviteOfAnother(language))
    }
    switch one.state {
    case .waiting: return one
    case .open:
      throw Failure(
        exit: .refused, code: "invitation-unanswered", message: Phrase.errorInviteUnanswered(language))
    case .joined, .withdrawn, .expired: throw Failure.invitationEnded(one.state, language)
    }
  }

  /// Checks the note, shows who asks, and signs.
  private static func accept(
    _ one: ListedInvitation, _ identity: Identity, _ session: Session, draft: String? = nil
  ) throws -> Accepted {
    let (context, language) = (session.context, session.context.language)
    let found: JoiningNote?
    do throws(JoiningNote.Fault) { found = try one.joiningNote(for: identity) } catch {
      throw Failure(error, language)
    }
    guard let note = found else { throw Failure(ClientError.badAnswer("/v1/invitations"), language) }
    let (name, handle) = (Printable.line(one.name ?? ""), note.handle.description)
    context.output.message(
      Phrase.saidAsksToJoin(
        language, name, handle, note.enrolment.kind.rawValue, note.enrolment.memberKey.fingerprint))
    try context.terminal.confirm(Phrase.askAccept(language))
    guard let signed = try? identity.cosigned(note.submission.note) else {
      throw Failure(ClientError.badAnswer("/v1/invitations"), language)
    }
    var members = [
      JSON.Member("id", .string(one.id)), JSON.Member("handle", .string(handle)),
      JSON.Member("number", .string(note.enrolment.number.description)),
    ]
    if let draft {
      try DraftFile(note: signed, text: note.card).write(to: draft, language)
      context.output.message(Phrase.saidDraft(language, draft))
      members.append(JSON.Member("record", .null))
      return Accepted(json: .object(members), lines: [])
    }
    let posted = try post(signed, note, one, session)
    try session.folder().pin(note.handle, note.enrolment.number)
    members.append(JSON.Member("record", .integer(Int64(posted.record.number))))
    return Accepted(
      json: .object(members),
      lines: [Phrase.saidMemberAdded(language, handle, note.enrolment.number.description)])
  }

  private static func post(
    _ signed: SignedNote, _ note: JoiningNote, _ one: ListedInvitation, _ session: Session
  ) throws -> Posted {
    do throws(ClientError) {
      return try session.client.post(signed, texts: [note.card], ledger: session.verifierKey())
    } catch {
      let language = session.context.language
      guard case .refused(let refused) = error, refused.code == "signatures-missing" else {
        throw Failure(error, language)
      }
      throw Failure(
        exit: .noRight, code: refused.code, message: Printable.line(refused.detail),
        hint: Phrase.hintInviteQuorum(language, one.id))
    }
  }
}

extension Session {
  /// The ledger's key, which was pinned before.
  fileprivate func verifierKey() throws(ClientError) -> VerifierKey {
    do { return try info().verifierKey } catch let error as ClientError { throw error } catch {
      throw .badAnswer("/v1/ledger")
    }
  }
}

extension Failure {
  /// An invitation serves once.
  static func invitationEnded(_ state: InvitationInfo.State, _ language: Language) -> Failure {
    let (code, phrase): (String, Phrase) =
      switch state {
      case .expired: ("invitation-expired", .problemInvitationExpired)
      case .withdrawn: ("invitation-withdrawn", .problemInvitationWithdrawn)
      case .open, .waiting, .joined: ("invitation-used", .problemInvitationUsed)
      }
    return Failure(
      exit: .refused, code: code, message: phrase(language), hint: Phrase.hintInviteAgain(language))
  }

  init(_ fault: JoiningNote.Fault, _ language: Language) {
    switch fault {
    case .refused(let refusal): self.init(refusal, language)
    case .differs(let field):
      self.init(
        exit: .refused, code: "invitation-differs", message: Phrase.problemInvitationDiffers(language, field))
    }
  }
}

extension Phrase {
  /// What a state of an invitation is called.
  static func invitationState(_ state: InvitationInfo.State) -> Phrase {
    switch state {
    case .open: .invitationOpen
    case .waiting: .invitationWaiting
    case .joined: .invitationJoined
    case .withdrawn: .invitationWithdrawn
    case .expired: .invitationExpired
    }
  }
}
