import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Where an officer has events sent.
enum WebhookCommands {
  private static let id = CommandSpec.Operand(name: "ID")

  static let all = [
    CommandSpec(
      path: ["webhook", "add"], summary: .commandWebhookAdd, operands: [.init(name: "URL")],
      options: [
        OptionSpec(name: "--events", value: "LIST", summary: .optionEvents),
        OptionSpec(name: "--till", value: "TILL", summary: .optionWebhookTill),
        OptionSpec(name: "--allow-private", summary: .optionAllowPrivate),
      ], details: .detailsWebhookAdd,
      examples: [
        "webhook add https://compta.example/carnet --events request.paid,refund.made --as marie",
        "webhook add http://192.168.1.20:8080/ --till k7q4m2xw --allow-private",
      ], run: add),
    CommandSpec(
      path: ["webhook", "list"], summary: .commandWebhookList, examples: ["webhook list"], run: list),
    CommandSpec(
      path: ["webhook", "remove"], summary: .commandWebhookRemove, operands: [id],
      examples: ["webhook remove 4t9c0v2e"], run: remove),
    CommandSpec(
      path: ["webhook", "test"], summary: .commandWebhookTest, operands: [id], details: .detailsWebhookTest,
      examples: ["webhook test 4t9c0v2e"], run: test),
    CommandSpec(
      path: ["webhook", "rotate"], summary: .commandWebhookRotate, operands: [id],
      examples: ["webhook rotate 4t9c0v2e"], run: rotate),
    CommandSpec(
      path: ["webhook", "deliveries"], summary: .commandWebhookDeliveries,
      operands: [.init(name: "ID", isOptional: true)],
      examples: ["webhook deliveries", "webhook deliveries 4t9c0v2e"], run: deliveries),
    CommandSpec(
      path: ["webhook", "redeliver"], summary: .commandWebhookRedeliver, operands: [.init(name: "DELIVERY")],
      examples: ["webhook redeliver 17"], run: redeliver),
  ]

  /// The events of a list, or `nil` for all.
  static func events(_ text: String?, _ language: Language) throws -> [String]? {
    guard let text else { return nil }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for name in names where !Webhook.kinds.contains(where: { $0.rawValue == name }) {
      throw Failure(
        exit: .badData, code: "bad-value", message: Phrase.errorEvents(language, Printable.line(name)),
        hint: Phrase.hintEvents(language))
    }
    return names
  }

  @Sendable private static func add(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let events = try events(invocation["--events"], context.language)
    return try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let made = try session.client.makeWebhook(
        invocation.required(0), events: events, till: invocation["--till"],
        isPrivate: invocation.has("--allow-private"))
      context.show(made) { [made["id"]?.string ?? ""] + keys(of: made, context.language) }
      return ExitStatus.done.rawValue
    }
  }

  /// What verifies what is sent.
  private static func keys(of webhook: JSON, _ language: Language) -> [String] {
    var lines = [Phrase.saidWebhookKey(language, webhook["key"]?.string ?? "")]
    if let previous = webhook["previous_key"]?.string, let end = webhook["previous_key_ends"]?.string {
      lines.append(Phrase.saidWebhookPreviousKey(language, previous, end))
    }
    return lines
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let webhooks = try session.client.webhooks()
      let language = context.language
      var lines: [String] = []
      for webhook in webhooks {
        let state: Phrase = webhook["gone"].map { !$0.isNull } ?? false ? .webhookGone : .webhookWorks
        let events = (webhook["events"]?.array ?? []).compactMap(\.string).joined(separator: ",")
        let till = webhook["till"]?.string.map { " \($0)" } ?? ""
        lines.append(
          "\(webhook["id"]?.string ?? "")  \(state(language))  \(Printable.line(webhook["url"]?.string ?? ""))"
        )
        lines += (["\(events)\(till)"] + keys(of: webhook, language)).map { "  \($0)" }
      }
      context.show(.array(webhooks)) { webhooks.isEmpty ? [Phrase.saidNoWebhooks(language)] : lines }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func remove(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let id = invocation.required(0)
      try session.client.removeWebhook(id)
      context.show(.object(["id": .string(id)])) { [Phrase.saidWebhookRemoved(context.language, id)] }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func test(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let answer = try session.client.testWebhook(invocation.required(0))
      let said = answer["status"]?.integer.map { "\($0)" } ?? answer["fault"]?.string ?? "-"
      guard answer["delivered"]?.bool ?? false else {
        throw Failure(
          exit: .failed, code: "webhook-test-failed",
          message: Phrase.errorWebhookTest(context.language, Printable.line(said)))
      }
      context.show(answer) {
        [Phrase.saidWebhookAnswer(context.language, said, "\(answer["milliseconds"]?.integer ?? 0)")]
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func rotate(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let webhook = try session.client.rotateWebhook(invocation.required(0))
      context.show(webhook) { keys(of: webhook, context.language) }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func deliveries(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let deliveries = try session.client.deliveries(of: invocation.operand(0))
      let language = context.language
      var table = Table([
        ("Id", .right), (Phrase.headTime(language), .left), (Phrase.headEvent(language), .left),
        (Phrase.headTillState(language), .left), (Phrase.headAttempts(language), .right),
        (Phrase.headAnswer(language), .left), (Phrase.headNext(language), .left),
      ])
      for delivery in deliveries {
        table.add([
          "\(delivery["id"]?.integer ?? 0)", delivery["made"]?.string ?? "", delivery["type"]?.string ?? "",
          state(delivery["state"]?.string ?? "")(language), "\(delivery["attempts"]?.integer ?? 0)",
          delivery["status"]?.integer.map { "\($0)" } ?? delivery["fault"]?.string ?? "",
          delivery["next"]?.string ?? "",
        ])
      }
      context.show(.array(deliveries)) {
        deliveries.isEmpty ? [Phrase.saidNoDeliveries(language)] : table.lines(emphasis: context.output.bold)
      }
      return ExitStatus.done.rawValue
    }
  }

  private static func state(_ word: String) -> Phrase {
    switch word {
    case "waiting": .deliveryWaiting
    case "delivered": .deliveryDelivered
    default: .deliveryFailed
    }
  }

  @Sendable private static func redeliver(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      _ = try session.authorized(.office)
      let id = invocation.required(0)
      try session.client.redeliver(id)
      context.show(.object(["id": .string(id)])) {
        [Phrase.saidRedelivered(context.language, Printable.line(id))]
      }
      return ExitStatus.done.rawValue
    }
  }
}
