import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Quorums, and what protects those who administer from one of them.
@Suite struct OfficerTests {
  /// A town with three officers where two must sign what concerns a status.
  private func council(quorum name: SettingName = .quorum(.status)) throws -> (
    Town, Place.Person, Place.Person
  ) {
    let town = try Town()
    let second = try town.join("second", roles: [.officer])
    let third = try town.join("third", roles: [.officer])
    try town.set(name, 2)
    return (town, second, third)
  }

  @Test("a kind asks for as many officers as were voted, and for no more than that")
  func quorum() throws {
    let (town, second, third) = try council()
    let order = CarnetLedger.Operation.status(.suspended, of: town.bob)
    #expect(try town.refusal(order, by: town.officer) == .signaturesMissing(counted: 1, needed: 2))
    #expect(try town.refusal(order, by: town.alice, with: [town.officer, second]) == .roleMissing)
    for other in [town.alice, town.teller] {
      #expect(
        try town.refusal(order, by: town.officer, with: [other]) == .signaturesMissing(counted: 1, needed: 2))
    }
    let record = try town.accept(order, by: town.officer, with: [second, third])
    #expect(record.signers.count == 3)
    try town.accept(.status(.active, of: town.bob), by: third, with: [second])
    try town.accept(.limits(0, nil, of: town.bob, in: Town.min), by: second)
  }

  @Test("a quorum counts only officers who are active, under keys that count and may sign")
  func quorumCounts() throws {
    let (town, second, third) = try council()
    let order = CarnetLedger.Operation.status(.suspended, of: town.bob)
    let missing = Refusal.signaturesMissing(counted: 1, needed: 2)
    try town.accept(.status(.suspended, of: third), by: town.officer, with: [second])
    #expect(try town.refusal(order, by: town.officer, with: [third]) == missing)
    let (till, lost) = (town.place.person().key, town.place.person().key)
    try town.accept(.addKey(till.publicKey, of: second, use: .till), by: second, with: [town.officer])
    #expect(
      try town.refusal(order, by: town.officer, with: [Place.Person(number: second.number, key: till)])
        == missing)
    try town.accept(.addKey(lost.publicKey, of: second), by: town.officer, with: [second])
    let late = Place.Person(number: second.number, key: lost)
    #expect(try town.refusal(order, by: town.officer, with: [late]) == missing)
    town.wait(seconds: 3 * Town.day)
    try town.accept(order, by: town.officer, with: [late])
  }

  @Test("officers and tellers together make the quorum of a change")
  func changeQuorum() throws {
    let town = try Town()
    try town.accept(.role([.teller], of: town.alice), by: town.officer)
    let second = try town.join("second", roles: [.officer])
    try town.set(.quorum(.change), 2)
    let order = CarnetLedger.Operation.change(5, to: town.bob, "A")
    #expect(try town.refusal(order, by: town.teller) == .signaturesMissing(counted: 1, needed: 2))
    try town.accept(order, by: town.teller, with: [town.alice])
    try town.accept(.change(5, to: town.bob, "B"), by: town.teller, with: [second])
  }

  @Test("what a quorum of reconversions asks for is beside the business")
  func reconversionQuorum() throws {
    let town = try Town()
    try town.accreditBakery()
    try town.fund(town.bakery, 100)
    let second = try town.join("second", roles: [.officer])
    try town.set(.quorum(.reconversion), 2)
    let order = CarnetLedger.Operation.reconvert(5, fee: 0)
    #expect(
      try town.refusal(order, by: town.bakery, with: [second]) == .signaturesMissing(counted: 2, needed: 2))
    try town.accept(order, by: town.bakery, with: [second, town.teller])
  }

  @Test("a vote that is to come asks for nobody yet")
  func scheduledQuorum() throws {
    let town = try Town()
    let second = try town.join("second", roles: [.officer])
    try town.accept(.set(.quorum(.limits), 2, from: town.books.now.adding(seconds: 10)), by: town.officer)
    let order = CarnetLedger.Operation.limits(0, nil, of: town.bob, in: Town.min)
    try town.accept(order, by: second)
    town.wait(seconds: 10)
    #expect(try town.refusal(order, by: second) == .signaturesMissing(counted: 1, needed: 2))
    try town.accept(order, by: second, with: [town.officer])
  }

  /// What gives or takes the officer's role, touches an officer's keys or status, or changes a quorum.
  private func guarded(_ town: Town, _ second: Place.Person) -> [(String, CarnetLedger.Operation)] {
    let fresh = town.place.person()
    return [
      ("enrols an officer", .enrol(fresh, roles: [.officer])),
      ("makes an officer", .role([.officer], of: town.alice)), ("unmakes one", .role([], of: second)),
      ("gives an officer another role", .role([.officer, .teller], of: second)),
      ("suspends one", .status(.suspended, of: second)), ("confirms one", .status(.active, of: second)),
      ("gives one a key", .addKey(fresh.key.publicKey, of: second)),
      ("gives one a till's key", .addKey(fresh.key.publicKey, of: second, use: .till)),
      ("revokes one's key", .revokeKey(second.key.publicKey, of: second)),
      ("lowers a quorum", .set(.quorum(.euro), 1, from: town.books.now)),
      ("sets another quorum", .set(.quorum(.card), 1, from: town.books.now)),
    ]
  }

  @Test("what touches officers needs the largest quorum in force, whatever its kind's own")
  func largestQuorum() throws {
    let (town, second, third) = try council(quorum: .quorum(.euro))
    let missing = Refusal.signaturesMissing(counted: 1, needed: 2)
    for (name, operation) in guarded(town, second) {
      #expect(try town.refusal(operation, by: town.officer) == missing, "\(name)")
    }
    for (name, operation) in guarded(town, second) {
      let copy = try OfficerTests.copy(of: town)
      #expect(try copy.refusal(operation, by: town.officer, with: [third]) == nil, "\(name)")
    }
  }

  /// Another town with the same books.
  private static func copy(of town: Town) throws -> Town {
    let copy = try Town()
    (copy.place, copy.books) = (town.place, town.books)
    return copy
  }

  @Test("an officer's own keys take the quorum too, their own line being one of it")
  func ownKeys() throws {
    let (town, second, third) = try council()
    let key = town.place.person().key
    let add = CarnetLedger.Operation.addKey(key.publicKey, of: second)
    #expect(try town.refusal(add, by: second) == .signaturesMissing(counted: 1, needed: 2))
    try town.accept(add, by: second, with: [third])
    try town.accept(.revokeKey(second.key.publicKey, of: second), by: second, with: [third])
    try town.accept(
      .limits(0, nil, of: town.bob, in: Town.min), by: Place.Person(number: second.number, key: key))
  }

  @Test("one officer alone neither takes over an officer's account nor their number")
  func takeover() throws {
    let (town, second, _) = try council()
    let key = town.place.person().key
    let thief = Place.Person(number: second.number, key: key)
    let add = CarnetLedger.Operation.addKey(key.publicKey, of: second)
    #expect(try town.refusal(add, by: town.officer)?.code == "signatures-missing")
    // A line under the second officer's name by a key that is not theirs counts for nothing.
    #expect(try town.refusal(add, by: town.officer, with: [thief])?.code == "signatures-missing")
    let officer = Place.Person(number: town.place.person().number, key: key)
    #expect(
      try town.refusal(.enrol(officer, roles: [.officer]), by: town.officer, with: [officer])
        == .signaturesMissing(counted: 2, needed: 2))
    #expect(
      try town.refusal(.enrol(second, key: key.publicKey), by: town.officer, with: [thief]) == .numberTaken)
  }

  @Test("a member who lost a key is not taken over at once, and may say no")
  func memberTakeover() throws {
    let town = try Town()
    let key = town.place.person().key
    let given = try town.accept(.addKey(key.publicKey, of: town.alice), by: town.officer)
    let thief = Place.Person(number: town.alice.number, key: key)
    #expect(try town.refusal(.pay(1, Town.min, to: town.officer), by: thief) == .keyInactive)
    try town.accept(.void(VoidOrder(note: given.note.id)), by: town.alice)
    town.wait(seconds: 30 * Town.day)
    #expect(try town.refusal(.pay(1, Town.min, to: town.officer), by: thief) == .keyInactive)
  }
}

extension OfficerTests {
  @Test("the last officer stays")
  func lastOfficer() throws {
    let town = try Town()
    let alone = Refusal.officersTooFew(left: 0, needed: 1)
    let key = town.officer.key.publicKey
    #expect(try town.refusal(.role([.teller], of: town.officer), by: town.officer) == alone)
    #expect(try town.refusal(.status(.suspended, of: town.officer), by: town.officer) == alone)
    #expect(try town.refusal(.status(.closed, of: town.officer), by: town.officer) == alone)
    #expect(try town.refusal(.revokeKey(key, of: town.officer), by: town.officer) == alone)
    let spare = town.place.person().key
    try town.accept(.addKey(spare.publicKey, of: town.officer), by: town.officer)
    try town.accept(.revokeKey(key, of: town.officer), by: town.officer)
    let officer = Place.Person(number: town.officer.number, key: spare)
    #expect(try town.refusal(.revokeKey(spare.publicKey, of: town.officer), by: officer) == alone)
    try town.accept(.role([.officer], of: town.alice), by: officer)
    try town.accept(.role([], of: town.officer), by: town.alice)
    #expect(try town.refusal(.limits(0, nil, of: town.bob, in: Town.min), by: officer) == .roleMissing)
  }

  @Test("a key that only a till may use keeps no officer in office")
  func tillKeepsNobody() throws {
    let town = try Town()
    let till = town.place.person().key
    try town.accept(.addKey(till.publicKey, of: town.officer, use: .till), by: town.officer)
    #expect(
      try town.refusal(.revokeKey(town.officer.key.publicKey, of: town.officer), by: town.officer)
        == .officersTooFew(left: 0, needed: 1))
  }

  @Test("an officer without a key that counts keeps no other from being needed")
  func keylessOfficer() throws {
    let town = try Town()
    let second = try town.join("second", roles: [.officer])
    try town.accept(.revokeKey(second.key.publicKey, of: second), by: town.officer)
    let alone = Refusal.officersTooFew(left: 0, needed: 1)
    #expect(try town.refusal(.role([], of: town.officer), by: town.officer) == alone)
    // One that officers gave counts only once its delay is over.
    try town.accept(.addKey(town.place.person().key.publicKey, of: second), by: town.officer)
    #expect(try town.refusal(.role([], of: town.officer), by: town.officer) == alone)
    town.wait(seconds: 3 * Town.day)
    try town.accept(.role([], of: town.officer), by: town.officer)
  }

  @Test("no quorum is voted that there are not officers for, and none is left short by who goes")
  func enoughOfficers() throws {
    let town = try Town()
    func vote(_ value: Int64, in seconds: Int64 = 0) -> CarnetLedger.Operation {
      .set(.quorum(.euro), value, from: town.books.now.adding(seconds: seconds))
    }
    #expect(try town.refusal(vote(2), by: town.officer) == .officersTooFew(left: 1, needed: 2))
    #expect(try town.refusal(vote(2, in: 99), by: town.officer) == .officersTooFew(left: 1, needed: 2))
    let second = try town.join("second", roles: [.officer])
    #expect(try town.refusal(vote(3), by: town.officer) == .officersTooFew(left: 2, needed: 3))
    try town.accept(vote(2, in: 99), by: town.officer)
    // The vote is to come: one signature is enough for now, and yet both officers must stay.
    for operation in [.role([], of: second), .status(.suspended, of: second)] as [CarnetLedger.Operation] {
      #expect(try town.refusal(operation, by: town.officer) == .officersTooFew(left: 1, needed: 2))
    }
    let third = try town.join("third", roles: [.officer])
    try town.accept(.role([], of: second), by: town.officer)
    town.wait(seconds: 99)
    #expect(
      try town.refusal(.role([], of: third), by: town.officer, with: [third])
        == .officersTooFew(left: 1, needed: 2))
    try town.accept(vote(1), by: town.officer, with: [third])
    try town.accept(.role([], of: third), by: town.officer)
  }

  @Test("the largest quorum is twelve, and twelve lines fit")
  func twelve() throws {
    let town = try Town()
    let others = try (2...12).map { try town.join("officer-\($0)", roles: [.officer]) }
    try town.set(.quorum(.euro), 12)
    #expect(
      try town.refusal(.move(1, from: .outside, to: .fees), by: town.officer, with: Array(others.dropLast()))
        == .signaturesMissing(counted: 11, needed: 12))
    let record = try town.accept(.move(1, from: .outside, to: .fees), by: town.officer, with: others)
    #expect(record.signers.count == 12 && record.signaturesAreValid)
  }

  @Test("only an officer's counted line confirms the clock")
  func confirmsClock() throws {
    let town = try Town()
    func isConfirmed(
      _ operation: CarnetLedger.Operation, _ signer: Place.Person, _ others: [Place.Person] = []
    ) throws -> Bool {
      let note = try town.submission(operation, by: signer, with: others)
      let verified = try town.state.unverified(note).verify()
      return try town.state.decide(verified, at: town.books.now, facts: Facts()).isSignedByOfficer
    }
    #expect(try isConfirmed(.limits(0, nil, of: town.bob, in: Town.min), town.officer))
    #expect(try isConfirmed(.change(1, to: town.bob, "A"), town.officer))
    #expect(try !isConfirmed(.change(1, to: town.bob, "A"), town.teller))
    #expect(try !isConfirmed(.pay(1, Town.min, to: town.bob), town.alice, [town.officer]))
    #expect(try !isConfirmed(.pay(1, Town.min, to: town.bob), town.officer))
  }
}
