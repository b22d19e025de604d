import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetJournal

/// Webhooks and their deliveries in the service store.
@Suite struct WebhookStoreTests {
  private let ledger: TestLedger
  private let store: ServiceStore
  private let till = TillID.random()
  private let now = TestLedger.start

  init() throws {
    ledger = try TestLedger()
    store = ServiceStore(beside: ledger.journal)
    let key = SecretKey.generate()
    try store.add(
      Till(
        id: till, member: ledger.place.officer.number, name: "comptoir", timeZone: "UTC", key: key.publicKey,
        made: now), key: key, token: Digest.sha256([1]), size: 0)
  }

  @discardableResult
  private func add(
    _ url: String, events: [TillEvent.Kind] = Webhook.kinds, till: TillID? = nil
  ) throws -> Webhook {
    let key = SecretKey.generate()
    let webhook = Webhook(
      id: .random(), url: try WebhookURL(url), events: events, till: till, isPrivate: false,
      key: key.publicKey, made: now, setter: nil)
    try store.add(webhook, key: key)
    return webhook
  }

  private func happen(_ change: TillChange, data: String = "{}") throws {
    _ = try store.keep(change, at: till, time: now, data: data, records: nil)
  }

  private func count(_ condition: String) throws -> Int64 {
    try store.read { database throws(StoreError) in
      try database.integer("SELECT count(*) FROM webhook_deliveries WHERE \(condition)")
    }
  }

  @Test("sixteen webhooks, one of an address and till; an unknown till is none")
  func adding() throws {
    for number in 1...15 { try add("https://x.example/\(number)") }
    #expect(throws: ServiceStore.WebhookRefusal.taken) { try add("https://x.example/1") }
    try add("https://x.example/1", till: till)
    #expect(throws: ServiceStore.WebhookRefusal.tooMany) { try add("https://x.example/17") }
    let first = try store.webhooks()[0].webhook.id
    #expect(try store.remove(first))
    #expect(try !store.remove(first))
    #expect(throws: ServiceStore.WebhookRefusal.unknownTill) {
      try add("https://x.example/", till: .random())
    }
    try add("https://x.example/17")
    let kept = try store.webhooks()
    #expect(kept.count == 16)
    #expect(kept.allSatisfy { $0.key.publicKey == $0.webhook.key })
    #expect(Set(kept.map(\.webhook.key)).count == 16)
  }

  @Test("an event is queued for each webhook that hears it, and for no other")
  func hearing() throws {
    let other = TillID.random()
    let key = SecretKey.generate()
    try store.add(
      Till(
        id: other, member: ledger.place.officer.number, name: "marche", timeZone: "UTC", key: key.publicKey,
        made: now), key: key, token: Digest.sha256([2]), size: 0)
    let all = try add("https://a.example/")
    let expiries = try add("https://b.example/", events: [.expired])
    let elsewhere = try add("https://c.example/", till: other)
    let here = try add("https://d.example/", till: till)
    let note = Digest.sha256([7])
    try happen(.claimed(note))
    #expect(try count("1") == 0)
    try happen(.expired(note), data: "{\"a\":1}")
    let hearers = try store.deliveries(of: nil, before: .max, limit: 10)
    #expect(Set(hearers.map(\.webhook)) == [all.id, expiries.id, here.id])
    #expect(Set(hearers.map(\.message)) == ["evt_\(till)_2"])
    let due = try #require(try store.dueDelivery(to: all.id, at: now))
    #expect(
      String(decoding: due.body, as: UTF8.self)
        == "{\"type\":\"request.expired\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"data\":{\"a\":1}}")
    #expect(try store.dueDelivery(to: elsewhere.id, at: now) == nil)
    #expect(try store.dueDelivery(to: all.id, at: now.adding(milliseconds: -1)) == nil)
    try store.finish(due.delivery, .gone, at: now)
    try happen(.expired(note))
    #expect(try store.deliveries(of: all.id, before: .max, limit: 10).map(\.state) == [.failed])
    #expect(try store.redeliver(due.delivery.id, at: now) == false)
    try store.revive(all.id)
    #expect(try store.redeliver(due.delivery.id, at: now) == true)
    #expect(try store.redeliver(999, at: now) == nil)
  }

  @Test("ten thousand deliveries of a webhook wait; one more is listed as failed, and no till waits for it")
  func waiting() throws {
    let webhook = try add("https://x.example/")
    try store.write { database throws(StoreError) in
      try database.execute(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
        INSERT INTO webhook_deliveries (webhook, message, kind, body, made, state, next)
        SELECT '\(webhook.id)', 'm' || i, 'request.paid', '{}', 0, 'waiting', 0 FROM n
        """)
    }
    try happen(.expired(Digest.sha256([7])))
    #expect(try count("state = 'waiting'") == 10_000)
    try happen(.expired(Digest.sha256([8])))
    #expect(try count("state = 'waiting'") == 10_000)
    #expect(try count("fault = 'queue-full'") == 1)
  }

  @Test("of the deliveries that are over the newest thousand are kept")
  func finished() throws {
    let webhook = try add("https://x.example/")
    try store.write { database throws(StoreError) in
      try database.execute(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
        INSERT INTO webhook_deliveries (webhook, message, kind, body, made, state)
        SELECT '\(webhook.id)', 'm' || i, 'request.paid', '{}', 0, 'delivered' FROM n
        """)
    }
    for expected in [1_000, 1_000] as [Int64] {
      try happen(.expired(Digest.sha256([7])))
      let due = try #require(try store.dueDelivery(to: webhook.id, at: now))
      try store.finish(due.delivery, .delivered(status: 204), at: now)
      #expect(try count("1") == expected)
    }
    #expect(try count("message = 'm1'") == 0)
  }

  @Test("a body of 20,480 bytes is sent; one byte more is listed as failed")
  func bodies() throws {
    let webhook = try add("https://x.example/")
    let frame = ServiceStore.webhookBody("request.expired", at: now, data: "").utf8.count
    for (size, isQueued) in [(20_480, true), (20_481, false)] {
      let data = "\"" + String(repeating: "a", count: size - frame - 2) + "\""
      try happen(.expired(Digest.sha256([7])), data: data)
      let newest = try #require(try store.deliveries(of: webhook.id, before: .max, limit: 1).first)
      #expect(newest.state == (isQueued ? .waiting : .failed))
      #expect(newest.fault == (isQueued ? nil : "body-too-large"))
    }
  }

  @Test("a new key signs at once, the one before until its moment, and is then overwritten")
  func rotation() throws {
    let webhook = try add("https://x.example/")
    let key = SecretKey.generate()
    let end = now.adding(seconds: 60)
    try store.rotate(webhook.id, to: key, previousEnds: end)
    let rotated = try store.webhooks()[0]
    #expect(rotated.webhook.key == key.publicKey)
    #expect(rotated.previousKey?.publicKey == webhook.key)
    try store.removeOldWebhookKeys(now: end.adding(milliseconds: -1))
    #expect(try store.webhooks()[0].previousKey != nil)
    try store.removeOldWebhookKeys(now: end)
    #expect(try store.webhooks()[0].previousKey == nil)
  }

  @Test("a file of the first version gets the tables for webhooks and invitations and keeps what it has")
  func migration() throws {
    let folder = try TemporaryFolder()
    let database = try Database(folder.file("service"), .create)
    try ServiceSchema.create(in: database)
    try database.execute(
      """
      DROP TABLE webhook_deliveries; DROP TABLE webhooks; DROP TABLE invitations; UPDATE progress SET records = 7;
      PRAGMA user_version = 1
      """)
    try ServiceSchema.settle(database)
    #expect(try database.integer("PRAGMA user_version") == ServiceSchema.version)
    #expect(try database.integer("SELECT count(*) FROM webhook_deliveries") == 0)
    #expect(try database.integer("SELECT count(*) FROM invitations") == 0)
    #expect(try database.integer("SELECT records FROM progress") == 7)
    let indexes =
      "SELECT count(*) FROM sqlite_schema WHERE name IN ('waiting_deliveries', 'finished_deliveries')"
    #expect(try database.integer(indexes) == 2)
  }
}
