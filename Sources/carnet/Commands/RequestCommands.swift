import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What a merchant asks to be paid.
enum RequestCommands {
  static let all = [
    CommandSpec(
      path: ["request", "new"], summary: .commandRequestNew,
      operands: [.init(name: "AMOUNT"), .init(name: "CODE", isOptional: true)],
      options: [
        OptionSpec(name: "--reference", value: "TEXT", summary: .optionOwnReference),
        OptionSpec(name: "--expires", value: "DURATION", summary: .optionExpires),
        OptionSpec(name: "--qr", summary: .optionQR), OptionSpec(name: "--wait", summary: .optionWaitPaid),
      ],
      examples: ["request new 12,50", "request new 3 MEL --reference T-1042 --expires 15m --wait"],
      run: new),
    CommandSpec(
      path: ["request", "show"], summary: .commandRequestShow, operands: [.init(name: "CODE")],
      options: [OptionSpec(name: "--qr", summary: .optionQR)], examples: ["request show K7Q4-M2XW"], run: show
    ),
    CommandSpec(
      path: ["request", "cancel"], summary: .commandRequestCancel, operands: [.init(name: "CODE")],
      examples: ["request cancel K7Q4-M2XW"], run: cancel),
    CommandSpec(
      path: ["request", "list"], summary: .commandRequestList, examples: ["request list"], run: list),
  ]

  /// Seconds that a request lives unless told otherwise.
  private static let lifetimeSeconds: Int64 = 900
  private static let lifetimeSecondsMax: Int64 = 7 * 86_400

  @Sendable private static func new(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let lifetime = invocation["--expires"].map { DurationText.seconds($0, atMost: lifetimeSecondsMax) }
    guard let lifetime = lifetime ?? lifetimeSeconds else {
      throw Failure(
        exit: .badData, code: "bad-value", message: Phrase.errorValue(context.language, "--expires"),
        hint: Phrase.hintDuration(context.language))
    }
    return try Session.with(context, .write) { session in
      guard !invocation.has("--wait") || session.client.needsToken else {
        throw Failure(
          exit: .usage, code: "usage", message: Phrase.errorWaitNeedsServer(context.language))
      }
      let payer = try session.payer(session.authorized(.account) ?? session.identity())
      let currency = try session.currency(invocation.operand(1))
      let amount = try session.amount(invocation.required(0), in: currency)
      let reference = try session.salted(invocation["--reference"], option: "--reference")
      let asked = PaymentRequest(currency: currency.code, amount: amount, reference: reference?.hash)
      let posted = try payer.folder.aloneWithCommand {
        try made(asked, reference, lifetime: lifetime, payer, session)
      }
      let info = try session.request(try code(of: posted.record, context.language))
      guard invocation.has("--wait") else {
        try tell(info, session, showsQR: invocation.has("--qr"))
        return ExitStatus.done.rawValue
      }
      // One JSON value is printed, at the end; the code is wanted before.
      if context.isJSON {
        context.output.message("\(info.code)")
      } else {
        try tell(info, session, showsQR: invocation.has("--qr"))
      }
      return try wait(for: info, session)
    }
  }

  /// The request, made now or found among the notes whose outcome was not known.
  private static func made(
    _ asked: PaymentRequest, _ reference: SubmittedText?, lifetime: Int64, _ payer: Payer, _ session: Session
  ) throws -> Posted {
    for one in try payer.settleAll() {
      session.context.output.message(PayCommands.sentence(one, session))
      guard case .recorded(let posted) = one.outcome, case .request(let earlier) = one.note.text.operation,
        earlier.currency == asked.currency, earlier.amount == asked.amount,
        one.note.saltedText?.text == reference?.text, !one.note.text.isExpired(at: session.context.now)
      else { continue }
      return posted
    }
    let now = session.context.now
    return try payer.send(
      payer.identity.signedRequest(asked, now: now, lifetime: lifetime), saltedText: reference)
  }

  private static func code(of record: Record, _ language: Language) throws -> RequestCode {
    guard let code = RequestCode(record.text.id) else { throw Failure(Refusal.unknownRequest, language) }
    return code
  }

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let code = try code(invocation.required(0), context.language)
    return try Session.with(context, .read) { session in
      try tell(try session.request(code), session, showsQR: invocation.has("--qr"))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func cancel(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let code = try code(invocation.required(0), context.language)
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let info = try session.request(code)
      let posted = try session.submit(.cancel(Cancellation(request: info.id)), by: identity)
      session.report(posted, Phrase.saidRequestCancelled(context.language, "\(code)"))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let requests = try session.client.requests(of: identity.number)
      let language = context.language
      var table = Table([
        (Phrase.headCode(language), .left), (Phrase.headStatus(language), .left),
        (Phrase.headAmount(language), .right), (Phrase.headExpires(language), .left),
        (Phrase.headReference(language), .left),
      ])
      for request in requests {
        let currency = request["currency"]?.string.flatMap { CurrencyCode($0) }
        table.add([
          request["code"]?.string ?? "-", Phrase.requestState(request["state"]?.string ?? "")(language),
          try currency.map { try session.shown(request["amount"]?.integer ?? 0, in: $0) } ?? "",
          request["expires"]?.string ?? "", request["reference"]?.string ?? "",
        ])
      }
      context.show(.object(["requests": .array(requests)])) {
        requests.isEmpty
          ? [Phrase.saidNoRequests(language)] : table.lines(emphasis: context.output.bold)
      }
      return ExitStatus.done.rawValue
    }
  }
}

extension RequestCommands {
  /// A code as people type it.
  static func code(_ text: String, _ language: Language) throws -> RequestCode {
    guard let code = RequestCode(typed: text) else {
      throw Failure(
        exit: .badData, code: "bad-value", message: Phrase.errorRequestCode(language, Printable.line(text)))
    }
    return code
  }

  /// What a request says, and where it is paid.
  private static func tell(_ info: RequestInfo, _ session: Session, showsQR: Bool) throws {
    let language = session.context.language
    let payee = try session.payee(of: info).shownName
    let amount = try session.shown(info.amount, in: info.currency)
    let output = session.context.output
    let shown = info.link ?? "carnet pay \(info.code)"
    let code = showsQR ? QRCode(shown)?.terminal(isColoured: output.isTerminal) : nil
    session.context.show(info.json) {
      [
        "\(info.code)  \(Phrase.requestState(info.state.rawValue)(language))",
        Phrase.saidRequest(language, amount, payee, info.expires.rfc3339),
        Printable.line(shown),
      ] + (code.map { [$0] } ?? [])
    }
  }

  /// Until it is paid, or cannot be paid any more.
  private static func wait(for info: RequestInfo, _ session: Session) throws -> Int32 {
    let language = session.context.language
    var current = info
    while current.state.isPayable {
      current = try session.client.request(info.code, unlessStill: current.state)
    }
    switch current.state {
    case .paid:
      let amount = try session.shown(info.amount, in: info.currency)
      session.context.show(current.json) { [Phrase.saidRequestPaid(language, amount, "\(info.code)")] }
      return ExitStatus.done.rawValue
    case .cancelled: throw Failure(Refusal.requestCancelled, language)
    case .expired, .open, .claimed: throw Failure(Refusal.requestExpired, language)
    }
  }
}

extension Session {
  /// The request of a code.
  func request(_ code: RequestCode) throws -> RequestInfo { try client.request(code) }

  /// Who asks: as the directory proves it, with the name pinned.
  func payee(of request: RequestInfo) throws -> DirectoryEntry {
    guard let entry = try client.member(request.payee, ledger: info().verifierKey) else {
      throw Failure(Refusal.unknownMember(.member(request.payee)), context.language)
    }
    if let handle = entry.handle { try folder().pin(handle, entry.number) }
    return try remembered(entry)
  }
}

extension Phrase {
  /// What a state of a request is called.
  static func requestState(_ state: String) -> Phrase {
    switch state {
    case "open": .stateOpen
    case "claimed": .stateClaimed
    case "paid": .statePaid
    case "expired": .stateExpired
    case "cancelled": .stateCancelled
    default: .kindOther
    }
  }
}
