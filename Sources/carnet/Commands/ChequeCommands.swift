import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Payments that are signed without a network and cashed later.
enum ChequeCommands {
  static let all = [
    CommandSpec(
      path: ["cheque", "write"], summary: .commandChequeWrite,
      operands: [
        .init(name: "TO", isHandle: true), .init(name: "AMOUNT"), .init(name: "CODE", isOptional: true),
      ],
      options: [
        OptionSpec(name: "--memo", value: "TEXT", summary: .optionChequeMemo),
        OptionSpec(name: "--expires", value: "DURATION", summary: .optionChequeExpires),
        OptionSpec(name: "--out", value: "FILE", summary: .optionChequeOut), .print, .qr,
        OptionSpec(name: "--place", value: "ORIGIN", summary: .optionPlace),
      ], details: .chequeDetails,
      examples: [
        "cheque write boulangerie-martin 12,50 --out cheque.txt --print cheque.html",
        "cheque write 7Q4M2K9XA5 1h30 MIN --memo \"jardin\" --expires 90d --qr",
      ], run: write),
    CommandSpec(
      path: ["cheque", "show"], summary: .commandChequeShow, operands: [.init(name: "FILE|-|ID")],
      options: [
        .check, OptionSpec(name: "--out", value: "FILE", summary: .optionOut), .print, .qr,
      ], details: .chequeDetails,
      examples: [
        "cheque show cheque.txt", "cheque show 1f0c4e2a --print cheque.html", "cheque show - --check",
      ],
      run: show),
    CommandSpec(
      path: ["cheque", "cash"], summary: .commandChequeCash, operands: [.init(name: "FILE|-|ID")],
      details: .chequeDetails, examples: ["cheque cash cheque.txt", "cheque cash -"], run: cash),
    CommandSpec(
      path: ["cheque", "void"], summary: .commandChequeVoid, operands: [.init(name: "FILE|-|ID")],
      details: .chequeDetails, examples: ["cheque void cheque.txt", "cheque void 1f0c4e2a --yes"], run: void),
    CommandSpec(
      path: ["cheque", "list"], summary: .commandChequeList, options: [.check],
      examples: ["cheque list", "cheque list --check"], run: list),
  ]

  /// Seconds for which a cheque can be cashed unless told otherwise, and at most.
  static let lifetimeSeconds: Int64 = 30 * 86_400
  static let lifetimeSecondsMax: Int64 = 90 * 86_400
  /// Seconds kept back from the longest life, for clocks that differ: the ledger counts ninety days from its own time.
  static let clockSeconds: Int64 = 3_600

  /// Runs what needs no ledger; errors of the wallet become failures.
  static func offline<Result>(_ context: Context, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as WalletError { throw Failure(error, context.language) }
  }

  @Sendable private static func write(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try offline(context) {
      let lifetime = try lifetime(invocation["--expires"], context.language)
      let memo = try memo(invocation["--memo"], context.language)
      let place = try OfflinePlace(context, invocation)
      let payee = try place.payee(invocation.required(0))
      let currency = try Typed.currency(
        invocation.operand(2), among: place.known.currencies, context.language)
      let amount = try Typed.amount(invocation.required(1), in: currency, context.language)
      guard payee != place.number else { throw Failure(Refusal.sameAccount, context.language) }
      let payment = Payment(
        to: .member(payee), currency: currency.code, amount: amount, request: nil, memo: memo?.hash)
      let words = try ChequeWords(place.folder, context)
      let end = Timestamp(seconds: context.now.seconds + lifetime)
      try context.terminal.confirm(
        Phrase.askCheque(
          context.language, currency.shown(amount, context.language), asked(payee, words), words.moment(end)))
      let note = try place.identity().signed(.cheque(payment), now: context.now, lifetime: lifetime)
      guard let cheque = Cheque(note, memo: memo) else {
        preconditionFailure("a note of kind cheque with its own memo is a cheque")
      }
      try place.folder.aloneWithCommand { try place.folder.keep(cheque, now: context.now) }
      return try give(cheque, place.folder, words, invocation, context)
    }
  }

  /// The payee as the question names one: only what is pinned is a name.
  private static func asked(_ payee: MemberNumber, _ words: ChequeWords) -> String {
    let isKnown = words.place.names[payee] ?? words.place.handles[payee] != nil
    return isKnown
      ? words.name(.member(payee)) : Phrase.payeeUnknown(words.language, payee.description)
  }

  private static func lifetime(_ text: String?, _ language: Language) throws -> Int64 {
    let typed = text.map { DurationText.seconds($0, atMost: lifetimeSecondsMax) }
    guard let seconds = typed ?? lifetimeSeconds else {
      throw Failure(
        exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--expires"),
        hint: Phrase.hintChequeDuration(language))
    }
    return min(seconds, lifetimeSecondsMax - clockSeconds)
  }

  private static func memo(_ text: String?, _ language: Language) throws -> SubmittedText? {
    guard let text, !text.isEmpty else { return nil }
    guard text.utf8.count <= Cheque.memoBytesMax else {
      throw Failure(
        exit: .badData, code: "bad-value",
        message: Phrase.errorChequeMemo(language, "\(text.utf8.count)", "\(Cheque.memoBytesMax)"))
    }
    guard let memo = SubmittedText(text) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--memo"))
    }
    return memo
  }

  /// Hands out a cheque that was just written: to a file, or to standard output with the words beside it.
  private static func give(
    _ cheque: Cheque, _ folder: LedgerFolder, _ words: ChequeWords, _ invocation: Invocation,
    _ context: Context
  ) throws -> Int32 {
    let view = try ChequeView(cheque, in: folder, owners: folder.knownOwners(), context)
    let isFile = invocation["--out"] != nil
    try export(view, words, invocation, context)
    let text = String(decoding: cheque.bytes, as: UTF8.self)
    var lines = words.lines(view)
    if invocation.has("--qr") {
      let isTerminal = isFile ? context.output.isTerminal : context.output.isErrorTerminal
      lines.append(code(of: cheque).terminal(isColoured: isTerminal))
    }
    if context.isJSON {
      var members = view.json.members ?? []
      members.append(JSON.Member("cheque", .string(text)))
      context.output.write(JSON.object(members).pretty())
    } else if isFile {
      for line in lines { context.output.line(line) }
    } else {
      for line in lines { context.output.message(line) }
      context.output.write(cheque.bytes)
    }
    context.output.message(Phrase.saidChequeKept(context.language, String(cheque.id.hex.prefix(12))))
    return ExitStatus.done.rawValue
  }

  /// Writes the files that were asked for.
  private static func export(
    _ view: ChequeView, _ words: ChequeWords, _ invocation: Invocation, _ context: Context
  ) throws {
    let page = ChequePage(view: view, words: words, code: code(of: view.cheque))
    for (option, bytes) in [("--out", view.cheque.bytes), ("--print", Array(page.html.utf8))] {
      guard let path = invocation[option] else { continue }
      try FileText.write(bytes, to: path, context.language)
      context.output.message(Phrase.saidWritten(context.language, path))
    }
  }

  /// The cheque as it stands, as a QR code.
  static func code(of cheque: Cheque) -> QRCode {
    guard let code = QRCode(String(decoding: cheque.bytes, as: UTF8.self)) else {
      preconditionFailure("a cheque is shorter than what a QR code holds")
    }
    return code
  }

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try offline(context) {
      let cheque = try ChequeFile.read(invocation.required(0), context)
      let folder = try context.wallet.ledger(cheque.text.ledger)
      var view = try ChequeView(cheque, in: folder, owners: folder.knownOwners(), context)
      if invocation.has("--check") {
        try Session.with(context, .read) { session in
          authorize(session)
          try session.learn(&view)
        }
      }
      let words = try ChequeWords(folder, context)
      try export(view, words, invocation, context)
      context.show(view.json) {
        words.lines(view)
          + (invocation.has("--qr")
            ? [code(of: cheque).terminal(isColoured: context.output.isTerminal)] : [])
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try offline(context) {
      var views: [(view: ChequeView, words: ChequeWords)] = []
      for folder in try context.wallet.ledgers {
        let words = try ChequeWords(folder, context)
        let kept = try folder.cheques()
        let owners = kept.isEmpty ? [:] : try folder.knownOwners()
        for one in kept {
          views.append((try ChequeView(one.cheque, in: folder, owners: owners, context), words))
        }
      }
      if invocation.has("--check") {
        try Session.with(context, .read) { session in
          let origin = try session.info().origin
          authorize(session)
          for place in views.indices where views[place].view.cheque.text.ledger == origin {
            guard views[place].view.record == nil, views[place].view.state != .void else { continue }
            try session.learn(&views[place].view)
          }
        }
      }
      context.show(.object(["cheques": .array(views.map(\.view.json))])) { table(views, context) }
      return ExitStatus.done.rawValue
    }
  }

  /// Gets a token where a key is here: names, receipts and enrolments take one, the rest is told to anyone.
  private static func authorize(_ session: Session) { _ = try? session.authorized(.account) }

  private static func table(_ views: [(view: ChequeView, words: ChequeWords)], _ context: Context)
    -> [String]
  {
    let language = context.language
    guard !views.isEmpty else { return [Phrase.saidNoCheques(language)] }
    var table = Table([
      (Phrase.wordNote(language), .left), (Phrase.headStatus(language), .left),
      (Phrase.headAmount(language), .right), (Phrase.wordFrom(language), .left),
      (Phrase.wordTo(language), .left),
      (Phrase.headExpires(language), .left),
    ])
    for (view, words) in views {
      let cheque = view.cheque
      table.add([
        String(cheque.id.hex.prefix(12)), view.state.phrase(language), words.amount(cheque),
        words.name(.member(cheque.payer)), words.name(cheque.payment.to), words.moment(cheque.end),
      ])
    }
    return table.lines(emphasis: context.output.bold)
  }
}

extension OptionSpec {
  fileprivate static let check = OptionSpec(name: "--check", summary: .optionChequeCheck)
  fileprivate static let print = OptionSpec(name: "--print", value: "PAGE", summary: .optionChequePrint)
  fileprivate static let qr = OptionSpec(name: "--qr", summary: .optionChequeQR)
}

extension ChequeState {
  /// A word for a table.
  var phrase: Phrase {
    switch self {
    case .notYetPaid: .chequeNotYetPaid
    case .cashed: .stateChequeCashed
    case .void: .stateChequeVoid
    case .expired: .stateChequeExpired
    }
  }
}
