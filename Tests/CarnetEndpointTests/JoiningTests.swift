import CarnetLedger
import CarnetNotes
import Dispatch
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// Handing in joining notes: what is refused, and that an invitation serves once.
@Suite struct JoiningTests {
  @Test("a note that is not what the invitation offers is refused by what differs, and the link stays open")
  func differs() async throws {
    var place = try await TestInvitation()
    let (_, token) = try await place.invite()
    let key = SecretKey.generate()
    let other = place.shop.test.ledger.place.person()
    let notes: [(Submission, Int, String)] = [
      (try place.note(offer: place.offer(named: "Zoé Martin")).submission, 409, "invitation-differs"),
      (
        try place.note(offer: place.offer(named: "Zoé Durand", kind: .business)).submission, 409,
        "invitation-differs"
      ),
      (try note(place, key, roles: [.officer]), 409, "invitation-differs"),
      (try note(place, key, roles: [.auditor]), 409, "invitation-differs"),
      (try note(place, key, officer: other), 409, "invitation-differs"),
      (try note(place, key, town: "Lille"), 409, "invitation-differs"),
      (try note(place, key, handle: nil), 409, "invitation-differs"),
      (try note(place, key, signer: other.key), 401, "bad-signature"),
      (try note(place, key, handle: "alice"), 409, "handle-taken"),
      (try note(place, place.shop.alice.key), 409, "key-taken"),
      (try note(place, key, number: place.shop.alice.number), 409, "number-taken"),
      (try note(place, key, seconds: -1), 409, "expired"),
      (try note(place, key, seconds: 7 * 86_400 + 1), 409, "too-far-ahead"),
      (try note(place, key, origin: "mel.example/lens"), 400, "wrong-ledger"),
      (
        try place.shop.test.ledger.place.submission(
          place.shop.test.ledger.payment(of: 1, to: place.shop.bakery), by: place.shop.alice, at: place.now),
        409,
        "invitation-differs"
      ),
    ]
    for (index, (submission, status, code)) in notes.enumerated() {
      let answer = try await place.join(token, submission)
      #expect(answer.status == status, "\(index) \(answer.json)")
      #expect(answer.json["code"]?.string == code, "\(index) \(answer.json)")
    }
    #expect(try await place.show(token).json["state"]?.string == "open")
    #expect(try await place.join(token, note(place, key, seconds: 7 * 86_400)).status == 200)
    place.close()
  }

  /// A joining note made by hand.
  private func note(
    _ place: TestInvitation, _ key: SecretKey, handle: String? = "zoe", roles: Set<Role> = [],
    officer: Place.Person? = nil, town: String? = nil, number: MemberNumber? = nil, signer: SecretKey? = nil,
    seconds: Int64 = 600, origin: String = "mel.example/lille"
  ) throws -> Submission {
    var random = SystemRandomSource()
    let (origin, number) = (try #require(Origin(origin)), number ?? .random(using: &random))
    let card = Card(
      handle: handle.flatMap { Handle($0) }, name: FreeText("Zoé Durand"), kind: .person,
      town: town.flatMap { FreeText($0) })
    let salted = try #require(SubmittedText(card))
    let officer = officer ?? place.marie
    let text = NoteText(
      ledger: origin, signer: officer.number,
      operation: .member(
        Enrolment(number: number, kind: .person, roles: roles, memberKey: key.publicKey, card: salted.hash)),
      nonce: .random(), until: place.now.seconds + seconds, key: officer.key.publicKey)
    let signed = try SignedNote.sign(
      text.bytes, name: NoteText.keyName(number, at: origin), with: signer ?? key)
    return try Submission(signed, texts: [salted])
  }

  @Test("a note without its card, one that is no note and a body that is no JSON are refused")
  func malformed() async throws {
    let place = try await TestInvitation()
    let (_, token) = try await place.invite()
    let note = try place.note()
    let text = String(decoding: note.submission.note.bytes, as: UTF8.self)
    let cases: [(JSON, String)] = [
      (["note": .string(text)], "text-missing"), (["note": "x"], "malformed"), ([:], "malformed"),
      (["note": .string(text), "x": 1], "malformed"),
    ]
    for (body, code) in cases {
      let answer = try await place.shop.call("POST", "/v1/invitations/\(token)", nil, body)
      #expect(answer.status == 400)
      #expect(answer.json["code"]?.string == code, "\(body)")
    }
    let plain = try await place.shop.test.send(
      "POST", "/v1/invitations/\(token)", ["content-type": "text/plain"], body: note.submission.note.bytes)
    #expect(plain.status == 415)
    place.close()
  }

  @Test("the same note again is answered the same, another is told that the link was used")
  func once() async throws {
    let place = try await TestInvitation()
    let (_, token) = try await place.invite()
    let note = try place.note()
    let first = try await place.join(token, note)
    #expect(try await place.join(token, note).json == first.json)
    let other = try await place.join(token, place.note("thief"))
    #expect(other.status == 409)
    #expect(other.json["code"]?.string == "invitation-used")
    try place.accept(note)
    try place.shop.settle()
    let again = try await place.join(token, note)
    #expect(again.status == 200)
    #expect(again.json["state"]?.string == "joined")
    #expect(try await place.join(token, place.note("thief")).json["code"]?.string == "invitation-used")
    place.close()
  }

  @Test("of many notes that come at once one is the first")
  func atOnce() async throws {
    let place = try await TestInvitation()
    let (id, token) = try await place.invite()
    let notes = try (0..<16).map { try place.note("zoe-\($0)") }
    let answers = try await withThrowingTaskGroup(of: (NoteID, Int).self) { group in
      for note in notes { group.addTask { (note.id, try await place.join(token, note).status) } }
      return try await group.reduce(into: [(NoteID, Int)]()) { $0.append($1) }
    }
    let taken = answers.filter { $0.1 == 200 }.map(\.0)
    #expect(taken.count == 1)
    #expect(answers.filter { $0.1 == 409 }.count == 15)
    #expect(try await place.show(token).json["note"]?.string == taken.first?.hex)
    #expect(try await place.listed(id)["state"]?.string == "waiting")
    place.close()
  }

  @Test("a handle that another note waits for is taken")
  func handles() async throws {
    let place = try await TestInvitation()
    let (_, first) = try await place.invite()
    let (_, second) = try await place.invite()
    #expect(try await place.join(first, place.note("zoe")).status == 200)
    #expect(try await place.show(second, "?handle=zoe").json["handle_free"]?.bool == false)
    let refused = try await place.join(second, place.note("zoe"))
    #expect(refused.status == 409)
    #expect(refused.json["code"]?.string == "handle-taken")
    #expect(try await place.join(second, place.note("zoe-2")).status == 200)
    place.close()
  }

  @Test("unknown tokens count as guesses: after five, even a right one is refused for a while")
  func guesses() async throws {
    let place = try await TestInvitation()
    let (id, token) = try await place.invite()
    let wrong = String(repeating: "A", count: 43)
    for guess in [wrong, "x", id, String(token.dropLast()), wrong] {
      let answer = try await place.show(guess)
      #expect(answer.status == 404)
      #expect(answer.json["code"]?.string == "unknown-invitation")
    }
    for answer in [try await place.show(token), try await place.join(token, place.note())] {
      #expect(answer.status == 429)
      #expect(answer.json["code"]?.string == "too-many")
    }
    place.close()
  }

  @Test("whoever asks for many handles that are taken is looking for people, and is sent away")
  func searching() async throws {
    let place = try await TestInvitation()
    let (_, token) = try await place.invite()
    for _ in 0..<5 {
      #expect(try await place.show(token, "?handle=alice").json["handle_free"]?.bool == false)
    }
    #expect(try await place.show(token, "?handle=alice").status == 429)
    place.close()
  }

  @Test("who waits is answered when the note comes, when it is recorded, and when the server stops")
  func waiting() async throws {
    let place = try await TestInvitation()
    let (_, token) = try await place.invite()
    let note = try place.note()
    async let came = place.show(token, "?wait=30&state=open")
    try await until { place.shop.test.endpoint.invitations.count == 1 }
    _ = try await place.join(token, note)
    #expect(try await came.json["state"]?.string == "waiting")
    #expect(try await place.show(token, "?wait=30&state=open").json["state"]?.string == "waiting")
    async let joined = place.show(token, "?wait=30&state=waiting")
    try await until { place.shop.test.endpoint.invitations.count == 1 }
    try place.accept(note)
    try place.shop.settle()
    #expect(try await joined.json["state"]?.string == "joined")
    let (_, second) = try await place.invite()
    async let released = place.show(second, "?wait=30")
    try await until { place.shop.test.endpoint.invitations.count == 1 }
    place.shop.test.endpoint.release()
    #expect(try await released.json["state"]?.string == "open")
    place.close()
  }

  private func until(_ condition: () -> Bool) async throws {
    for _ in 0..<1_000 where !condition() { try await Task.sleep(for: .milliseconds(5)) }
    #expect(condition())
  }

  @Test("a server that ended between the record and its look at it is right when it starts again")
  func restart() async throws {
    let place = try await TestInvitation()
    let (_, token) = try await place.invite()
    let note = try place.note()
    _ = try await place.join(token, note)
    try place.accept(note)
    // The first endpoint never followed the journal: it was not started.
    let second = Endpoint(journal: place.shop.test.ledger.journal)
    place.shop.tills.store.close()
    try second.start()
    try second.tills.store.queue.sync { try second.tills.catchUp() }
    let hash = try #require(InvitationToken.hash(of: token))
    #expect(try second.tills.store.invitation(bearing: hash)?.state == .joined)
    second.stop()
    let third = Endpoint(journal: place.shop.test.ledger.journal)
    #expect(try third.tills.store.invitation(bearing: hash)?.state == .joined)
    place.close()
  }
}
