import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// A place whose officer invites people.
struct TestInvitation {
  var shop: TestShop
  let officer: String

  init() async throws {
    shop = try await TestShop()
    officer = try await shop.test.token(of: shop.test.ledger.place.officer, scope: .office)
  }

  var marie: Place.Person { shop.test.ledger.place.officer }
  var now: Timestamp { shop.now }

  /// Invites, and gives id and token.
  func invite(
    _ name: String = "Zoé Durand", _ more: KeyValuePairs<String, JSON> = [:]
  ) async throws -> (id: String, token: String) {
    let members =
      [JSON.Member("name", .string(name)), JSON.Member("kind", "person")]
      + more.map { JSON.Member($0.key, $0.value) }
    let (status, json) = try await shop.call("POST", "/v1/invitations", officer, .object(members))
    #expect(status == 201, "\(json)")
    return (try #require(json["id"]?.string), try #require(json["token"]?.string))
  }

  var offer: Offer { offer(named: "Zoé Durand") }

  func offer(named name: String, kind: MemberKind = .person) -> Offer {
    Offer(
      ledger: shop.test.ledger.place.origin, officer: marie.number, officerKey: marie.key.publicKey,
      name: FreeText(name) ?? { preconditionFailure("a name") }(), kind: kind)
  }

  /// A joining note that is right, unless told otherwise.
  func note(
    _ handle: String = "zoe", key: SecretKey = .generate(), seconds: Int64 = 86_400, offer: Offer? = nil
  ) throws -> JoiningNote {
    let name = try #require(Handle(handle))
    let made = JoiningNote.make(offer ?? self.offer, handle: name, key: key, until: now.seconds + seconds)
    return try #require(made)
  }

  func join(_ token: String, _ note: JoiningNote) async throws -> (status: Int, json: JSON) {
    try await join(token, note.submission)
  }

  func join(_ token: String, _ submission: Submission) async throws -> (status: Int, json: JSON) {
    let body = try JSON(parsing: NoteRoutes.body(of: submission))
    return try await shop.call("POST", "/v1/invitations/\(token)", nil, body)
  }

  func show(_ token: String, _ query: String = "") async throws -> (status: Int, json: JSON) {
    try await shop.call("GET", "/v1/invitations/\(token)\(query)", nil)
  }

  func listed(_ id: String) async throws -> JSON {
    let list = try await shop.call("GET", "/v1/invitations", officer).json["invitations"]?.array ?? []
    return list.first { $0["id"]?.string == id } ?? .null
  }

  /// The officer signs and hands in.
  @discardableResult
  func accept(_ note: JoiningNote) throws -> Answer {
    let name = NoteText.keyName(marie.number, at: shop.test.ledger.place.origin)
    let signed = try note.submission.note.adding(signatureBy: marie.key, name: name)
    return try shop.test.ledger.journal.submit(Submission(signed, texts: [note.card]))
  }

  /// Lets time pass.
  func pass(seconds: Int64) {
    let clock = shop.test.ledger.clock
    clock.now = clock.now.adding(seconds: seconds)
  }

  func close() { shop.close() }
}
