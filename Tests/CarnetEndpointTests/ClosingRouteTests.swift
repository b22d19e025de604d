import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Support
import Testing

extension TestEndpoint {
  /// Makes a cutoff and its closing; gives the cutoff's number.
  mutating func close(as period: String = "2026-01") throws -> UInt64 {
    let officer = ledger.place.officer
    let period = try #require(ClosingPeriod(period))
    let cutoff = try ledger.submit(.cutoff(CutoffOrder(period: period)), by: officer).record.number
    let tree = try #require(try ledger.journal.closingTree(of: cutoff))
    let state = try #require(ledger.journal.cutoffs.last).state
    try ledger.submit(
      .closing(Closing(cutoff: cutoff, totals: tree.totals, state: state, attested: nil, reason: nil)),
      by: officer)
    return cutoff
  }
}

@Suite struct ClosingRouteTests {
  @Test("a member gets the proof of their own balance and of no other; drafts are for officers and auditors")
  func rights() async throws {
    var test = try TestEndpoint()
    let (alice, bob) = (try test.ledger.join("alice"), try test.ledger.join("bob"))
    let auditor = try test.ledger.join("auditor", roles: [.auditor])
    try test.ledger.submit(test.ledger.payment(of: 90, to: bob), by: alice)
    let cutoff = try test.close()
    let own = "/v1/closings/\(cutoff)/proof?account=\(alice.number)&currency=\(test.ledger.currency)"
    let other = "/v1/closings/\(cutoff)/proof?account=\(bob.number)&currency=\(test.ledger.currency)"
    let draft = "/v1/closings/\(cutoff)/draft"
    let bearer = { (token: String) in ["authorization": "Bearer \(token)"] }
    let token = bearer(try await test.token(of: alice))
    let audit = bearer(try await test.token(of: auditor, scope: .audit))
    for (target, headers, status) in [
      (own, [:], 401), (own, token, 200), (other, token, 403), (other, audit, 200), (draft, [:], 401),
      (draft, token, 403), (draft, audit, 200), ("/v1/closings", [:], 200),
      ("/v1/closings/\(cutoff)", [:], 200), ("/v1/closings/\(cutoff + 1)", [:], 404),
      ("/v1/closings/x/draft", audit, 404), ("/v1/closings/\(cutoff)/proof", audit, 400),
      ("/v1/closings/\(cutoff)/proof?account=commons&currency=\(test.ledger.currency)", audit, 404),
      ("/v1/closings/\(cutoff)/proof?account=commons&currency=\(test.ledger.currency)", token, 403),
    ] as [(String, [String: String], Int)] {
      let response = try await test.send("GET", target, headers)
      #expect(response.status == status, "\(target)")
    }
    let proof = try ClosingProof(parsing: try await test.send("GET", own, token).body)
    let key = test.ledger.place.verifierKey
    #expect(try proof.verify(ledger: key).total.total == 90 && proof.balance == -90)
    test.ledger.journal.close()
  }
}
