import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation

/// `carnet demo`: a small place at work, through the running endpoint.
struct DemoCommand {
  private let context: Context
  private let isOnce: Bool
  private let folder: String
  private let wallet: Wallet

  init(_ invocation: Invocation, _ context: Context) {
    self.context = context
    isOnce = invocation.has("--once")
    folder = "\(NSTemporaryDirectory())carnet-demo-\(UUID().uuidString.prefix(8).lowercased())"
    wallet = Wallet(home: Folder("\(folder)/home"))
  }

  func run() throws -> Int32 {
    let signals = StopSignals()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let stage = try open()
      let status = try stage.walk()
      if !isOnce {
        invite(stage)
        signals.wait()
      }
      _ = stage.serving.stop()
      return status
    } catch let error as ClientError { throw Failure(error, context.language) } catch let error as WalletError
    {
      throw Failure(error, context.language)
    } catch let error as StoreError { throw Failure(error, context.language) } catch let error as LedgerError
    {
      throw Failure(error, context.language)
    }
  }

  /// Founds the ledger and serves it, at the usual address where that is free.
  private func open() throws -> DemoStage {
    let language = context.language
    try wallet.home.create()
    let path = "\(folder)/demo.carnet"
    let officerKey = try person("marie").key
    guard let origin = Origin("demo.example/place"), let name = FreeText("Place du marché"),
      let marie = Handle("marie"),
      let usual = Server.Address("127.0.0.1:8390"), let free = Server.Address("127.0.0.1:0")
    else { preconditionFailure("names of the ledger's grammar") }
    let founding = Founding(origin: origin, name: name, purpose: .trial, officer: marie, key: officerKey)
    try founding.open(at: path, now: context.now)
    let journal = try Journal(opening: path)
    let serving: Serving
    do { serving = try Serving(journal, on: usual, extraHosts: [], language) } catch {
      let again = try Journal(opening: path)
      serving = try Serving(again, on: free, extraHosts: [], language)
    }
    context.output.line(Phrase.demoOpen(language, folder))
    let officer = Identity(origin: origin, number: founding.number, key: officerKey)
    return try DemoStage(
      context: context, wallet: wallet, serving: serving, path: path, officer: officer,
      verifierKey: founding.verifierKey, secret: founding.secrets.referenceSecret)
  }

  private func person(_ name: String) throws -> (handle: Handle, key: SecretKey) {
    guard let handle = Handle(name) else { preconditionFailure("a handle") }
    let key = SecretKey.generate()
    try wallet.add(KeyFile(key, handle: name, passphrase: nil), as: handle)
    return (handle, key)
  }

  private func invite(_ stage: DemoStage) {
    let url = "http://\(stage.serving.address)"
    let program = CommandLine.arguments.first ?? "carnet"
    context.output.line("")
    context.output.line(Phrase.demoNext(context.language, "\(url)/"))
    for line in [
      "export CARNET_HOME=\(folder)/home CARNET_LEDGER=\(url)", "\(program) balance --as alice",
      "\(program) pay boulangerie-martin 3,50 MEL --as alice",
      "\(program) statement --currency MEL --as alice",
      "\(program) member list --as marie", "\(program) audit --ledger \(folder)/demo.carnet",
    ] { context.output.line("  \(line)") }
    context.output.line(Phrase.demoEnd(context.language))
  }
}

/// The place of the demonstration while it runs.
struct DemoStage {
  let context: Context
  let wallet: Wallet
  let serving: Serving
  let path: String
  let officer: Identity
  let verifierKey: VerifierKey
  let secret: [UInt8]
  private let client: LedgerClient
  private let mel: Currency
  private let minutes: Currency

  init(
    context: Context, wallet: Wallet, serving: Serving, path: String, officer: Identity,
    verifierKey: VerifierKey,
    secret: [UInt8]
  ) throws {
    (self.context, self.wallet, self.serving, self.path) = (context, wallet, serving, path)
    (self.officer, self.verifierKey, self.secret) = (officer, verifierKey, secret)
    client = LedgerClient(try HTTPTransport("http://\(serving.address)"), language: context.language) { _ in }
    guard let melCode = CurrencyCode("MEL"), let melName = FreeText("Mel"), let minCode = CurrencyCode("MIN"),
      let minName = FreeText("Minutes du SEL")
    else { preconditionFailure("codes and names") }
    mel = Currency(
      code: melCode, kind: .backed, scale: 2, name: melName, limits: BalanceLimits(floor: 0, ceiling: nil))
    minutes = Currency(
      code: minCode, kind: .mutual, scale: 0, name: minName,
      limits: BalanceLimits(floor: -1_200, ceiling: 2_400))
  }

  /// The walk-through; 65 where the audit or a receipt does not hold.
  func walk() throws -> Int32 {
    let people = try enrol()
    let (alice, bob, bakery) = (people[0], people[1], people[3])
    try change(10_000, to: alice)
    let receipt = try pay(bakery, 1_250, mel, by: alice, memo: "pain et croissants")
    _ = try pay(bob, 90, minutes, by: alice, memo: "jardin")
    _ = try pay(alice, 45, minutes, by: bob, memo: nil)
    try overspend(by: bob, to: bakery)
    return try check(receipt)
  }

  private func shown(_ amount: Int64, _ currency: Currency) -> String {
    AmountText.format(amount, in: currency, context.language)
  }

  private func say(_ phrase: Phrase, _ arguments: String...) {
    context.output.line(phrase.filled(context.language, arguments))
  }

  private func payer(_ identity: Identity) -> Payer {
    Payer(client: client, folder: wallet.ledger(officer.origin), identity: identity, key: verifierKey)
  }

  @discardableResult
  private func send(
    _ operation: CarnetLedger.Operation, by identity: Identity, text: SubmittedText? = nil
  ) throws(WalletError) -> Posted {
    try payer(identity).send(operation, saltedText: text, now: context.now)
  }

  /// One person of the place, as others name them.
  struct Member {
    let identity: Identity
    let name: String
  }

  private func enrol() throws -> [Member] {
    for currency in [mel, minutes] { try send(.currency(currency), by: officer) }
    let cast: [(String, String, MemberKind)] = [
      ("alice", "Alice Durand", .person), ("bob", "Bob Lemaire", .person), ("chloe", "Chloé Petit", .person),
      ("boulangerie-martin", "Boulangerie Martin", .business),
    ]
    var members: [Member] = []
    for (name, title, kind) in cast {
      let key = SecretKey.generate()
      guard let handle = Handle(name) else { preconditionFailure("a handle") }
      try wallet.add(KeyFile(key, handle: name, passphrase: nil), as: handle)
      var random = SystemRandomSource()
      let number = MemberNumber.random(using: &random)
      let card = Card(handle: handle, name: FreeText(title), kind: kind, town: FreeText("Lille"))
      guard let salted = SubmittedText(card) else {
        preconditionFailure("a card is a salted text")
      }
      let enrolment = Enrolment(
        number: number, kind: kind, roles: [], memberKey: key.publicKey, card: salted.hash)
      try send(.member(enrolment), by: officer, text: salted)
      members.append(
        Member(identity: Identity(origin: officer.origin, number: number, key: key), name: title))
    }
    say(.demoMembers, members.map(\.name).joined(separator: ", "))
    return members
  }

  private func change(_ amount: Int64, to member: Member) throws {
    let reference = BankReference.hash(secret: secret, text: Array("VIR 0001".utf8))
    try send(
      .change(Change(to: member.identity.number, currency: mel.code, amount: amount, reference: reference)),
      by: officer)
    say(.demoChange, shown(amount, mel), member.name)
  }

  private func pay(
    _ payee: Member, _ amount: Int64, _ currency: Currency, by payer: Member, memo: String?
  ) throws -> Receipt {
    let salted = memo.flatMap { SubmittedText($0) }
    let payment = Payment(
      to: .member(payee.identity.number), currency: currency.code, amount: amount, request: nil,
      memo: salted?.hash)
    let posted = try send(.payment(payment), by: payer.identity, text: salted)
    say(.demoPay, payer.name, shown(amount, currency), payee.name, "\(posted.record.number)")
    return posted.receipt
  }

  private func overspend(by payer: Member, to payee: Member) throws {
    let payment = Payment(
      to: .member(payee.identity.number), currency: mel.code, amount: 500, request: nil, memo: nil)
    do throws(WalletError) { try send(.payment(payment), by: payer.identity) } catch {
      guard case .client(.refused(let refused)) = error else { throw error }
      say(.demoRefused, payer.name, shown(500, mel), refused.code)
    }
  }

  private func check(_ receipt: Receipt) throws -> Int32 {
    let report = try Audit.run(path)
    say(.demoAudit, "\(report.size)", "\(report.findings.count)")
    let isValid = (try? receipt.verify(ledger: verifierKey)) != nil
    say(.demoReceipt, "\(receipt.index)", (isValid ? Phrase.demoValid : .demoInvalid)(context.language))
    return report.findings.isEmpty && isValid ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }
}
