import CarnetLedger
import CarnetNotes
import Support
import Testing

@testable import CarnetWallet

/// What a wallet takes for an invitation, and what an officer's refuses to sign.
@Suite struct InvitationLinkTests {
  private static let token = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

  @Test("a link is taken apart into address and token")
  func link() throws {
    let link = try #require(InvitationLink("https://mel.example:8443/join/\(InvitationLinkTests.token)"))
    #expect(link.address == "https://mel.example:8443")
    #expect(link.token == InvitationLinkTests.token)
    #expect(InvitationLink.text(address: link.address, token: link.token).hasSuffix("/join/" + link.token))
  }

  @Test(
    "whatever is no link is none",
    arguments: [
      "", "https://mel.example", "https://mel.example/join/", "https://mel.example/join/short",
      "https://mel.example/join/\(token)x", "https://mel.example/join/\(token)/", "ftp://a.b/join/\(token)",
      "https:///join/\(token)", "mel.example/join/\(token)", "https://mel.example/p/\(token)",
      "https://mel.example/join/\(token.dropLast())é", "https://mel.example/join/\(token)?lang=fr",
    ])
  func noLink(_ text: String) { #expect(InvitationLink(text) == nil) }

  @Test("an officer's wallet signs nothing but what was offered, whatever the server shows")
  func lies() throws {
    var place = Place()
    let officer = Identity(origin: place.origin, number: place.officer.number, key: place.officer.key)
    let offer = Offer(
      ledger: place.origin, officer: officer.number, officerKey: officer.key.publicKey,
      name: try #require(FreeText("Zoé")), kind: .person)
    let handle = try #require(Handle("zoe"))
    let note = try #require(JoiningNote.make(offer, handle: handle, key: .generate(), until: 2_000_000_000))
    func listed(_ name: String = "Zoé", _ kind: String = "person", _ note: JoiningNote) throws
      -> ListedInvitation
    {
      let kept = Joining(keyHandle: handle, note: note).json
      let text = JSON.object(["salt": kept["salt"] ?? .null, "text": kept["text"] ?? .null])
      return try ListedInvitation(
        .object([
          "id": .string("k7q4m2xw"), "state": .string("waiting"), "name": .string(name),
          "kind": .string(kind), "handle": .string("zoe"), "officer": .string(officer.number.description),
          "key": .string(officer.key.publicKey.base64), "expires": .string("2026-01-01T00:00:00.000Z"),
          "submission": .object(["note": kept["note"] ?? .null, "texts": .array([text])]),
        ]))
    }
    #expect(try listed("Zoé", "person", note).joiningNote(for: officer)?.id == note.id)
    #expect(throws: JoiningNote.Fault.differs(field: "card")) {
      try listed("Yann", "person", note).joiningNote(for: officer)
    }
    #expect(throws: JoiningNote.Fault.differs(field: "kind")) {
      try listed("Zoé", "business", note).joiningNote(for: officer)
    }
    let other = place.person()
    #expect(throws: JoiningNote.Fault.differs(field: "by")) {
      try listed("Zoé", "person", note)
        .joiningNote(for: Identity(origin: place.origin, number: other.number, key: other.key))
    }
    #expect(throws: JoiningNote.Fault.differs(field: "key")) {
      try listed("Zoé", "person", note)
        .joiningNote(for: Identity(origin: place.origin, number: officer.number, key: other.key))
    }
  }

  @Test("what was made for an invitation is kept whole, and what was altered is not read")
  func joining() throws {
    let folder = try TemporaryFolder()
    let place = Place()
    let offer = Offer(
      ledger: place.origin, officer: place.officer.number, officerKey: place.officer.key.publicKey,
      name: try #require(FreeText("Zoé")), kind: .person)
    let handle = try #require(Handle("zoe"))
    let note = try #require(JoiningNote.make(offer, handle: handle, key: .generate(), until: 2_000_000_000))
    let ledger = Wallet(home: Folder(folder.path)).ledger(place.origin)
    let token = Digest.sha256(Array("a token".utf8))
    #expect(try ledger.joining(token) == nil)
    try ledger.keep(Joining(keyHandle: handle, note: note), of: token)
    let kept = try #require(try ledger.joining(token))
    #expect(kept.note == note)
    #expect(kept.keyHandle == handle)
    var json = kept.json.members ?? []
    json[3] = JSON.Member("text", .string("{\"handle\":\"zorro\",\"name\":\"Zoé\",\"kind\":\"person\"}"))
    #expect(Joining(json: .object(json)) == nil)
    try ledger.forgetJoining(token)
    #expect(try ledger.joining(token) == nil)
  }
}
