import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Support
import Testing

@testable import CarnetEndpoint

/// Cheques at the endpoint: taken like payments within ninety days, and what is told of a note's fate.
@Suite struct ChequeRouteTests {
  private static let day: Int64 = 86_400

  /// A note of kind cheque.
  private func cheque(
    _ test: inout TestEndpoint, _ amount: Int64, by payer: Place.Person, to payee: Place.Person,
    lifetime: Int64 = 30 * day, memo: SubmittedText? = nil
  ) throws -> Submission {
    let payment = Payment(
      to: .member(payee.number), currency: test.ledger.currency, amount: amount, request: nil,
      memo: memo?.hash)
    return try test.ledger.place.submission(
      .cheque(payment), by: payer, at: test.ledger.clock.now, lifetime: lifetime, saltedText: memo)
  }

  private func post(_ note: [UInt8], to test: TestEndpoint) async throws -> (status: Int, json: JSON) {
    let response = try await test.send("POST", "/v1/notes", ["content-type": "text/plain"], body: note)
    return (response.status, try JSON(parsing: response.body))
  }

  private func standing(
    _ id: String, _ number: String?, of test: TestEndpoint
  ) async throws -> (status: Int, json: JSON) {
    let query = number.map { "?number=\($0)" } ?? ""
    let response = try await test.send("GET", "/v1/notes/\(id)\(query)")
    return (response.status, try JSON(parsing: response.body))
  }

  @Test("a cheque may be good for ninety days and no second more, and is cashed until its last one is over")
  func life() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let longest = 90 * ChequeRouteTests.day
    let tooLong = try cheque(&test, 1, by: alice, to: bob, lifetime: longest + 1)
    #expect(try await post(tooLong.note.bytes, to: test).json["code"]?.string == "too-far-ahead")
    let (long, late) = (
      try cheque(&test, 2, by: alice, to: bob, lifetime: longest),
      try cheque(&test, 3, by: alice, to: bob, lifetime: longest)
    )
    // The clock may not run thirty days ahead of the newest record.
    for _ in 0..<4 {
      test.ledger.clock.now = test.ledger.clock.now.adding(seconds: longest / 4)
      try test.ledger.submit(test.ledger.payment(of: 1, to: bob), by: alice)
    }
    #expect(try await post(long.note.bytes, to: test).status == 201)
    test.ledger.clock.now = test.ledger.clock.now.adding(milliseconds: 1)
    let refused = try await post(late.note.bytes, to: test)
    #expect(refused.status == 409 && refused.json["code"]?.string == "expired")
    #expect(try await post(long.note.bytes, to: test).status == 200)
    test.ledger.journal.close()
  }

  @Test("refused for funds nothing moved, and the same cheque passes once there is enough")
  func funds() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let note = try cheque(&test, 10_500, by: alice, to: bob)
    let refused = try await post(note.note.bytes, to: test)
    #expect(refused.status == 409 && refused.json["code"]?.string == "insufficient-funds")
    try test.ledger.submit(test.ledger.payment(of: 600, to: alice), by: bob)
    #expect(try await post(note.note.bytes, to: test).status == 201)
    test.ledger.journal.close()
  }

  @Test("of a note is told whether it is recorded or voided, to whoever knows its id and its signer")
  func told() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let note = try cheque(&test, 5, by: alice, to: bob)
    let (id, number) = (note.id.hex, alice.number.description)
    #expect(try await standing(id, number, of: test).json["state"]?.string == "unknown")
    let posted = try await post(note.note.bytes, to: test)
    let recorded = try await standing(id, number, of: test).json
    #expect(recorded["state"]?.string == "recorded" && recorded["record"] == posted.json["number"])
    #expect(recorded["time"] == posted.json["time"])
    let other = try await standing(id, bob.number.description, of: test).json
    #expect(other["state"]?.string == "unknown" && other["record"]?.isNull == true)

    let second = try cheque(&test, 6, by: alice, to: bob)
    try test.ledger.submit(.void(VoidOrder(note: second.id)), by: bob)
    #expect(try await standing(second.id.hex, number, of: test).json["state"]?.string == "unknown")
    try test.ledger.submit(.void(VoidOrder(note: second.id)), by: alice)
    #expect(try await standing(second.id.hex, number, of: test).json["state"]?.string == "voided")
    #expect(try await post(second.note.bytes, to: test).json["code"]?.string == "voided")
    test.ledger.journal.close()
  }

  @Test("an id that is none is not found, a signer that is missing or none is a bad parameter")
  func wrong() async throws {
    let test = try TestEndpoint()
    let id = String(repeating: "0", count: 64)
    #expect(try await standing("1042", "7Q4M2K9XA5", of: test).status == 404)
    #expect(try await standing(id.uppercased() + "A", "7Q4M2K9XA5", of: test).status == 404)
    #expect(try await standing(id, nil, of: test).status == 400)
    #expect(try await standing(id, "7Q4M2K9XA6", of: test).status == 400)
    #expect(try await standing(id, "7Q4M2K9XA5", of: test).json["state"]?.string == "unknown")
    test.ledger.journal.close()
  }

  @Test("the statements of both sides call it a cheque")
  func statement() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let memo = try #require(SubmittedText("pain"))
    _ = try test.ledger.journal.submit(try cheque(&test, 5, by: alice, to: bob, memo: memo))
    for person in [alice, bob] {
      let response = try await test.send("GET", "/v1/accounts/\(person.number)/statement", as: .local)
      let line = try JSON(parsing: response.body)["lines"]?[0]
      #expect(line?["kind"]?.string == "cheque" && line?["memo"]?.string == "pain")
    }
    test.ledger.journal.close()
  }
}
