import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation

/// The tills of a shop, by its merchant.
enum TillCommands {
  private static let name = CommandSpec.Operand(name: "NAME")

  static let all = [
    CommandSpec(
      path: ["till", "add"], summary: .commandTillAdd, operands: [name],
      options: [
        OptionSpec(name: "--time-zone", value: "TZ", summary: .optionTimeZone),
        OptionSpec(name: "--token-file", value: "FILE", summary: .optionTokenFile),
      ], details: .detailsTillAdd,
      examples: [
        "till add comptoir --time-zone Europe/Paris --token-file comptoir.token", "till add marche",
      ],
      run: add),
    CommandSpec(path: ["till", "list"], summary: .commandTillList, examples: ["till list"], run: list),
    CommandSpec(
      path: ["till", "revoke"], summary: .commandTillRevoke, operands: [name],
      examples: ["till revoke comptoir"], run: revoke),
    CommandSpec(
      path: ["till", "report"], summary: .commandTillReport, operands: [name],
      examples: ["till report comptoir"], run: report),
    CommandSpec(
      path: ["till", "close"], summary: .commandTillClose, operands: [name],
      examples: ["till close comptoir"], run: close),
    CommandSpec(
      path: ["till", "closes"], summary: .commandTillCloses, operands: [name],
      options: [OptionSpec(name: "--csv", summary: .optionTillCSV)],
      examples: ["till closes comptoir", "till closes comptoir --csv > comptoir.csv"], run: closes),
  ]

  /// The tills of the member who acts.
  private static func tills(_ session: Session, _ identity: Identity) throws -> [TillInfo] {
    try session.client.tills().filter { $0.number == identity.number }
  }

  /// The till of a name: one that works, else the newest one that `accepts`.
  private static func till(
    _ name: String, _ session: Session, _ identity: Identity, accepts: (TillInfo) -> Bool
  ) throws -> TillInfo {
    let named = try tills(session, identity).filter { $0.name == name }
    guard let till = named.first(where: { !$0.isEnded }) ?? named.last(where: accepts) else {
      throw Failure(
        exit: .inputMissing, code: "unknown-till",
        message: Phrase.errorUnknownTill(session.context.language, Printable.line(name)),
        hint: Phrase.hintUnknownTill(session.context.language))
    }
    return till
  }

  /// Makes the till, hands its token over, and signs for its key. In that order: a token is never lost, and one whose key
  /// was refused opens nothing.
  @Sendable private static func add(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let identity = try session.authorized(.account) ?? session.identity()
      let zone = invocation["--time-zone"] ?? TimeZone.current.identifier
      let till = try session.client.makeTill(invocation.required(0), timeZone: zone, of: identity.number)
      do {
        if let path = invocation["--token-file"] {
          try FileText.write(Array("\(till.token)\n".utf8), to: path, language)
        }
        let change = KeyChange(number: identity.number, action: .add, use: .till, memberKey: till.key)
        _ = try session.submit(.key(change), by: identity)
      } catch {
        try? session.client.endTill(till.id)
        throw error
      }
      context.output.message(Phrase.saidTillAdded(language, Printable.line(invocation.required(0)), zone))
      let hasFile = invocation["--token-file"] != nil
      context.show(
        .object([
          "id": .string(till.id), "key": .string(till.key.base64),
          "token": hasFile ? .null : .string(till.token),
        ])
      ) { hasFile ? [] : [till.token] }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let identity = try session.authorized(.account) ?? session.identity()
      let tills = try tills(session, identity)
      var table = Table([
        (Phrase.headTill(language), .left), (Phrase.headTillID(language), .left),
        (Phrase.headTillState(language), .left),
      ])
      for till in tills {
        let state: Phrase = till.isEnded ? .tillEnded : till.isEnrolled ? .tillWorks : .tillNotEnrolled
        table.add([till.name, till.id, state(language)])
      }
      context.show(.array(tills.map(\.json))) { table.lines(emphasis: context.output.bold) }
      return ExitStatus.done.rawValue
    }
  }

  /// Ends the token at once, then the key.
  @Sendable private static func revoke(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let identity = try session.authorized(.account) ?? session.identity()
      let till = try till(invocation.required(0), session, identity) { $0.isEnrolled }
      try session.client.endTill(till.id)
      if till.isEnrolled {
        let change = KeyChange(number: identity.number, action: .revoke, use: .till, memberKey: till.key)
        _ = try session.submit(.key(change), by: identity)
      }
      context.show(.object(["id": .string(till.id), "name": .string(till.name)])) {
        [Phrase.saidTillRevoked(language, Printable.line(till.name))]
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func report(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let till = try till(invocation.required(0), session, identity) { _ in true }
      let json = try session.client.tillReport(till.id)
      let lines = try summary(json, Phrase.saidTillReport, session)
      context.show(json) { lines }
      return ExitStatus.done.rawValue
    }
  }

  /// Closes a till once: where no answer came, the same command again gives the close that was made, if it was.
  @Sendable private static func close(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let till = try till(invocation.required(0), session, identity) { _ in true }
      let folder = try session.folder()
      let json = try folder.aloneWithCommand { try close(till, folder, session) }
      let lines = try summary(json, Phrase.saidTillClose, session)
      context.show(json) { lines }
      return ExitStatus.done.rawValue
    }
  }

  private static func close(_ till: TillInfo, _ folder: LedgerFolder, _ session: Session) throws -> JSON {
    let name = "till close \(till.id)"
    let (key, isRepeat) = try folder.intent(name)
    let json: JSON
    do throws(ClientError) { json = try session.client.closeTill(till.id, idempotencyKey: key) } catch {
      // A refusal is an answer, but for the one that says to come again.
      if case .refused(let refused) = error, refused.code != "idempotency-in-progress" {
        try folder.forgetIntent(name)
      }
      throw error
    }
    try folder.forgetIntent(name)
    if isRepeat { session.context.output.message(Phrase.saidTillCloseRepeated(session.context.language)) }
    return json
  }

  @Sendable private static func closes(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let till = try till(invocation.required(0), session, identity) { _ in true }
      let closes = try session.client.tillCloses(till.id)
      guard invocation.has("--csv") else {
        let lines = try closes.flatMap { try summary($0, Phrase.saidTillClose, session) }
        context.show(.array(closes)) { lines }
        return ExitStatus.done.rawValue
      }
      // Oldest first, the heading once.
      for (index, close) in closes.reversed().enumerated() {
        let table = try session.client.tillCloseTable(till.id, number: close["number"]?.integer ?? 0)
        let start = index == 0 ? table.startIndex : table.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
        context.output.write(Array(table[(start ?? table.endIndex)...]))
      }
      return ExitStatus.done.rawValue
    }
  }

  /// A report or a close for people: a heading, then a line for each kind and currency.
  private static func summary(_ json: JSON, _ heading: Phrase, _ session: Session) throws -> [String] {
    let language = session.context.language
    let (first, last) = (json["first"]?.integer, json["last"]?.integer)
    let range = first.flatMap { first in last.map { "\(first)–\($0)" } } ?? "–"
    var lines = [
      heading(language, "\(json["number"]?.integer ?? 0)", json["time"]?.string ?? "", range)
    ]
    for total in json["totals"]?.array ?? [] {
      guard let code = total["currency"]?.string.flatMap({ CurrencyCode($0) }) else { continue }
      let kind: Phrase = total["kind"]?.string == "sale" ? .tillSales : .tillRefunds
      let amount = try session.shown(total["total"]?.integer ?? 0, in: code)
      lines.append("  \(kind(language, "\(total["count"]?.integer ?? 0)", amount))")
    }
    return lines
  }
}
