import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// A till's events, forwarded as webhooks to a program that is being written.
enum ListenCommand {
  static let spec = CommandSpec(
    path: ["listen"], summary: .commandListen,
    options: [
      OptionSpec(name: "--forward-to", value: "URL", isRequired: true, summary: .optionForwardTo),
      OptionSpec(name: "--till", value: "NAME", summary: .optionListenTill),
      OptionSpec(name: "--events", value: "LIST", summary: .optionEvents),
      OptionSpec(name: "--token-file", value: "FILE", summary: .optionListenToken),
    ], details: .detailsListen,
    examples: [
      "listen --forward-to http://127.0.0.1:8000/ --till comptoir --as boulangerie",
      "listen --forward-to http://127.0.0.1:8000/ --token-file comptoir.token",
    ], run: listen)

  /// Seconds before it listens again: at first, and at most.
  private static let pauseSeconds: UInt32 = 1
  private static let pauseSecondsMax: UInt32 = 30

  @Sendable private static func listen(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let url = try url(invocation["--forward-to"] ?? "", language)
    let events = try WebhookCommands.events(invocation["--events"], language)
    return try Session.with(context, .write) { session in
      guard session.client.needsToken else {
        throw Failure(exit: .usage, code: "usage", message: Phrase.errorListenNeedsServer(language))
      }
      let listening =
        try invocation["--token-file"].map { try Listening(token: $0, session) }
        ?? Listening(till: invocation["--till"], session)
      let forwarder = Forwarder(url, events.map(Set.init), context)
      context.output.message(Phrase.saidListening(language, Printable.line(listening.name)))
      context.output.message(Phrase.saidWebhookKey(language, forwarder.publicKey))
      try follow(listening, forwarder, session)
    }
  }

  private static func url(_ text: String, _ language: Language) throws -> WebhookURL {
    do throws(WebhookURL.Fault) {
      let url = try WebhookURL(text)
      guard url.address.map({ $0.reach == .near }) ?? true else {
        throw WebhookURL.Fault.address
      }
      return url
    } catch {
      guard error != .address else {
        throw Failure(
          exit: .badData, code: "target-public", message: Phrase.errorListenPublic(language),
          hint: Phrase.hintListenPublic(language))
      }
      throw Failure(exit: .badData, code: error.code, message: error.phrase(language))
    }
  }

  /// Listens until a signal ends the process; goes on behind the last event after the server was away.
  private static func follow(
    _ listening: Listening, _ forwarder: Forwarder, _ session: Session
  ) throws -> Never {
    var pause = pauseSeconds
    while true {
      do throws(ClientError) {
        for event in try session.client.events(of: listening.till, after: forwarder.last) {
          forwarder.forward(event)
        }
        pause = pauseSeconds
        continue
      } catch {
        try listening.check(error)
      }
      session.context.output.message(Phrase.saidListenAgain(session.context.language, "\(pause)"))
      sleep(pause)
      pause = min(pause * 2, pauseSecondsMax)
      do throws(ClientError) { try listening.authorize(session) } catch { try listening.check(error) }
    }
  }
}

/// Who listens to which till: its token, or its merchant.
private struct Listening {
  let till: String
  let name: String
  /// Asks for another token where one has run out; `nil` for a till's own, which does not.
  private let merchant: Identity?

  init(token path: String, _ session: Session) throws {
    let text = String(decoding: try FileText.read(path, session.context.language), as: UTF8.self)
    session.client.bear(String(text.prefix { !$0.isWhitespace }))
    (till, name) = try session.client.ownTill()
    merchant = nil
  }

  /// - Parameter name: the till's; `nil` for the only one that works.
  init(till name: String?, _ session: Session) throws {
    let language = session.context.language
    let identity = try session.authorized(.account) ?? session.identity()
    let tills = try session.client.tills().filter {
      $0.number == identity.number && !$0.isEnded && $0.name == name ?? $0.name
    }
    guard let till = tills.first, tills.count == 1 else {
      guard let name else {
        throw Failure(
          exit: .usage, code: "which-till", message: Phrase.errorWhichTill(language),
          hint: Phrase.hintUnknownTill(language))
      }
      throw Failure(
        exit: .inputMissing, code: "unknown-till",
        message: Phrase.errorUnknownTill(language, Printable.line(name)),
        hint: Phrase.hintUnknownTill(language))
    }
    (self.till, self.name, merchant) = (till.id, till.name, identity)
  }

  func authorize(_ session: Session) throws(ClientError) {
    guard let merchant else { return }
    try session.client.authorize(as: merchant, scope: .account, now: session.context.now)
  }

  /// Passes on what waiting does not mend.
  func check(_ error: ClientError) throws(ClientError) {
    switch error {
    case .unreachable, .outcomeUnknown: return
    case .refused(let refused) where refused.status == 401 && refused.code == "token-invalid":
      // A merchant's token has run out: another is asked for, and refused if the key may not.
      guard merchant != nil else { throw error }
    case .refused, .badAnswer: throw error
    }
  }
}

/// Sends events on, signed with a key of its own, and says what became of each.
private final class Forwarder {
  private let url: WebhookURL
  private let events: Set<String>?
  private let context: Context
  private let key = SecretKey.generate()
  /// The id of the last event seen.
  private(set) var last: String?

  init(_ url: WebhookURL, _ events: Set<String>?, _ context: Context) {
    (self.url, self.events, self.context) = (url, events, context)
  }

  var publicKey: String { WebhookMessage.text(of: key.publicKey) }

  func forward(_ event: ServerEvent) {
    if let id = event.id { last = id }
    let isHeard =
      events.map { $0.contains(event.kind) } ?? Webhook.kinds.contains { $0.rawValue == event.kind }
    guard isHeard, let json = try? JSON(parsing: Array(event.data.utf8)),
      let sequence = event.id.flatMap({ DecimalText.unsigned($0) }),
      let till = json["till"]?.string.flatMap({ TillID($0) })
    else { return }
    let now = context.now
    let body = ServiceStore.webhookBody(event.kind, at: now, data: event.data)
    let message = WebhookMessage(
      id: ServiceStore.messageID(till.description, Int64(clamping: sequence)), body: Array(body.utf8))
    let answer = WebhookSender().send(message, to: url, within: .near, at: now.seconds, signedBy: [key])
    tell(event.kind, message.id, json["code"]?.string, answer)
  }

  private func tell(
    _ kind: String, _ message: String, _ code: String?,
    _ answer: Result<WebhookSender.Answer, WebhookSender.Fault>
  ) {
    let (status, fault): (Int?, String?) =
      switch answer {
      case .success(let answer): (answer.status, nil)
      case .failure(let fault): (nil, fault.rawValue)
      }
    guard !context.isJSON else {
      let line = JSON.object([
        "message": .string(message), "type": .string(kind), "code": .optional(code),
        "status": .optional(status.map { Int64($0) }), "fault": .optional(fault),
      ])
      return context.output.line(String(decoding: line.serialized(), as: UTF8.self))
    }
    context.output.line(
      "\(kind)  \(Printable.line(code ?? "-"))  \(status.map { "\($0)" } ?? fault ?? "-")")
  }
}
