package import CarnetLedger
package import CarnetNotes

extension ServiceStore {
  /// Why a webhook is not kept.
  package enum WebhookRefusal: Error, Hashable, Sendable {
    /// There is one of the same address for the same till.
    case taken
    /// There are as many as there may be.
    case tooMany
    case unknownTill
    case store(StoreError)
  }

  /// A webhook with what signs for it.
  package struct SigningWebhook: Sendable {
    package let webhook: Webhook
    package let key: SecretKey
    package let previousKey: SecretKey?
  }

  /// Keeps a new webhook with its secret key.
  package func add(_ webhook: Webhook, key: SecretKey) throws(WebhookRefusal) {
    let refusal: WebhookRefusal?
    do throws(StoreError) {
      refusal = try write { database throws(StoreError) -> WebhookRefusal? in
        let known = try ServiceStore.webhooks(in: database).map(\.webhook)
        guard !known.contains(where: { $0.url == webhook.url && $0.till == webhook.till }) else {
          return .taken
        }
        guard known.count < Limits.webhooksMax else { return .tooMany }
        if let till = webhook.till {
          let found = try database.statement("SELECT 1 FROM tills WHERE id = ?1 AND ended IS NULL")
            .bind(till.description)
          guard try found.step() else { return .unknownTill }
        }
        try ServiceStore.insert(webhook, key, in: database)
        return nil
      }
    } catch { throw .store(error) }
    if let refusal { throw refusal }
  }

  private static func insert(
    _ webhook: Webhook, _ key: SecretKey, in database: Database
  ) throws(StoreError) {
    let seed = unsafe key.withSeed { unsafe Array($0) }
    try database.statement(
      """
      INSERT INTO webhooks (id, url, events, till, private, seed, made, setter)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """
    ).bind(
      webhook.id.description, webhook.url.description, webhook.events.map(\.rawValue).joined(separator: ","),
      webhook.till?.description, Int64(webhook.isPrivate ? 1 : 0), seed, webhook.made.milliseconds,
      webhook.setter?.description
    ).run()
  }

  /// Every webhook, oldest first.
  package func webhooks() throws(StoreError) -> [SigningWebhook] {
    try read { database throws(StoreError) in try ServiceStore.webhooks(in: database) }
  }

  /// Removes a webhook with its key and its deliveries; `false` where there is none.
  package func remove(_ id: WebhookID) throws(StoreError) -> Bool {
    try write { database throws(StoreError) in
      try database.statement("DELETE FROM webhook_deliveries WHERE webhook = ?1").bind(id.description).run()
      let removed = try database.statement("DELETE FROM webhooks WHERE id = ?1 RETURNING 1")
        .bind(id.description)
      return try removed.step()
    }
  }

  /// Gives a webhook a new key; the one before signs too until a moment.
  package func rotate(_ id: WebhookID, to key: SecretKey, previousEnds end: Timestamp) throws(StoreError) {
    let seed = unsafe key.withSeed { unsafe Array($0) }
    try write { database throws(StoreError) in
      try database.statement(
        "UPDATE webhooks SET previous_seed = seed, previous_ends = ?3, seed = ?2 WHERE id = ?1"
      ).bind(id.description, seed, end.milliseconds).run()
    }
  }

  /// Removes keys that do not sign any more.
  package func removeOldWebhookKeys(now: Timestamp) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement(
        "UPDATE webhooks SET previous_seed = NULL, previous_ends = NULL WHERE previous_ends <= ?1"
      ).bind(now.milliseconds).run()
    }
  }

  /// A target that had gone answers again.
  package func revive(_ id: WebhookID) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement("UPDATE webhooks SET gone = NULL WHERE id = ?1").bind(id.description).run()
    }
  }

  /// Reads them all: there are few.
  static func webhooks(in database: Database) throws(StoreError) -> [SigningWebhook] {
    let statement = try database.statement(
      """
      SELECT id, url, events, till, private, seed, previous_seed, previous_ends, made, setter, gone
      FROM webhooks ORDER BY made, id
      """)
    var found: [SigningWebhook] = []
    while try statement.step() { found.append(try webhook(from: statement)) }
    return found
  }

  private static func webhook(from statement: Statement) throws(StoreError) -> SigningWebhook {
    let kinds = statement.text(2).split(separator: ",").map { TillEvent.Kind(rawValue: String($0)) }
    guard let id = WebhookID(statement.text(0)), let url = try? WebhookURL(statement.text(1)),
      kinds.allSatisfy({ $0 != nil }), let key = SecretKey(seed: statement.bytes(5))
    else { throw .service(.damaged) }
    var webhook = Webhook(
      id: id, url: url, events: kinds.compactMap(\.self),
      till: statement.optionalText(3).flatMap { TillID($0) },
      isPrivate: statement.integer(4) == 1, key: key.publicKey,
      made: Timestamp(milliseconds: statement.integer(8)),
      setter: statement.optionalText(9).flatMap { MemberNumber($0) })
    let previous = statement.isNull(6) ? nil : SecretKey(seed: statement.bytes(6))
    webhook.previousKey = previous?.publicKey
    webhook.previousKeyEnds = statement.optionalInteger(7).map { Timestamp(milliseconds: $0) }
    webhook.gone = statement.optionalInteger(10).map { Timestamp(milliseconds: $0) }
    return SigningWebhook(webhook: webhook, key: key, previousKey: previous)
  }
}
