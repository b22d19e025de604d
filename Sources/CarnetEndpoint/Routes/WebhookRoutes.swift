package import CarnetJournal
package import CarnetLedger
import CarnetNotes
import Dispatch

/// Webhooks: an officer sets where events are sent, tries them, and looks at what became of deliveries.
enum WebhookRoutes {
  static let all = [
    Route(
      method: "POST", path: "/v1/webhooks", summary: "Have events sent to an address", security: .bearer,
      accepts: [("application/json", "WebhookOrder")], answers: [(201, "application/json", "Webhook")],
      problems: [400, 401, 403, 404, 409, 413, 415], handler: .deferred(make)),
    Route(
      method: "GET", path: "/v1/webhooks", summary: "Where events are sent", security: .bearer,
      answers: [(200, "application/json", "Webhooks")], problems: [401, 403], handler: .deferred(list)),
    Route(
      method: "DELETE", path: "/v1/webhooks/{webhook}",
      summary: "Send no more events to an address; what waits is dropped", security: .bearer,
      answers: [(204, "", "")], problems: [401, 403, 404], handler: .deferred(remove)),
    Route(
      method: "POST", path: "/v1/webhooks/{webhook}/test",
      summary: "Send an event without meaning now and tell the answer", security: .bearer,
      answers: [(200, "application/json", "WebhookTest")], problems: [401, 403, 404, 429],
      handler: .deferred(test)),
    Route(
      method: "POST", path: "/v1/webhooks/{webhook}/rotate",
      summary: "Make a new key; the one before signs too for a day", security: .bearer,
      answers: [(200, "application/json", "Webhook")], problems: [401, 403, 404], handler: .deferred(rotate)),
    Route(
      method: "GET", path: "/v1/webhooks/{webhook}/deliveries",
      summary: "What became of events, newest first; `all` for every address", query: ["limit", "cursor"],
      security: .bearer, answers: [(200, "application/json", "Deliveries")], problems: [401, 403, 404],
      handler: .deferred(deliveries)),
    Route(
      method: "POST", path: "/v1/webhooks/{webhook}/deliveries/{delivery}",
      summary: "Send an event again, from the first try on; `all` for every address", security: .bearer,
      answers: [(202, "", "")], problems: [401, 403, 404, 409], handler: .deferred(redeliver)),
  ]

  /// The webhook in the path. On the queue.
  private static func found(
    _ endpoint: Endpoint, _ call: Call
  ) throws(Problem) -> ServiceStore.SigningWebhook {
    let all = try endpoint.query { () throws(StoreError) in try endpoint.tills.webhooks.all() }
    guard let found = all.first(where: { $0.webhook.id.description == call.path("webhook") }) else {
      throw .notFound
    }
    return found
  }

  @Sendable private static func make(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    let (webhook, key) = try order(endpoint, call)
    endpoint.tills.answer(completion) { () throws(Problem) in
      do throws(ServiceStore.WebhookRefusal) { try endpoint.tills.store.add(webhook, key: key) } catch {
        switch error {
        case .taken: throw Problem(409, "webhook-exists", .problemWebhookExists)
        case .tooMany: throw Problem(409, "too-many-webhooks", .problemTooManyWebhooks, "\(Webhook.countMax)")
        case .unknownTill: throw .notFound
        case .store(let error): throw Problem(error)
        }
      }
      endpoint.tills.webhooks.changed()
      var response = Response(status: 201, json: WebhookViews.webhook(webhook))
      response.headers.append((name: "Location", value: "/v1/webhooks/\(webhook.id)"))
      return response
    }
  }

  /// Reads what is asked for, and makes its key.
  private static func order(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> (Webhook, SecretKey) {
    let json = try JSONBody.object(call.request, members: ["url", "events", "till", "private"])
    guard let text = json["url"]?.string else { throw .badValue("url") }
    let url: WebhookURL
    do throws(WebhookURL.Fault) { url = try WebhookURL(text) } catch {
      throw Problem(400, error.code, error.phrase)
    }
    let isPrivate = try json.optional("private") { $0.bool } ?? false
    let near = url.address.map { $0.reach == .near } ?? false
    guard isPrivate || !near else { throw Problem(409, "target-private", .problemTargetPrivate) }
    guard isPrivate || url.isSecure else { throw Problem(409, "target-insecure", .problemTargetInsecure) }
    guard !isPrivate || endpoint.tills.webhooks.options.allowsNear else {
      throw Problem(409, "private-webhooks-off", .problemPrivateWebhooksOff)
    }
    let events =
      try json.optional("events") { $0.array?.compactMap { WebhookViews.kind($0) } } ?? Webhook.kinds
    guard !events.isEmpty, events.count == json["events"]?.array?.count ?? events.count,
      Set(events).count == events.count
    else { throw .badValue("events") }
    let till = try json.optional("till") { $0.string.flatMap { TillID($0) } }
    var setter: MemberNumber?
    if case .bearer(let grant) = call.principal { setter = grant.member }
    let key = SecretKey.generate()
    let webhook = Webhook(
      id: .random(), url: url, events: events, till: till, isPrivate: isPrivate, key: key.publicKey,
      made: endpoint.journal.clock.now, setter: setter)
    return (webhook, key)
  }

  @Sendable private static func list(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.answer(completion) { () throws(Problem) in
      let all = try endpoint.query { () throws(StoreError) in try endpoint.tills.webhooks.all() }
      return Response(json: .object(["webhooks": .array(all.map { WebhookViews.webhook($0.webhook) })]))
    }
  }

  @Sendable private static func remove(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.answer(completion) { () throws(Problem) in
      let id = try found(endpoint, call).webhook.id
      _ = try endpoint.query { () throws(StoreError) in try endpoint.tills.store.remove(id) }
      endpoint.tills.webhooks.changed()
      return Response(status: 204)
    }
  }

  @Sendable private static func test(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.work(completion) { () throws(Problem) in
      let target = try found(endpoint, call)
      let began = OutgoingConnection.now
      let isOn = endpoint.tills.webhooks.test(target) { answer in
        let json = WebhookViews.answer(answer, milliseconds: OutgoingConnection.now - began)
        completion { () in Response(json: json) }
      }
      guard isOn else { throw .tooManyWait }
    }
  }

  @Sendable private static func rotate(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.answer(completion) { () throws(Problem) in
      let id = try found(endpoint, call).webhook.id
      let end = endpoint.journal.clock.now.adding(milliseconds: Limits.webhookKeyOverlapMilliseconds)
      try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.rotate(id, to: .generate(), previousEnds: end)
      }
      endpoint.tills.webhooks.changed()
      return Response(json: WebhookViews.webhook(try found(endpoint, call).webhook))
    }
  }

  @Sendable private static func deliveries(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    let limit = try call.limit(Limits.pageRowsMax)
    let before = try call.query("cursor") { DecimalText.unsigned($0).flatMap { Int64(exactly: $0) } }
    endpoint.tills.answer(completion) { () throws(Problem) in
      let id = call.path("webhook") == "all" ? nil : try found(endpoint, call).webhook.id
      let page = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.deliveries(of: id, before: before ?? .max, limit: limit + 1)
      }
      let next = page.count > limit ? "\(page[limit - 1].id)" : nil
      return Response(
        json: .object([
          "deliveries": .array(page.prefix(limit).map(WebhookViews.delivery)), "next": .optional(next),
        ]))
    }
  }

  @Sendable private static func redeliver(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    guard let id = DecimalText.unsigned(call.path("delivery")).flatMap({ Int64(exactly: $0) }) else {
      throw .notFound
    }
    endpoint.tills.answer(completion) { () throws(Problem) in
      if call.path("webhook") != "all" {
        let webhook = try found(endpoint, call).webhook.id
        let named = try endpoint.query { () throws(StoreError) in
          try endpoint.tills.store.deliveries(of: webhook, before: id < .max ? id + 1 : id, limit: 1).first
        }
        guard named?.id == id else { throw .notFound }
      }
      let isQueued = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.redeliver(id, at: endpoint.journal.clock.now)
      }
      guard let isQueued else { throw .notFound }
      guard isQueued else { throw Problem(409, "webhook-gone", .problemWebhookGone) }
      endpoint.tills.webhooks.pump()
      return Response(status: 202)
    }
  }
}

/// The JSON of webhooks and their deliveries.
enum WebhookViews {
  static func kind(_ json: JSON) -> TillEvent.Kind? {
    json.string.flatMap { TillEvent.Kind(rawValue: $0) }.flatMap { Webhook.kinds.contains($0) ? $0 : nil }
  }

  static func webhook(_ webhook: Webhook) -> JSON {
    .object([
      "id": .string(webhook.id.description), "url": .string(webhook.url.description),
      "events": .array(webhook.events.map { .string($0.rawValue) }),
      "till": .optional(webhook.till?.description), "private": .bool(webhook.isPrivate),
      "key": .string(WebhookMessage.text(of: webhook.key)),
      "previous_key": .optional(webhook.previousKey.map { WebhookMessage.text(of: $0) }),
      "previous_key_ends": .optional(webhook.previousKeyEnds?.rfc3339),
      "made": .string(webhook.made.rfc3339), "setter": .optional(webhook.setter?.description),
      "gone": .optional(webhook.gone?.rfc3339),
    ])
  }

  static func delivery(_ delivery: WebhookDelivery) -> JSON {
    .object([
      "id": .integer(delivery.id), "webhook": .string(delivery.webhook.description),
      "message": .string(delivery.message), "type": .string(delivery.kind.rawValue),
      "state": .string(delivery.state.rawValue), "attempts": .integer(Int64(delivery.attempts)),
      "made": .string(delivery.made.rfc3339), "tried": .optional(delivery.tried?.rfc3339),
      "next": .optional(delivery.next?.rfc3339), "status": .optional(delivery.status.map { Int64($0) }),
      "fault": .optional(delivery.fault),
    ])
  }

  static func answer(
    _ answer: Result<WebhookSender.Answer, WebhookSender.Fault>, milliseconds: Int64
  ) -> JSON {
    let (status, fault): (Int64?, String?) =
      switch answer {
      case .success(let answer): (Int64(answer.status), nil)
      case .failure(let fault): (nil, fault.rawValue)
      }
    return .object([
      "delivered": .bool(status.map { (200..<300).contains($0) } ?? false), "status": .optional(status),
      "fault": .optional(fault), "milliseconds": .integer(milliseconds),
    ])
  }
}

extension WebhookURL.Fault {
  /// What is said of it.
  package var phrase: Phrase {
    switch self {
    case .malformed: .problemURLMalformed
    case .tooLong: .problemURLTooLong
    case .scheme: .problemURLScheme
    case .userinfo: .problemURLUserinfo
    case .fragment: .problemURLFragment
    case .port: .problemURLPort
    case .address: .problemURLAddress
    }
  }
}
