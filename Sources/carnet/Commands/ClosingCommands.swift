import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Month and year ends: what everyone had, committed to, and what the bank held, attested.
enum ClosingCommands {
  static let all = [
    CommandSpec(
      path: ["closing", "cutoff"], summary: .commandClosingCutoff, operands: [.init(name: "PERIOD")],
      options: [.draft], examples: ["closing cutoff 2026-03"], run: cutOff),
    CommandSpec(
      path: ["closing", "make"], summary: .commandClosingMake, operands: [.init(name: "PERIOD")],
      options: [
        OptionSpec(name: "--attested", value: "A", summary: .optionAttested),
        OptionSpec(name: "--date", value: "DATE", summary: .optionStatementDate),
        OptionSpec(name: "--statement", value: "FILE", summary: .optionStatement),
        OptionSpec(name: "--cutoff", value: "RECORD", summary: .optionCutoff), .reason, .draft,
      ],
      examples: [
        "closing make 2026-03 --attested 12450,00 --date 2026-03-31 --statement releve-2026-03.pdf",
        "closing make 2026-03",
      ], run: make),
    CommandSpec(
      path: ["closing", "list"], summary: .commandClosingList, examples: ["closing list"], run: list),
    CommandSpec(
      path: ["closing", "proof"], summary: .commandClosingProof,
      operands: [.init(name: "HANDLE", isOptional: true, isHandle: true)],
      options: [
        OptionSpec(name: "--cutoff", value: "RECORD", summary: .optionCutoff),
        OptionSpec(name: "--currency", value: "CODE", summary: .optionCurrency),
        OptionSpec(name: "--out", value: "FILE", summary: .optionOut),
      ], examples: ["closing proof --out cloture.txt"], run: proof),
    CommandSpec(
      path: ["closing", "verify"], summary: .commandClosingVerify, operands: [.init(name: "FILE")],
      options: [OptionSpec(name: "--vkey", value: "VKEY", summary: .optionVerifierKey)],
      examples: ["closing verify cloture.txt --vkey mel.example/lille+2b4f0c11+AdO…"], run: verify),
  ]

  @Sendable private static func cutOff(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let period = try period(invocation, context.language)
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let posted = try session.submit(
        .cutoff(CutoffOrder(period: period)), by: identity, draft: invocation["--draft"])
      session.report(posted, Phrase.saidCutoff(context.language, period.description))
      return ExitStatus.done.rawValue
    }
  }

  private static func period(_ invocation: Invocation, _ language: Language) throws -> ClosingPeriod {
    guard let period = ClosingPeriod(invocation.required(0)) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorPeriod(language))
    }
    return period
  }

  /// The record that `--cutoff` names.
  private static func askedCutoff(_ invocation: Invocation, _ language: Language) throws -> UInt64? {
    try invocation["--cutoff"].map { try Invocation.recordNumber($0, of: "--cutoff", language) }
  }

  @Sendable private static func make(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let period = try period(invocation, language)
    let asked = try askedCutoff(invocation, language)
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let hasBacked = try session.info().currencies.contains { $0.kind == .backed }
      let (attested, salt) = hasBacked ? try attestation(invocation, session) : (nil, nil)
      let cutoff = try asked ?? cutoff(of: period, by: identity, session)
      let draft = try session.client.closingDraft(of: cutoff)
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let closing = try closing(draft, cutoff, attested, reason)
      let posted = try session.submit(
        .closing(closing), by: identity, text: reason, draft: invocation["--draft"])
      if let salt { context.output.message(Phrase.saidStatementSalt(language, Base64.encode(salt))) }
      session.report(posted, Phrase.saidClosed(language, period.description))
      return ExitStatus.done.rawValue
    }
  }

  /// An open cutoff of the period, or a new one.
  private static func cutoff(
    of period: ClosingPeriod, by identity: Identity, _ session: Session
  ) throws -> UInt64 {
    for item in try session.client.closings()["closings"]?.array ?? []
    where item["period"]?.string == period.description && item["closing"]?.isNull ?? false {
      if let number = item["cutoff"]?.integer.flatMap({ UInt64(exactly: $0) }) { return number }
    }
    guard let posted = try session.submit(.cutoff(CutoffOrder(period: period)), by: identity) else {
      preconditionFailure("no draft was asked for")
    }
    return posted.record.number
  }

  /// What the bank holds as the options say, with the salt of the statement's hash.
  private static func attestation(
    _ invocation: Invocation, _ session: Session
  ) throws -> (Closing.Attestation, [UInt8]) {
    let language = session.context.language
    guard let amount = invocation["--attested"], let day = invocation["--date"],
      let path = invocation["--statement"]
    else {
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorAttestation(language),
        hint: "carnet help closing make")
    }
    guard let date = CalendarDate(day) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--date"))
    }
    let cents = try PlaceCommands.bound(amount, in: .euroCents, language) ?? -1
    guard cents >= 0 else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--attested"))
    }
    let salt = SecureRandom.bytes(SaltedText.saltBytes)
    let file = try FileText.read(path, language, bytesMax: FileText.statementBytesMax)
    return (
      Closing.Attestation(
        amount: cents, date: date, statement: BankStatement.hash(salt: salt, file: file)), salt
    )
  }

  private static func closing(
    _ draft: JSON, _ cutoff: UInt64, _ attested: Closing.Attestation?, _ reason: SubmittedText?
  ) throws -> Closing {
    let totals = (draft["totals"]?.array ?? []).compactMap { $0.string.flatMap { ClosingTotal($0) } }
    guard let state = draft["state"]?.string.flatMap({ Digest(base64: $0) }),
      totals.count == draft["totals"]?.array?.count
    else { throw ClientError.badAnswer("/v1/closings") }
    return Closing(cutoff: cutoff, totals: totals, state: state, attested: attested, reason: reason?.hash)
  }
}

extension ClosingCommands {
  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let language = context.language
      let items = try session.client.closings()["closings"] ?? .array([])
      var table = Table([
        (Phrase.headCutoff(language), .right), (Phrase.headPeriod(language), .left),
        (Phrase.headTime(language), .left), (Phrase.headClosing(language), .right),
        (Phrase.headAttested(language), .right), (Phrase.headReserve(language), .right),
      ])
      for item in items.array ?? [] {
        let closing = item["closing"]
        let attested = try closing?["attested"]?.integer.map { try session.shown($0, in: .euro) }
        table.add([
          "\(item["cutoff"]?.integer ?? 0)", item["period"]?.string ?? "",
          String((item["time"]?.string ?? "").prefix(10)),
          closing?["record"]?.integer.map { "\($0)" } ?? "-", attested ?? "-",
          try session.shown(item["reserve"]?.integer ?? 0, in: .euro),
        ])
      }
      context.show(items) { table.lines(emphasis: context.output.bold) }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func proof(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let asked = try askedCutoff(invocation, language)
    // The trees are made with the ledger's key, which only the process that writes has.
    return try Session.with(context, .write) { session in
      let name = try PayCommands.account(invocation.operand(0), session)
      let currency = try session.currency(invocation["--currency"])
      guard let cutoff = try asked ?? newestClosed(session) else {
        throw Failure(
          exit: .inputMissing, code: "no-closing", message: Phrase.errorNoClosing(language),
          hint: Refusal.unknownCutoff.hint(in: language))
      }
      let proof = try session.client.closingProof(
        of: AccountID(name, currency.code), cutoff: cutoff, ledger: session.info().verifierKey)
      guard let path = invocation["--out"] else {
        let text = String(decoding: proof.bytes, as: UTF8.self)
        context.show(.object(["proof": .string(text)])) { [String(text.dropLast())] }
        return ExitStatus.done.rawValue
      }
      try FileText.write(proof.bytes, to: path, language)
      context.output.message(Phrase.saidWritten(language, path))
      return ExitStatus.done.rawValue
    }
  }

  private static func newestClosed(_ session: Session) throws -> UInt64? {
    let items = try session.client.closings()["closings"]?.array ?? []
    let closed = items.last { !($0["closing"]?.isNull ?? true) }
    return closed?["cutoff"]?.integer.flatMap { UInt64(exactly: $0) }
  }

  /// Works without network and without ledger.
  @Sendable private static func verify(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let bytes = try FileText.read(invocation.required(0), language)
    let invalid = { (reason: String) in
      Failure(
        exit: .badData, code: "closing-proof-invalid", message: Phrase.errorClosingProof(language, reason))
    }
    let proof: ClosingProof
    do throws(NoteError) { proof = try ClosingProof(parsing: bytes) } catch {
      throw invalid(error.description)
    }
    let key = try Trusted.key(invocation["--vkey"], of: proof.ledger, context)
    let verified: ClosingProof.Verified
    do throws(ClosingProofError) { verified = try proof.verify(ledger: key) } catch {
      throw invalid(error.description)
    }
    let place = (try? context.wallet).flatMap { try? KnownPlace($0.ledger(proof.ledger)) }
    context.show(json(proof, verified)) { lines(proof, verified, place, language) }
    return ExitStatus.done.rawValue
  }

  private static func json(_ proof: ClosingProof, _ verified: ClosingProof.Verified) -> JSON {
    .object([
      "valid": .bool(true), "ledger": .string(proof.ledger.description),
      "cutoff": .integer(Int64(proof.cutoff)), "closing": .integer(Int64(verified.record.number)),
      "account": .string(proof.account.name.description),
      "currency": .string(proof.account.currency.description), "balance": .integer(proof.balance),
      "total": .integer(verified.total.total), "attested": .optional(verified.closing.attested?.amount),
      "date": .optional(verified.closing.attested?.date.description),
    ])
  }

  private static func lines(
    _ proof: ClosingProof, _ verified: ClosingProof.Verified, _ place: KnownPlace?, _ language: Language
  ) -> [String] {
    let code = proof.account.currency
    let shown = { (minorUnits: Int64) in
      place?.amount(minorUnits, code, language)
        ?? Phrase.wordMinorUnits(language, "\(minorUnits)", code.description)
    }
    var lines = [
      Phrase.saidProofBalance(
        language, proof.account.name.description, shown(proof.balance), "\(proof.cutoff)"),
      Phrase.saidProofTotal(language, shown(verified.total.total), "\(verified.record.number)"),
      Phrase.saidProofProven(language),
    ]
    if let attested = verified.closing.attested {
      let cents = AmountText.format(attested.amount, scale: 2, language)
      lines.append(Phrase.saidProofAttested(language, cents, attested.date.description))
    }
    return lines + [Phrase.saidProofShows(language)]
  }
}

extension Currency {
  /// How cents of euro are typed.
  static let euroCents: Currency = {
    guard let name = FreeText("Euro") else { preconditionFailure("a name") }
    return Currency(
      code: .euro, kind: .backed, scale: 2, name: name, limits: BalanceLimits(floor: nil, ceiling: nil))
  }()
}

/// Which key a ledger's signatures are checked with, where no ledger is asked.
enum Trusted {
  /// The key that was typed, or the one that the wallet pinned.
  static func key(_ text: String?, of ledger: Origin, _ context: Context) throws -> VerifierKey {
    let language = context.language
    guard let text else {
      let pin: LedgerFolder.Pin?
      do throws(WalletError) { pin = try (try? context.wallet)?.ledger(ledger).pin() } catch {
        throw Failure(error, language)
      }
      guard let pin else {
        throw Failure(
          exit: .usage, code: "which-key", message: Phrase.errorWhichKey(language, ledger.description),
          hint: Phrase.hintWhichKey(language))
      }
      return pin.key
    }
    guard let key = VerifierKey(text), key.algorithm == .ed25519 else {
      throw Failure(exit: .badData, code: "bad-key", message: Phrase.errorVerifierKey(language))
    }
    return key
  }
}
