import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Places that vouch for each other: being a witness, and having some.
enum WitnessCommands {
  private static let folder = OptionSpec(
    name: "--dir", value: "DIR", isRequired: true, summary: .optionWitnessDir)

  static let all = [
    CommandSpec(
      path: ["witness", "init"], summary: .commandWitnessInit, operands: [.init(name: "NAME")],
      options: [folder], examples: ["witness init temoin.mel.example --dir temoin"], run: create),
    CommandSpec(
      path: ["witness", "trust"], summary: .commandWitnessTrust, operands: [.init(name: "VKEY")],
      options: [folder],
      examples: [
        "witness trust mel.example/lille+daaeb1ee+AT1AF8PoQ4lakrcKp00bfrycmCzPLsSWjMDNVfEq9GYM --dir temoin"
      ],
      run: trust),
    CommandSpec(
      path: ["witness", "serve"], summary: .commandWitnessServe,
      options: [folder, OptionSpec(name: "--listen", value: "127.0.0.1:8391", summary: .optionListen)],
      examples: ["witness serve --dir temoin"], run: serve),
    CommandSpec(
      path: ["witness", "add"], summary: .commandWitnessAdd,
      operands: [.init(name: "NAME"), .init(name: "URL"), .init(name: "VKEY")],
      examples: ["witness add rennes https://temoin.rennes.example temoin.rennes.example+7f0c9d1e+BNCZ…"],
      run: add),
    CommandSpec(
      path: ["witness", "remove"], summary: .commandWitnessRemove, operands: [.init(name: "NAME")],
      examples: ["witness remove rennes"], run: remove),
    CommandSpec(
      path: ["witness", "ask"], summary: .commandWitnessAsk, examples: ["witness ask"], run: ask),
    CommandSpec(
      path: ["policy", "show"], summary: .commandPolicyShow, examples: ["policy show > mel.policy"],
      run: show),
    CommandSpec(
      path: ["policy", "quorum"], summary: .commandPolicyQuorum, operands: [.init(name: "K")],
      examples: ["policy quorum 2", "policy quorum 0"], run: quorum),
  ]

  @Sendable private static func create(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let name = invocation.required(0)
    guard VerifierKey.isName(name) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(context.language, "NAME"))
    }
    do throws(StoreError) {
      let key = try WitnessStore.create(invocation["--dir"] ?? "", name: name)
      context.show(.object(["verifier_key": .string(key.description)])) { [key.description] }
      return ExitStatus.done.rawValue
    } catch { throw Failure(error, context.language) }
  }

  @Sendable private static func trust(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    guard let key = VerifierKey(invocation.required(0)), key.algorithm == .ed25519, Origin(key.name) != nil
    else {
      throw Failure(exit: .badData, code: "bad-key", message: Phrase.errorVerifierKey(context.language))
    }
    do throws(StoreError) {
      try WitnessStore(invocation["--dir"] ?? "", signs: false).trust(key)
    } catch { throw Failure(error, context.language) }
    context.output.message(Phrase.saidWitnessTrusts(context.language, key.name))
    return ExitStatus.done.rawValue
  }

  @Sendable private static func serve(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let address = Server.Address(invocation["--listen"] ?? "127.0.0.1:8391") else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--listen"))
    }
    let signals = StopSignals()
    let store: WitnessStore
    do throws(StoreError) { store = try WitnessStore(invocation["--dir"] ?? "", signs: true) } catch {
      throw Failure(error, language)
    }
    let server: Server
    do throws(Server.StartError) { server = try Server(WitnessService(store), on: address) } catch {
      throw Failure(error, address, language)
    }
    context.output.message(
      Phrase.saidWitnessing(language, store.verifierKey.description, "http://\(server.address)/"))
    signals.wait()
    server.stop()
    return ExitStatus.done.rawValue
  }

  // The ledger's side -------------------------------------------------------------------------------------------

  /// The policy there is, or one without witnesses.
  private static func policy(_ session: Session) throws -> (PolicyFile, CosignerPolicy) {
    let file = PolicyFile(LedgerFiles(try Session.file(session.context)), session.context.language)
    if let policy = try file.read() { return (file, policy) }
    let key = try session.info().verifierKey
    return (
      file, CosignerPolicy(log: .init(name: key.name, key: key, url: nil), witnesses: [], threshold: 0)
    )
  }

  /// The same policy with other witnesses, as many of them asked for as before, or all that are left.
  private static func changed(
    _ policy: CosignerPolicy, _ witnesses: [CosignerPolicy.Party], threshold: Int?, _ language: Language
  ) throws -> CosignerPolicy {
    guard let log = policy.logs.first, let known = policy.threshold else {
      throw Failure(exit: .badData, code: "bad-policy", message: Phrase.errorPolicyForeign(language))
    }
    return CosignerPolicy(
      log: log, witnesses: witnesses, threshold: min(threshold ?? known, witnesses.count))
  }

  @Sendable private static func add(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let (name, url) = (invocation.required(0), invocation.required(1))
    guard let key = VerifierKey(invocation.required(2)), key.algorithm == .cosignature else {
      throw Failure(exit: .badData, code: "bad-key", message: Phrase.errorWitnessKey(language))
    }
    do throws(HTTPTransport.AddressError) { _ = try HTTPTransport(url, hasPath: true) } catch {
      throw Failure(address: url, error, language)
    }
    return try Session.with(context, .read) { session in
      let (file, policy) = try policy(session)
      let isEnrolled = try session.client.number(of: key.publicKey) != nil
      guard !isEnrolled, key.publicKey != (try session.info().verifierKey.publicKey) else {
        throw Failure(Refusal.keyTaken, language)
      }
      let others = policy.witnesses.filter { $0.name != name }
      let isName = !name.isEmpty && name != "none" && !name.contains { " \t\n#".contains($0) }
      guard isName, !others.contains(where: { $0.key.publicKey == key.publicKey }) else {
        throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "NAME"))
      }
      let witnesses = others + [CosignerPolicy.Party(name: name, key: key, url: url)]
      let threshold = policy.threshold.map { max($0, 1) }
      try file.write(try changed(policy, witnesses, threshold: threshold, language))
      context.output.message(Phrase.saidWitnessAdded(language, name))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func remove(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let (file, policy) = try policy(session)
      let left = policy.witnesses.filter { $0.name != invocation.required(0) }
      guard left.count < policy.witnesses.count else {
        throw Failure(
          exit: .inputMissing, code: "unknown-witness",
          message: Phrase.errorUnknownWitness(context.language, Printable.line(invocation.required(0))))
      }
      try file.write(try changed(policy, left, threshold: nil, context.language))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let (_, policy) = try policy(session)
      let text = String(decoding: policy.bytes, as: UTF8.self)
      context.show(.object(["policy": .string(text)])) { [String(text.dropLast())] }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func quorum(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let (file, policy) = try policy(session)
      let asked = DecimalText.unsigned(invocation.required(0)).flatMap { Int(exactly: $0) }
      guard let asked, asked <= policy.witnesses.count else {
        throw Failure(
          exit: .badData, code: "bad-value",
          message: Phrase.errorQuorum(context.language, "\(policy.witnesses.count)"))
      }
      try file.write(try changed(policy, policy.witnesses, threshold: asked, context.language))
      return ExitStatus.done.rawValue
    }
  }

  /// One round now, for a ledger that is not served.
  @Sendable private static func ask(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let path = try Session.file(context)
    guard let policy = try PolicyFile(LedgerFiles(path), language).read() else {
      throw Failure(
        exit: .inputMissing, code: "no-witnesses", message: Phrase.errorNoWitnesses(language),
        hint: Phrase.hintNoWitnesses(language))
    }
    let reports: [WitnessRounds.Report]
    let journal: Journal
    do throws(StoreError) { journal = try Journal(reading: path) } catch { throw Failure(error, language) }
    defer { journal.close() }
    let rounds = try WitnessRounds(journal, policy, language)
    do throws(StoreError) { reports = try rounds.round() } catch { throw Failure(error, language) }
    context.show(
      .array(
        reports.map {
          .object(["witness": .string($0.witness), "verdict": .string($0.verdict.name)])
        })
    ) { reports.map { "\($0.witness)  \($0.verdict.sentence(language))" } }
    let isBad = reports.contains { $0.verdict.isContradiction }
    return (isBad ? ExitStatus.badData : ExitStatus.done).rawValue
  }
}

extension WitnessRounds.Verdict {
  /// The machine name, never changed once released.
  var name: String {
    switch self {
    case .cosigned: "cosigned"
    case .ahead: "ahead"
    case .differs: "differs"
    case .unreachable: "unreachable"
    case .refused: "refused"
    }
  }

  /// Whether it says that this journal is not the one the witness knows.
  var isContradiction: Bool {
    switch self {
    case .ahead, .differs: true
    case .cosigned, .unreachable, .refused: false
    }
  }

  func sentence(_ language: Language) -> String {
    switch self {
    case .cosigned: Phrase.verdictCosigned(language)
    case .ahead(let size): Phrase.verdictAhead(language, "\(size)")
    case .differs: Phrase.verdictDiffers(language)
    case .unreachable: Phrase.verdictUnreachable(language)
    case .refused(let status): Phrase.verdictRefused(language, "\(status)")
    }
  }
}
