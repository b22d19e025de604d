import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What a member does every day.
enum PayCommands {
  static let all = [
    CommandSpec(
      path: ["pay"], summary: .commandPay,
      operands: [
        .init(name: "TO", isHandle: true), .init(name: "AMOUNT", isOptional: true),
        .init(name: "CODE", isOptional: true),
      ],
      options: [
        OptionSpec(name: "--memo", value: "TEXT", summary: .optionMemo),
        OptionSpec(name: "--again", summary: .optionAgain),
        OptionSpec(name: "--cancel", summary: .optionCancel),
      ],
      examples: [
        "pay boulangerie-martin 12,50", "pay 7Q4M2K9XA5 1h30 MIN --memo \"jardin\"", "pay bob 5 --yes",
        "pay K7Q4-M2XW",
      ],
      run: pay),
    CommandSpec(
      path: ["balance"], summary: .commandBalance,
      operands: [.init(name: "HANDLE", isOptional: true, isHandle: true)],
      options: [OptionSpec(name: "--at", value: "RECORD|DATE", summary: .optionAt)],
      examples: ["balance", "balance alice --at 2026-01-31"], run: balance),
    CommandSpec(
      path: ["statement"], summary: .commandStatement,
      operands: [.init(name: "HANDLE", isOptional: true, isHandle: true)],
      options: [
        OptionSpec(name: "--currency", value: "CODE", summary: .optionCurrency),
        OptionSpec(name: "--since", value: "DATE", summary: .optionSince),
        OptionSpec(name: "--until", value: "DATE", summary: .optionUntil),
      ], examples: ["statement", "statement --since 2026-01-01 --until 2026-01-31T23:59:59Z"], run: statement),
    CommandSpec(
      path: ["refund"], summary: .commandRefund,
      operands: [.init(name: "RECORD"), .init(name: "AMOUNT", isOptional: true)], options: [.reason, .draft],
      examples: ["refund 1042 --reason \"article rendu\"", "refund 1042 2,50 --reason \"pain trop cuit\""],
      run: refund),
    CommandSpec(
      path: ["pending"], summary: .commandPending, examples: ["pending"], run: pending),
  ]

  @Sendable private static func pay(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let code = requestCode(in: invocation.required(0))
    guard code != nil || invocation.operand(1) != nil else {
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorOperandMissing(context.language, "AMOUNT"),
        hint: "carnet help pay")
    }
    return try Session.with(context, .write) { session in
      if let code { return try pay(code, invocation, session) }
      let identity = try session.authorized(.account) ?? session.identity()
      let payer = try session.payer(identity)
      let payee = try session.resolve(invocation.required(0))
      let currency = try session.currency(invocation.operand(2))
      let amount = try session.amount(invocation.required(1), in: currency)
      let memo = try session.salted(invocation["--memo"], option: "--memo")
      let wanted = Wanted(payee: payee.number, currency: currency.code, amount: amount, memo: memo)
      return try payer.folder.aloneWithCommand {
        if invocation.has("--cancel") { return try cancel(wanted, payer, session) }
        if let status = try settle(wanted, payer, session, again: invocation.has("--again")) { return status }
        return try payAnew(wanted, to: payee, currency, payer, session)
      }
    }
  }

  /// What the arguments ask for, to be found among the notes that wait.
  struct Wanted {
    let payee: MemberNumber
    let currency: CurrencyCode
    let amount: Int64
    let memo: SubmittedText?
    /// The request it pays.
    var request: NoteID?

    func matches(_ note: PendingNote) -> Bool {
      guard case .payment(let payment) = note.text.operation else { return false }
      return payment.to == .member(payee) && payment.currency == currency && payment.amount == amount
        && payment.request == request && note.saltedText?.text == memo?.text
    }
  }

  /// Settles what waits and says what became of it; a status where that answers the command.
  static func settle(_ wanted: Wanted, _ payer: Payer, _ session: Session, again: Bool) throws
    -> Int32?
  {
    let language = session.context.language
    let settled = try payer.settleAll { one in
      session.context.output.message(sentence(one, session))
      guard !again, wanted.matches(one.note), case .recorded(let posted) = one.outcome else { return }
      session.report(posted, Phrase.saidPaidBefore(language))
    }
    if let unknown = settled.first(where: { if case .unknown = $0.outcome { true } else { false } }) {
      throw Failure(
        exit: .unknown, code: "outcome-unknown",
        message: Phrase.errorStillUnknown(language, unknown.note.id.hex),
        hint: Phrase.hintOutcomeUnknown(language))
    }
    guard !again, let match = settled.last(where: { wanted.matches($0.note) }) else { return nil }
    switch match.outcome {
    case .recorded: return ExitStatus.done.rawValue
    case .refused(let refused):
      throw Failure(
        exit: ExitStatus(http: refused.status), code: refused.code,
        message: Phrase.errorNotPaid(language, Printable.line(refused.detail)),
        hint: Phrase.hintAgain(language))
    case .voided, .unknown: return nil
    }
  }

  static func sentence(_ settled: Payer.Settled, _ session: Session) -> String {
    let language = session.context.language
    let id = settled.note.id.hex
    return switch settled.outcome {
    case .recorded(let posted): Phrase.saidSettled(language, id, "\(posted.record.number)")
    case .refused(let refused): Phrase.saidNotRecorded(language, id, Printable.line(refused.detail))
    case .voided: Phrase.saidVoided(language, id)
    case .unknown: Phrase.saidUnknown(language, id)
    }
  }

  static func cancel(_ wanted: Wanted, _ payer: Payer, _ session: Session) throws -> Int32 {
    let language = session.context.language
    guard let note = try payer.folder.pending(of: payer.identity.number).first(where: wanted.matches) else {
      throw Failure(
        exit: .inputMissing, code: "nothing-pending", message: Phrase.errorNothingPending(language))
    }
    let settled = try payer.void(note, now: session.context.now)
    session.context.output.message(sentence(settled, session))
    if case .recorded = settled.outcome { return ExitStatus.refused.rawValue }
    return ExitStatus.done.rawValue
  }

  static func payAnew(
    _ wanted: Wanted, to payee: DirectoryEntry, _ currency: Currency, _ payer: Payer, _ session: Session
  ) throws -> Int32 {
    let language = session.context.language
    let name = payee.shownName
    let amount = session.shown(wanted.amount, in: currency)
    if !session.context.terminal.saysYes {
      let own = try session.client.account(.member(payer.identity.number)).balances
      let before = own.first { $0.currency == currency.code }?.balance ?? 0
      let after = session.shown(before - wanted.amount, in: currency)
      try session.context.terminal.confirm(Phrase.askPay(language, amount, name, after))
    }
    let payment = Payment(
      to: .member(wanted.payee), currency: wanted.currency, amount: wanted.amount, request: wanted.request,
      memo: wanted.memo?.hash)
    try payer.send(.payment(payment), saltedText: wanted.memo, now: session.context.now) { posted in
      session.report(posted, Phrase.saidPaid(language, amount, name))
    }
    return ExitStatus.done.rawValue
  }
}

extension LedgerFolder {
  /// Runs a command's part that no other command may run at the same time.
  func aloneWithCommand<Result>(_ body: () throws -> Result) throws -> Result {
    try folder.locked(body)
  }
}

extension PayCommands {
  /// The account asked for: a handle, a number, a system account, or one's own.
  static func account(_ text: String?, _ session: Session) throws -> AccountName {
    if let text, let system = SystemAccount(rawValue: text) {
      _ = try session.authorized(.audit)
      return .system(system)
    }
    guard let text else { return .member(try (session.authorized(.account) ?? session.identity()).number) }
    let own = try session.authorized(.account)
    let entry = try session.resolve(text)
    if let own, own.number != entry.number { _ = try session.authorized(.audit) }
    return .member(entry.number)
  }

  @Sendable private static func balance(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let info = try session.client.account(account(invocation.operand(0), session), at: invocation["--at"])
      let lines = try info.balances.map { try session.shown($0.balance, in: $0.currency) }
      let name = Printable.line(info.name ?? info.handle ?? info.number)
      context.show(info.json) {
        lines.isEmpty ? [Phrase.saidNoBalance(context.language, name)] : lines.map { "\(name)  \($0)" }
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func statement(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let name = try account(invocation.operand(0), session)
      let code = try invocation["--currency"].map { try session.currency($0).code }
      let json = try session.client.statement(
        name, currency: code, since: invocation["--since"], until: invocation["--until"])
      let lines = try table(json, session)
      context.show(json) { lines }
      return ExitStatus.done.rawValue
    }
  }

  private static func table(_ json: JSON, _ session: Session) throws -> [String] {
    let language = session.context.language
    guard let code = json["currency"]?.string.flatMap({ CurrencyCode($0) }) else { return [] }
    let shown = { (value: JSON?) in try session.shown(value?.integer ?? 0, in: code) }
    var table = Table([
      (Phrase.headTime(language), .left), (Phrase.headKind(language), .left),
      (Phrase.headWith(language), .left),
      (Phrase.headAmount(language), .right), (Phrase.headBalance(language), .right),
      (Phrase.headMemo(language), .left),
    ])
    table.add(["", Phrase.saidOpening(language), "", "", try shown(json["opening"]), ""])
    for line in json["lines"]?.array ?? [] {
      let time = (line["time"]?.string ?? "").prefix(16).map { $0 == "T" ? " " : $0 }
      table.add([
        String(time),
        Phrase.kind(line["kind"]?.string ?? "", isReceived: line["amount"]?.integer ?? 0 > 0)(language),
        line["name"]?.string ?? line["handle"]?.string ?? line["account"]?.string ?? "",
        try shown(line["amount"]),
        try shown(line["balance"]), line["memo"]?.string ?? "",
      ])
    }
    table.add(["", Phrase.saidClosing(language), "", "", try shown(json["closing"]), ""])
    return table.lines(emphasis: session.context.output.bold)
  }

  @Sendable private static func refund(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let number = try Invocation.recordNumber(invocation.required(0), of: "RECORD", language)
      let identity = try session.authorized(.account) ?? session.identity()
      let original = try OfficeCommands.original(number, identity, session)
      let amount =
        try invocation.operand(1).map { try session.amount($0, in: original.currency) } ?? original.amount
      let reason = try refundReason(invocation["--reason"], session)
      try context.terminal.confirm(
        Phrase.askRefund(language, session.shown(amount, in: original.currency), "\(number)"))
      let reversal = Reversal(record: number, amount: amount, reason: reason.hash)
      let posted = try session.submit(
        .reversal(reversal), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidRefunded(language, session.shown(amount, in: original.currency)))
      return ExitStatus.done.rawValue
    }
  }

  /// Why something is given back: typed with the command, or asked for where there is someone to ask.
  private static func refundReason(_ typed: String?, _ session: Session) throws -> SubmittedText {
    let (language, terminal) = (session.context.language, session.context.terminal)
    let isAsked = terminal.isInteractive && !terminal.saysYes && session.context.output.isErrorTerminal
    let text = try typed ?? (isAsked ? terminal.ask("\(Phrase.askReason(language)) ") : "")
    let isBlank = text.allSatisfy(\.isWhitespace)
    guard let reason = try session.salted(isBlank ? nil : text, option: "--reason") else {
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorOptionMissing(language, "--reason"),
        hint: Phrase.hintReason(language))
    }
    return reason
  }

  @Sendable private static func pending(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let payer = try session.payer(session.authorized(.account) ?? session.identity())
      let settled = try payer.settleAll()
      context.show(
        .array(
          settled.map { .object(["id": .string($0.note.id.hex), "result": .string(sentence($0, session))]) })
      ) {
        settled.isEmpty
          ? [Phrase.saidNothingPending(context.language)] : settled.map { sentence($0, session) }
      }
      return ExitStatus.done.rawValue
    }
  }
}

extension Phrase {
  /// How a kind of record is called in a statement.
  static func kind(_ name: String, isReceived: Bool) -> Phrase {
    switch NoteKind(rawValue: name) {
    case .payment: isReceived ? .kindReceived : .kindPaid
    case .cheque: isReceived ? .kindChequeReceived : .kindChequePaid
    case .change: .kindChange
    case .reconversion: .kindReconversion
    case .reversal: .kindReversal
    case .settle: .kindSettle
    default: .kindOther
    }
  }
}
