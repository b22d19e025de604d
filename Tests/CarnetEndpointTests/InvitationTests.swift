import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// Inviting, joining, and what becomes of an invitation.
@Suite struct InvitationTests {
  @Test(
    "an invitation goes from open over waiting to joined, and a member is there whose key nobody else had")
  func life() async throws {
    let place = try await TestInvitation()
    let (id, token) = try await place.invite("Zoé Durand", ["handle": "zoe"])
    let open = try await place.show(token, "?handle=zoe")
    #expect(open.status == 200)
    #expect(open.json["state"]?.string == "open")
    #expect(open.json["name"]?.string == "Zoé Durand")
    #expect(open.json["handle"]?.string == "zoe")
    #expect(open.json["handle_free"]?.bool == true)
    #expect(open.json["officer"]?.string == place.marie.number.description)
    #expect(open.json["key"]?.string == place.marie.key.publicKey.base64)
    #expect(
      open.json["verifier_key"]?.string == place.shop.test.ledger.place.verifierKey.description)
    let note = try place.note()
    let waiting = try await place.join(token, note)
    #expect(waiting.status == 200)
    #expect(waiting.json["state"]?.string == "waiting")
    #expect(waiting.json["note"]?.string == note.id.hex)
    #expect(try await place.listed(id)["handle"]?.string == "zoe")
    let kept = try #require(try await place.listed(id)["submission"])
    #expect(kept == (try JSON(parsing: NoteRoutes.body(of: note.submission))))
    #expect(place.shop.test.ledger.journal.read { $0.member(note.enrolment.number) } == nil)
    try place.accept(note)
    try place.shop.settle()
    #expect(try await place.show(token).json["state"]?.string == "joined")
    let member = try #require(
      place.shop.test.ledger.journal.read { $0.member(note.enrolment.number) })
    #expect(member.card?.name?.description == "Zoé Durand")
    #expect(member.keys.map(\.publicKey) == [note.enrolment.memberKey])
    place.close()
  }

  @Test("of a token only the hash is kept, and of an invitation that ended neither name, handle nor card")
  func personal() async throws {
    let place = try await TestInvitation()
    let store = place.shop.tills.store
    let (_, first) = try await place.invite("Zoé Durand")
    let note = try place.note("zoe-d")
    _ = try await place.join(first, note)
    let (second, _) = try await place.invite("Bruno Petit", ["handle": "bruno-petit"])
    let hash = try #require(InvitationToken.hash(of: first))
    #expect(try store.invitation(bearing: hash)?.name?.description == "Zoé Durand")
    try place.accept(note)
    try place.shop.settle()
    #expect(try await place.shop.call("DELETE", "/v1/invitations/\(second)", place.officer).status == 204)
    let ended = try store.invitations()
    #expect(ended.count == 2)
    for one in ended {
      #expect(one.state.isEnded)
      #expect(one.name == nil)
      #expect(one.handle == nil)
      #expect(one.submission == nil)
    }
    let path = place.shop.test.ledger.journal.files.service
    place.close()
    for rest in ["", "-wal"] {
      let bytes = [UInt8]((try? Data(contentsOf: URL(fileURLWithPath: path + rest))) ?? Data())
      for text in [first, "Durand", "Petit", "zoe-d", "bruno-petit"] {
        #expect(bytes.firstRange(of: Array(text.utf8)) == nil, "\(text) in \(rest)")
      }
    }
  }

  @Test("whoever is no officer makes, lists and withdraws nothing: nobody, a member, an auditor, a till")
  func rights() async throws {
    var place = try await TestInvitation()
    let (id, _) = try await place.invite()
    let auditor = try place.shop.test.ledger.join("audrey", roles: [.auditor])
    let till = try await place.shop.till("comptoir")
    let account = try await place.shop.test.token(of: place.marie)
    let reading = try await place.shop.test.token(of: place.marie, scope: .audit)
    let order: JSON = ["name": "X", "kind": "person"]
    let callers: [(String?, Int)] = [
      (nil, 401), (place.shop.account, 403),
      (try await place.shop.test.token(of: auditor, scope: .audit), 403),
      (till.token, 403), (account, 403), (reading, 403),
    ]
    for (token, status) in callers {
      #expect(try await place.shop.call("POST", "/v1/invitations", token, order).status == status)
      #expect(try await place.shop.call("GET", "/v1/invitations", token).status == status)
      #expect(try await place.shop.call("DELETE", "/v1/invitations/\(id)", token).status == status)
    }
    #expect(try await place.listed(id)["state"]?.string == "open")
    place.close()
  }

  @Test(
    "whatever is wrong with an invitation to be made is named; each limit holds at its value and one past it")
  func wrongOrders() async throws {
    let place = try await TestInvitation()
    let person: JSON = "person"
    let longest = String(repeating: "x", count: 256)
    let cases: [(JSON, Int, String?)] = [
      (["name": .string(longest), "kind": person], 201, nil),
      (["name": .string(longest + "x"), "kind": person], 400, "bad-value"),
      (["name": "", "kind": person], 400, "bad-value"), (["kind": person], 400, "bad-value"),
      (["name": "a\tb", "kind": person], 400, "bad-value"),
      (["name": "A", "kind": "robot"], 400, "bad-value"),
      (["name": "A", "kind": person, "handle": "A!"], 400, "bad-value"),
      (["name": "A", "kind": person, "handle": "alice"], 409, "handle-taken"),
      (["name": "A", "kind": person, "expires_in": 60], 201, nil),
      (["name": "A", "kind": person, "expires_in": 59], 400, "bad-value"),
      (["name": "A", "kind": person, "expires_in": 2_592_000], 201, nil),
      (["name": "A", "kind": person, "expires_in": 2_592_001], 400, "bad-value"),
      (["name": "A", "kind": person, "x": 1], 400, "malformed"),
      (["name": "A", "kind": person, "officer": .string(place.marie.number.description)], 403, "forbidden"),
    ]
    for (body, status, code) in cases {
      let answer = try await place.shop.call("POST", "/v1/invitations", place.officer, body)
      #expect(answer.status == status, "\(body)")
      #expect(answer.json["code"]?.string == code, "\(body)")
    }
    place.close()
  }

  @Test("as many are open as may be, and one that ends makes room")
  func countMax() async throws {
    let place = try await TestInvitation()
    let (id, _) = try await place.invite()
    let store = place.shop.tills.store
    try store.write { database throws(StoreError) in
      for number in 1..<Invitation.openMax {
        let id = "00000000" + "\(number)"
        try database.statement(
          """
          INSERT INTO invitations (id, token, officer, key, kind, name, made, expires, state)
          SELECT ?1, ?2, officer, key, kind, name, made, expires, state FROM invitations LIMIT 1
          """
        ).bind(String(id.suffix(8)), Digest.sha256(Array(id.utf8)).bytes).run()
      }
    }
    let order: JSON = ["name": "A", "kind": "person"]
    let full = try await place.shop.call("POST", "/v1/invitations", place.officer, order)
    #expect(full.status == 409)
    #expect(full.json["code"]?.string == "too-many-invitations")
    _ = try await place.shop.call("DELETE", "/v1/invitations/\(id)", place.officer)
    #expect(try await place.shop.call("POST", "/v1/invitations", place.officer, order).status == 201)
    place.close()
  }

  @Test("a link expires by the ledger's clock, one second past its time and not before")
  func expiry() async throws {
    let place = try await TestInvitation()
    let (id, token) = try await place.invite("Zoé Durand", ["expires_in": 60])
    place.pass(seconds: 60)
    #expect(try await place.show(token).json["state"]?.string == "open")
    place.pass(seconds: 1)
    let expired = try await place.show(token)
    #expect(expired.json["state"]?.string == "expired")
    #expect(expired.json["name"]?.isNull == true)
    let late = try await place.join(token, place.note())
    #expect(late.status == 409)
    #expect(late.json["code"]?.string == "invitation-expired")
    place.pass(seconds: 2)
    try place.shop.settle()
    #expect(try await place.listed(id)["state"]?.string == "expired")
    #expect(try await place.listed(id)["ended"]?.string != nil)
    place.close()
  }

  @Test("a note that nobody signs in time ends its invitation; one that is recorded after all is a member's")
  func waitingExpires() async throws {
    let place = try await TestInvitation()
    let (id, token) = try await place.invite()
    let note = try place.note(seconds: 100)
    #expect(try await place.join(token, note).status == 200)
    place.pass(seconds: 100)
    try place.shop.settle()
    #expect(try await place.listed(id)["state"]?.string == "waiting")
    place.pass(seconds: 3)
    try place.shop.settle()
    #expect(try await place.listed(id)["state"]?.string == "expired")
    let (other, second) = try await place.invite()
    let late = try place.note("late")
    #expect(try await place.join(second, late).status == 200)
    #expect(try await place.shop.call("DELETE", "/v1/invitations/\(other)", place.officer).status == 204)
    try place.accept(late)
    try place.shop.settle()
    #expect(try await place.listed(other)["state"]?.string == "joined")
    place.close()
  }
}
