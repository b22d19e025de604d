import CarnetJournal
import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint

@Suite struct OpenAPITests {
  @Test("every route is asked, and what it gives is what /openapi.json says")
  func answersMatch() async throws {
    let asked = try await askLedger().union(await askInvitations()).union(await OpenAPIShop.askAll())
    #expect(asked == Set(Routes.all.map(\.name)))
  }

  /// Asks what needs neither tills nor webhooks; the names of the routes asked.
  private func askLedger() async throws -> Set<String> {
    var test = try TestEndpoint()
    let (alice, bakery) = (
      try test.ledger.join("alice"), try test.ledger.join("boulangerie", kind: .business)
    )
    let paid = try test.ledger.submit(test.ledger.payment(of: 90, to: bakery), by: alice)
    let note = try test.ledger.place.submission(
      test.ledger.payment(of: 1, to: bakery), by: alice, at: test.ledger.clock.now
    ).note.bytes
    let access = try test.access(alice, .account, "127.0.0.1:8390")
    let cutoff = try test.close()
    let code = try #require(RequestCode(try test.ask(5, by: bakery)))
    let document = OpenAPIComparison(try JSON(parsing: try await test.send("GET", "/openapi.json").body))
    let asks = asks(test.ledger, alice, cutoff, note: note, access: access, paid.record.text.id)
    test.endpoint.publish(at: "https://mel.example")
    let requests: [Ask] = [
      ("GET", "/v1/notes/{id}", "/v1/notes/\(paid.record.text.id.hex)?number=\(alice.number)", [:], []),
      ("GET", "/v1/requests/{code}/qr.svg", "/v1/requests/\(code)/qr.svg", [:], []),
      ("GET", "/v1/requests/{code}", "/v1/requests/\(code)?wait=1", [:], []),
      ("POST", "/v1/requests/{code}/claim", "/v1/requests/\(code)/claim", [:], []),
      (
        "GET", "/v1/accounts/{account}/requests", "/v1/accounts/\(bakery.number)/requests", [:], []
      ),
    ]
    for (method, path, target, headers, body) in asks + requests {
      let principal: Principal? = method == "GET" ? .local : nil
      let response = try await test.send(method, target, headers, body: body, as: principal)
      try document.check(response, method: method, path: path)
    }
    test.ledger.journal.close()
    return Set((asks + requests).map { "\($0.method) \($0.path)" })
  }

  private typealias Ask = (
    method: String, path: String, target: String, headers: [String: String], body: [UInt8]
  )

  /// A request for each route.
  private func asks(
    _ ledger: TestLedger, _ alice: Place.Person, _ cutoff: UInt64, note: [UInt8], access: [UInt8],
    _ paid: NoteID
  ) -> [Ask] {
    let plain = ["content-type": "text/plain"]
    return [
      ("POST", "/v1/notes", "/v1/notes", plain, note), ("POST", "/v1/notes", "/v1/notes", plain, note),
      ("POST", "/v1/tokens", "/v1/tokens", plain, access),
      ("POST", "/v1/tokens", "/v1/tokens", plain, access),
      ("GET", "/v1/ledger", "/v1/ledger", [:], []), ("GET", "/v1/directory", "/v1/directory?q=boul", [:], []),
      ("GET", "/v1/directory", "/v1/directory?handle=alice", [:], []),
      ("GET", "/checkpoint", "/checkpoint", [:], []),
      ("GET", "/v1/consistency", "/v1/consistency?from=2", [:], []),
      ("GET", "/tile/{level}/{rest}", "/tile/0/000.p/3", [:], []),
      ("GET", "/v1/accounts/{account}", "/v1/accounts/\(alice.number)?at=3", [:], []),
      ("GET", "/v1/accounts/{account}/statement", "/v1/accounts/\(alice.number)/statement", [:], []),
      ("GET", "/v1/receipts/{id}", "/v1/receipts/\(paid.hex)", [:], []),
      ("GET", "/v1/closings", "/v1/closings", [:], []),
      ("GET", "/v1/closings/{cutoff}", "/v1/closings/\(cutoff)", [:], []),
      ("GET", "/v1/closings/{cutoff}/draft", "/v1/closings/\(cutoff)/draft", [:], []),
      (
        "GET", "/v1/closings/{cutoff}/proof",
        "/v1/closings/\(cutoff)/proof?account=\(alice.number)&currency=\(ledger.currency)", [:], []
      ),
      (
        "GET", "/v1/enrolments",
        "/v1/enrolments?key=\(alice.key.publicKey.base64.replacing("+", with: "%2B"))", [:], []
      ),
      ("GET", "/v1/members", "/v1/members?limit=1", [:], []),
      ("GET", "/v1/balances", "/v1/balances", [:], []),
      ("GET", "/v1/reference-secret", "/v1/reference-secret", [:], []), ("GET", "/", "/", [:], []),
      ("GET", "/p/{payee}", "/p/7Q4M2K9XA5", [:], []),
      ("GET", "/p/{payee}/qr.svg", "/p/7Q4M2K9XA5/qr.svg", [:], []), ("GET", "/me", "/me", [:], []),
      ("GET", "/till", "/till", [:], []), ("GET", "/assets/{name}", "/assets/bytes.js", [:], []),
      ("GET", "/worker.js", "/worker.js", [:], []),
      ("GET", "/style.css", "/style.css", [:], []), ("GET", "/livez", "/livez", [:], []),
      ("GET", "/readyz", "/readyz", [:], []), ("GET", "/metrics", "/metrics", [:], []),
      ("GET", "/openapi.json", "/openapi.json", [:], []), ("GET", "/v1/ledger", "/v1/ledger?y=", [:], []),
    ]
  }

  /// Asks what has to do with invitations; the names of the routes asked.
  private func askInvitations() async throws -> Set<String> {
    let place = try await TestInvitation()
    let document = OpenAPIComparison(
      try JSON(parsing: try await place.shop.test.send("GET", "/openapi.json").body))
    let (id, token) = try await place.invite()
    let officer = ["authorization": "Bearer \(place.officer)", "content-type": "application/json"]
    let typed = ["content-type": "application/json"]
    let (path, order) = ("/v1/invitations/{invitation}", Array("{\"name\":\"A\",\"kind\":\"person\"}".utf8))
    let note = NoteRoutes.body(of: try place.note().submission)
    let asks: [Ask] = [
      ("POST", "/v1/invitations", "/v1/invitations", officer, order),
      ("POST", "/v1/invitations", "/v1/invitations", officer, []),
      ("POST", "/v1/invitations", "/v1/invitations", typed, order),
      ("GET", path, "/v1/invitations/\(token)?handle=zoe", [:], []),
      ("POST", path, "/v1/invitations/\(token)", typed, note),
      ("GET", path, "/v1/invitations/\(token)", [:], []), ("GET", path, "/v1/invitations/x", [:], []),
      ("GET", "/v1/invitations", "/v1/invitations", officer, []),
      ("DELETE", path, "/v1/invitations/x", officer, []),
      ("GET", "/join/{link}", "/join/\(token)", [:], []),
    ]
    for (method, path, target, headers, body) in asks {
      let response = try await place.shop.test.send(method, target, headers, body: body)
      try document.check(response, method: method, path: path)
    }
    let removed = try await place.shop.test.send("DELETE", "/v1/invitations/\(id)", officer)
    #expect(removed.status == 204)
    try document.check(removed, method: "DELETE", path: path)
    place.close()
    return Set(asks.map { "\($0.method) \($0.path)" })
  }

  @Test("every status of a refusal is one that its routes describe")
  func statuses() {
    let route = Routes.all.first { $0.name == "POST /v1/notes" }
    let described = Set((route?.problems ?? []) + OpenAPI.commonProblems)
    let refusals: [Refusal] = [
      .tooLarge(limit: 1), .malformed(""), .unknownKey, .keyInactive, .unknownRecord, .expired, .overflow,
    ]
    #expect(refusals.allSatisfy { described.contains($0.status) })
  }
}
