package import CarnetLedger
import CarnetNotes

/// Events on their way to webhooks.
extension ServiceStore {
  /// An event as it is sent: type, moment, and the request as its till is told of it.
  package static func webhookBody(_ kind: String, at time: Timestamp, data: String) -> String {
    "{\"type\":\"\(kind)\",\"timestamp\":\"\(time.rfc3339)\",\"data\":\(data)}"
  }

  /// The id of a till's event as a message: the same wherever and however often it is sent.
  package static func messageID(_ till: String, _ sequence: Int64) -> String { "evt_\(till)_\(sequence)" }

  /// Queues an event for every webhook that hears it, in the transaction that keeps the event itself.
  static func queue(_ event: TillEvent, at time: Timestamp, in database: Database) throws(StoreError) {
    guard Webhook.kinds.contains(event.kind) else { return }
    let found = try database.statement(
      """
      SELECT id FROM webhooks
      WHERE gone IS NULL AND (till IS NULL OR till = ?1) AND instr(',' || events || ',', ',' || ?2 || ',') > 0
      """
    ).bind(event.till.description, event.kind.rawValue)
    var webhooks: [String] = []
    while try found.step() { webhooks.append(found.text(0)) }
    for webhook in webhooks { try queue(event, for: webhook, at: time, in: database) }
  }

  private static func queue(
    _ event: TillEvent, for webhook: String, at time: Timestamp, in database: Database
  ) throws(StoreError) {
    let body = webhookBody(event.kind.rawValue, at: time, data: event.data)
    let isTooLarge = body.utf8.count > Limits.webhookBodyBytesMax
    let waiting = try database.statement(
      "SELECT count(*) FROM webhook_deliveries WHERE webhook = ?1 AND state = 'waiting'"
    ).bind(webhook)
    guard try waiting.step() else { throw .service(.damaged) }
    // A till never waits for a target: what there is no room for is listed as failed.
    let fault: String? =
      isTooLarge ? "body-too-large" : waiting.integer(0) >= Limits.deliveriesWaitingMax ? "queue-full" : nil
    let state: WebhookDelivery.State = fault == nil ? .waiting : .failed
    try database.statement(
      """
      INSERT INTO webhook_deliveries (webhook, message, kind, body, made, state, next, fault)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """
    ).bind(
      webhook, messageID(event.till.description, event.sequence), event.kind.rawValue,
      isTooLarge ? "{}" : body, time.milliseconds, state.rawValue, fault == nil ? time.milliseconds : nil,
      fault
    ).run()
    if fault != nil { try forgetOldDeliveries(of: webhook, in: database) }
  }

  /// The delivery to a webhook that is due first, with its body; `nil` where none is.
  package func dueDelivery(
    to webhook: WebhookID, at now: Timestamp
  ) throws(StoreError) -> (delivery: WebhookDelivery, body: [UInt8])? {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT \(ServiceStore.deliveryColumns), body FROM webhook_deliveries
        WHERE webhook = ?1 AND state = 'waiting' AND next <= ?2 ORDER BY next, id LIMIT 1
        """
      ).bind(webhook.description, now.milliseconds)
      guard try statement.step() else { return nil }
      return (try ServiceStore.delivery(from: statement), Array(statement.text(11).utf8))
    }
  }

  /// Deliveries before an id, newest first; of one webhook or of all.
  package func deliveries(
    of webhook: WebhookID?, before id: Int64, limit: Int
  ) throws(StoreError) -> [WebhookDelivery] {
    try read { database throws(StoreError) in
      let statement = try database.statement(
        """
        SELECT \(ServiceStore.deliveryColumns) FROM webhook_deliveries
        WHERE id < ?1 AND (?2 IS NULL OR webhook = ?2) ORDER BY id DESC LIMIT ?3
        """
      ).bind(id, webhook?.description, Int64(limit))
      var found: [WebhookDelivery] = []
      while try statement.step() { found.append(try ServiceStore.delivery(from: statement)) }
      return found
    }
  }

  /// Keeps what became of a try. A delivery that was removed meanwhile stays so.
  package func finish(_ delivery: WebhookDelivery, _ outcome: WebhookOutcome, at now: Timestamp)
    throws(StoreError)
  {
    try write { database throws(StoreError) in
      let (state, next, status, fault): (WebhookDelivery.State, Timestamp?, Int?, String?) =
        switch outcome {
        case .delivered(let status): (.delivered, nil, status, nil)
        case .failed(let status, let fault, let again):
          (again == nil ? .failed : .waiting, again, status, fault)
        case .gone: (.failed, nil, 410, nil)
        }
      try database.statement(
        """
        UPDATE webhook_deliveries
        SET state = ?2, attempts = attempts + 1, tried = ?3, next = ?4, status = ?5, fault = ?6
        WHERE id = ?1 AND state = 'waiting'
        """
      ).bind(
        delivery.id, state.rawValue, now.milliseconds, next?.milliseconds, status.map { Int64($0) }, fault
      ).run()
      let webhook = delivery.webhook.description
      if case .gone = outcome {
        try database.statement("UPDATE webhooks SET gone = ?2 WHERE id = ?1")
          .bind(webhook, now.milliseconds).run()
        try database.statement(
          """
          UPDATE webhook_deliveries SET state = 'failed', next = NULL, fault = 'target-gone'
          WHERE webhook = ?1 AND state = 'waiting'
          """
        ).bind(webhook).run()
      }
      if state != .waiting { try ServiceStore.forgetOldDeliveries(of: webhook, in: database) }
    }
  }

  /// Queues a delivery again, from the beginning; `nil` where there is none, `false` where its target has gone.
  package func redeliver(_ id: Int64, at now: Timestamp) throws(StoreError) -> Bool? {
    try write { database throws(StoreError) -> Bool? in
      let found = try database.statement(
        """
        SELECT webhooks.gone FROM webhook_deliveries JOIN webhooks ON webhooks.id = webhook_deliveries.webhook
        WHERE webhook_deliveries.id = ?1
        """
      ).bind(id)
      guard try found.step() else { return nil }
      guard found.isNull(0) else { return false }
      try database.statement(
        """
        UPDATE webhook_deliveries
        SET state = 'waiting', attempts = 0, next = ?2, status = NULL, fault = NULL WHERE id = ?1
        """
      ).bind(id, now.milliseconds).run()
      return true
    }
  }

  /// Of the deliveries of a webhook that are over, the newest ones are kept.
  private static func forgetOldDeliveries(of webhook: String, in database: Database) throws(StoreError) {
    try database.statement(
      """
      DELETE FROM webhook_deliveries WHERE webhook = ?1 AND state <> 'waiting' AND id <= (
        SELECT id FROM webhook_deliveries WHERE webhook = ?1 AND state <> 'waiting'
        ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """
    ).bind(webhook, Limits.deliveriesKeptMax).run()
  }

  private static let deliveryColumns =
    "id, webhook, message, kind, state, attempts, made, tried, next, status, fault"

  private static func delivery(from statement: Statement) throws(StoreError) -> WebhookDelivery {
    guard let webhook = WebhookID(statement.text(1)), let kind = TillEvent.Kind(rawValue: statement.text(3)),
      let state = WebhookDelivery.State(rawValue: statement.text(4))
    else { throw .service(.damaged) }
    return WebhookDelivery(
      id: statement.integer(0), webhook: webhook, message: statement.text(2), kind: kind, state: state,
      attempts: Int(statement.integer(5)), made: Timestamp(milliseconds: statement.integer(6)),
      tried: statement.optionalInteger(7).map { Timestamp(milliseconds: $0) },
      next: statement.optionalInteger(8).map { Timestamp(milliseconds: $0) },
      status: statement.optionalInteger(9).map { Int($0) }, fault: statement.optionalText(10))
  }
}
