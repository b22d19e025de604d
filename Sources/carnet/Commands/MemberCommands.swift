import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Who belongs to the place.
enum MemberCommands {
  private static let handle = CommandSpec.Operand(name: "HANDLE", isHandle: true)

  static let all = [
    CommandSpec(
      path: ["member", "add"], summary: .commandMemberAdd, operands: [.init(name: "HANDLE")],
      options: [
        OptionSpec(
          name: "--kind", value: "person|business|association|public|counter", isRequired: true,
          summary: .optionKind),
        OptionSpec(name: "--key", value: "PUBLICKEY", isRequired: true, summary: .optionKey),
        OptionSpec(name: "--name", value: "TEXT", summary: .optionName),
        OptionSpec(name: "--town", value: "TEXT", summary: .optionTown),
        OptionSpec(name: "--sector", value: "TEXT", summary: .optionSector),
        OptionSpec(name: "--roles", value: "ROLE,…", summary: .optionRoles), .draft,
      ],
      examples: [
        "member add alice --kind person --key 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo= --name \"Alice Durand\""
      ], run: add),
    CommandSpec(path: ["member", "list"], summary: .commandMemberList, examples: ["member list"], run: list),
    CommandSpec(
      path: ["member", "show"], summary: .commandMemberShow, operands: [handle],
      examples: ["member show alice"], run: show),
    status("suspend", .suspended, .commandMemberSuspend),
    status("reinstate", .active, .commandMemberReinstate),
    status("close", .closed, .commandMemberClose),
    CommandSpec(
      path: ["member", "role"], summary: .commandMemberRole, operands: [handle, .init(name: "ROLE,…|-")],
      options: [.reason, .draft], examples: ["member role alice teller", "member role alice -"], run: role),
    CommandSpec(
      path: ["member", "accredit"], summary: .commandMemberAccredit,
      operands: [handle, .init(name: "yes|no")],
      options: [.reason, .draft], examples: ["member accredit boulangerie-martin yes"], run: accredit),
    CommandSpec(
      path: ["member", "limits"], summary: .commandMemberLimits, operands: [handle, .init(name: "CODE")],
      options: [
        OptionSpec(name: "--floor", value: "A", summary: .optionFloor),
        OptionSpec(name: "--ceiling", value: "A", summary: .optionCeiling), .reason, .draft,
      ], examples: ["member limits alice MIN --floor -20h"], run: limits),
    CommandSpec(
      path: ["member", "card"], summary: .commandMemberCard, operands: [handle],
      options: [
        OptionSpec(name: "--handle", value: "HANDLE", summary: .optionNewHandle),
        OptionSpec(name: "--name", value: "TEXT", summary: .optionName),
        OptionSpec(name: "--town", value: "TEXT", summary: .optionTown),
        OptionSpec(name: "--sector", value: "TEXT", summary: .optionSector), .draft,
      ], examples: ["member card alice --town Lille"], run: card),
  ]

  private static func status(_ verb: String, _ value: MemberStatus, _ summary: Phrase) -> CommandSpec {
    CommandSpec(
      path: ["member", verb], summary: summary, operands: [handle], options: [.reason, .draft],
      examples: ["member \(verb) alice --reason \"cotisation\""]
    ) { invocation, context in
      try changing(invocation, context) { member, reason in
        .status(StatusChange(number: member.number, value: value, reason: reason?.hash))
      }
    }
  }

  /// A change by an officer to one member, with an optional reason.
  private static func changing(
    _ invocation: Invocation, _ context: Context,
    _ operation: (DirectoryEntry, SubmittedText?) throws -> CarnetLedger.Operation
  ) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let member = try session.resolve(invocation.required(0))
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let posted = try session.submit(
        try operation(member, reason), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidMemberChanged(context.language, member.shownName))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func role(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let roles = try roles(invocation.required(1), context.language)
    return try changing(invocation, context) { member, reason in
      .role(RoleChange(number: member.number, value: roles, reason: reason?.hash))
    }
  }

  private static func roles(_ text: String, _ language: Language) throws -> Set<Role> {
    guard text != "-", !text.isEmpty else { return [] }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let roles = words.compactMap { Role(rawValue: String($0)) }
    guard roles.count == words.count else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorRole(language))
    }
    return Set(roles)
  }

  @Sendable private static func accredit(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    guard let value = ["yes": true, "oui": true, "no": false, "non": false][invocation.required(1)] else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(context.language, "yes|no"))
    }
    return try changing(invocation, context) { member, reason in
      .accreditation(AccreditationChange(number: member.number, value: value, reason: reason?.hash))
    }
  }

  @Sendable private static func limits(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let member = try session.resolve(invocation.required(0))
      let currency = try session.currency(invocation.required(1))
      let floor = try PlaceCommands.bound(invocation["--floor"], in: currency, context.language)
      let ceiling = try PlaceCommands.bound(invocation["--ceiling"], in: currency, context.language)
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let change = LimitsChange(
        number: member.number, currency: currency.code, floor: floor, ceiling: ceiling, reason: reason?.hash)
      let posted = try session.submit(
        .limits(change), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidMemberChanged(context.language, member.shownName))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func add(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let handle = try KeyCommands.handle(invocation.required(0), language)
    guard let kind = MemberKind(rawValue: invocation["--kind"] ?? "") else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--kind"))
    }
    guard let key = PublicKey(base64: invocation["--key"] ?? "") else {
      throw Failure(Refusal.keyInvalid, language)
    }
    let roles = try roles(invocation["--roles"] ?? "-", language)
    let card = try card(invocation, handle: handle, kind: kind, language)
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      var random = SystemRandomSource()
      let number = MemberNumber.random(using: &random)
      let enrolment = Enrolment(number: number, kind: kind, roles: roles, memberKey: key, card: card.hash)
      let posted = try session.submit(
        .member(enrolment), by: identity, text: card, draft: invocation["--draft"])
      if let posted {
        context.show(
          .object([
            "handle": .string(handle.description), "number": .string(number.description),
            "record": .integer(Int64(posted.record.number)),
          ])
        ) { [Phrase.saidMemberAdded(language, handle.description, number.description)] }
      }
      return ExitStatus.done.rawValue
    }
  }

  /// The salted card that the options describe.
  private static func card(
    _ invocation: Invocation, handle: Handle?, kind: MemberKind?, _ language: Language
  ) throws -> SubmittedText {
    var texts: [FreeText?] = []
    for option in ["--name", "--town", "--sector"] {
      let text = invocation[option]
      guard text == nil || FreeText(text ?? "") != nil else {
        throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, option))
      }
      texts.append(text.flatMap { FreeText($0) })
    }
    let card = Card(handle: handle, name: texts[0], kind: kind, town: texts[1], sector: texts[2])
    guard let salted = SubmittedText(card) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--name"))
    }
    return salted
  }

  @Sendable private static func card(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let member = try session.resolve(invocation.required(0))
      let handle =
        try invocation["--handle"].map { try KeyCommands.handle($0, context.language) } ?? member.handle
      let card = try card(invocation, handle: handle, kind: member.kind, context.language)
      let change = CardChange(number: member.number, card: card.hash)
      let posted = try session.submit(.card(change), by: identity, text: card, draft: invocation["--draft"])
      session.report(posted, Phrase.saidMemberChanged(context.language, member.shownName))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      _ = try session.authorized(.audit)
      let rows = try session.client.rows("/v1/members", "members")
      let lines = try table(rows, session)
      context.show(.array(rows)) { lines }
      return ExitStatus.done.rawValue
    }
  }

  private static func table(_ rows: [JSON], _ session: Session) throws -> [String] {
    let language = session.context.language
    var table = Table([
      (Phrase.headNumber(language), .left), (Phrase.headHandle(language), .left),
      (Phrase.headName(language), .left),
      (Phrase.headKind(language), .left), (Phrase.headStatus(language), .left),
      (Phrase.headBalance(language), .right),
    ])
    for row in rows {
      let balances = try (row["balances"]?.array ?? []).map { balance in
        guard let code = balance["currency"]?.string.flatMap({ CurrencyCode($0) }) else { return "" }
        return try session.shown(balance["balance"]?.integer ?? 0, in: code)
      }
      table.add([
        row["number"]?.string ?? "", row["handle"]?.string ?? "", row["name"]?.string ?? "",
        row["kind"]?.string ?? "",
        row["status"]?.string ?? "", balances.joined(separator: "  "),
      ])
    }
    return table.lines(emphasis: session.context.output.bold)
  }

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      _ = try session.authorized(.audit)
      let member = try session.resolve(invocation.required(0))
      let rows = try session.client.rows("/v1/members", "members")
      let row = rows.first { $0["number"]?.string == member.number.description } ?? .null
      let lines = try table([row], session)
      let keys = (row["keys"]?.array ?? []).map { "\($0["use"]?.string ?? "")  \($0["key"]?.string ?? "")" }
      context.show(row) { lines + keys }
      return ExitStatus.done.rawValue
    }
  }
}
