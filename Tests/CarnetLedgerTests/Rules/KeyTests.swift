import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Keys that come, wait and go, and notes that are taken back.
@Suite struct KeyTests {
  static let delay: Int64 = 3 * Town.day

  private func holder(_ person: Place.Person, _ key: SecretKey) -> Place.Person {
    Place.Person(number: person.number, key: key)
  }

  private func newKey(_ town: Town) -> SecretKey { town.place.person().key }

  @Test("a member's own new key counts at once, and the old one goes on")
  func own() throws {
    let town = try Town()
    let key = newKey(town)
    try town.accept(.addKey(key.publicKey, of: town.alice), by: town.alice)
    try town.accept(.pay(1, Town.min, to: town.bob), by: holder(town.alice, key))
    try town.accept(.pay(1, Town.min, to: town.bob), by: town.alice)
    #expect(town.state.owner(of: key.publicKey) == town.alice.number)
  }

  @Test("a key that officers give for a lost one waits three days, to the millisecond")
  func lost() throws {
    let town = try Town()
    let key = newKey(town)
    try town.accept(.addKey(key.publicKey, of: town.alice), by: town.officer)
    let order = CarnetLedger.Operation.pay(1, Town.min, to: town.bob)
    town.wait(seconds: KeyTests.delay - 1)
    town.books.now = town.books.now.adding(milliseconds: 999)
    #expect(try town.refusal(order, by: holder(town.alice, key)) == .keyInactive)
    town.books.now = town.books.now.adding(milliseconds: 1)
    try town.accept(order, by: holder(town.alice, key))
  }

  @Test("the delay is the one in force when the key is given")
  func votedDelay() throws {
    let town = try Town()
    try town.set(.keyDelay, 86_460)
    let key = newKey(town)
    try town.accept(.addKey(key.publicKey, of: town.alice), by: town.officer)
    try town.set(.keyDelay, 87_000)
    town.wait(seconds: 86_460)
    try town.accept(.pay(1, Town.min, to: town.bob), by: holder(town.alice, key))
  }

  @Test("while it waits, any active key of the member voids it, and nobody else's")
  func voided() throws {
    let town = try Town()
    let key = newKey(town)
    let given = try town.accept(.addKey(key.publicKey, of: town.alice), by: town.officer)
    let order = CarnetLedger.Operation.void(VoidOrder(note: given.note.id))
    for other in [town.bob, town.officer] {
      #expect(try town.refusal(order, by: other) == .alreadyRecorded(given.number))
    }
    #expect(try town.refusal(order, by: holder(town.alice, key)) == .keyInactive)
    town.wait(seconds: KeyTests.delay - 1)
    let record = try town.accept(order, by: town.alice)
    #expect(try town.member(town.alice).key(key.publicKey)?.revokedIn == record.number)
    town.wait(seconds: 1)
    #expect(try town.refusal(.pay(1, Town.min, to: town.bob), by: holder(town.alice, key)) == .keyInactive)
    #expect(try town.refusal(order, by: town.alice) == .alreadyRecorded(given.number))
  }

  @Test("once it counts it is voided no more, only revoked")
  func tooLateToVoid() throws {
    let town = try Town()
    let key = newKey(town)
    let given = try town.accept(.addKey(key.publicKey, of: town.alice), by: town.officer)
    town.wait(seconds: KeyTests.delay)
    #expect(
      try town.refusal(.void(VoidOrder(note: given.note.id)), by: town.alice)
        == .alreadyRecorded(given.number))
    try town.accept(.revokeKey(key.publicKey, of: town.alice), by: town.alice)
    #expect(try town.refusal(.pay(1, Town.min, to: town.bob), by: holder(town.alice, key)) == .keyInactive)
  }

  @Test("the member and officers revoke at once, what is there and not revoked, under its use")
  func revoke() throws {
    let town = try Town()
    let (key, till) = (newKey(town), newKey(town))
    try town.accept(.addKey(key.publicKey, of: town.alice), by: town.alice)
    try town.accept(.addKey(till.publicKey, of: town.alice, use: .till), by: town.alice)
    #expect(try town.refusal(.revokeKey(till.publicKey, of: town.alice), by: town.alice) == .noSuchKey)
    try town.accept(.revokeKey(till.publicKey, of: town.alice, use: .till), by: town.alice)
    try town.accept(.revokeKey(key.publicKey, of: town.alice), by: town.officer)
    for gone in [key.publicKey, town.bob.key.publicKey, newKey(town).publicKey] {
      #expect(try town.refusal(.revokeKey(gone, of: town.alice), by: town.officer) == .noSuchKey)
    }
    #expect(try town.refusal(.pay(1, Town.min, to: town.bob), by: holder(town.alice, key)) == .keyInactive)
  }

  @Test("a till's key signs nothing that needs the member's")
  func till() throws {
    let town = try Town()
    let till = newKey(town)
    try town.accept(.addKey(till.publicKey, of: town.officer, use: .till), by: town.officer)
    let shop = holder(town.officer, till)
    #expect(try town.refusal(.pay(1, Town.min, to: town.bob), by: shop) == .roleMissing)
    #expect(try town.refusal(.status(.suspended, of: town.bob), by: shop) == .roleMissing)
    #expect(try town.refusal(.addKey(newKey(town).publicKey, of: town.officer), by: shop) == .roleMissing)
  }

  @Test("a key is enrolled once, is a point, and is not the ledger's")
  func refused() throws {
    let town = try Town()
    let stranger = town.place.person()
    for key in [town.bob.key, town.alice.key, town.place.ledgerKey] {
      #expect(try town.refusal(.addKey(key.publicKey, of: town.alice), by: town.alice) == .keyTaken)
    }
    for key in MembershipTests.noPoints {
      #expect(try town.refusal(.addKey(key, of: town.alice), by: town.alice) == .keyInvalid)
    }
    #expect(try town.refusal(.addKey(newKey(town).publicKey, of: town.alice), by: town.bob) == .roleMissing)
    #expect(
      try town.refusal(.addKey(newKey(town).publicKey, of: stranger), by: town.officer)
        == .unknownMember(.member(stranger.number)))
  }

  @Test("a member has at most 64 keys, revoked ones included")
  func count() throws {
    let town = try Town()
    for _ in 1..<64 {
      let key = newKey(town)
      try town.accept(.addKey(key.publicKey, of: town.alice), by: town.alice)
      try town.accept(.revokeKey(key.publicKey, of: town.alice), by: town.alice)
    }
    #expect(try town.refusal(.addKey(newKey(town).publicKey, of: town.alice), by: town.alice) == .tooManyKeys)
  }
}

/// Notes that are taken back before they are recorded.
@Suite struct VoidTests {
  @Test("what its signer voids is refused; by anyone else it is not held back")
  func voids() throws {
    let town = try Town()
    let kept = try town.submission(.pay(1, Town.min, to: town.bob), by: town.alice)
    let dropped = try town.submission(.pay(2, Town.min, to: town.bob), by: town.alice)
    try town.accept(.void(VoidOrder(note: kept.id)), by: town.bob)
    try town.accept(.void(VoidOrder(note: dropped.id)), by: town.alice)
    try town.accept(.void(VoidOrder(note: dropped.id)), by: town.alice)
    #expect(town.refusal(of: kept) == nil)
    #expect(town.refusal(of: dropped) == .voided)
    #expect(town.balance(town.bob, Town.min) == 1)
  }

  @Test("what is recorded stays")
  func recorded() throws {
    let town = try Town()
    let record = try town.accept(.pay(1, Town.min, to: town.bob), by: town.alice)
    let order = CarnetLedger.Operation.void(VoidOrder(note: record.note.id))
    #expect(try town.refusal(order, by: town.alice) == .alreadyRecorded(record.number))
    #expect(try town.refusal(order, by: town.bob) == .alreadyRecorded(record.number))
  }

  @Test("a suspended member may still take notes back")
  func suspended() throws {
    let town = try Town()
    let note = try town.submission(.pay(1, Town.min, to: town.bob), by: town.alice)
    try town.setStatus(.suspended, of: town.alice)
    try town.accept(.void(VoidOrder(note: note.id)), by: town.alice)
    try town.setStatus(.active, of: town.alice)
    #expect(town.refusal(of: note) == .voided)
  }
}
