import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Who belongs to the ledger, and what they may do: enrolment, roles, accreditation, status, limits, cards.
@Suite struct MembershipTests {
  @Test("members of every kind join, with and without roles and card")
  func joins() throws {
    let town = try Town()
    for kind in MemberKind.allCases {
      let person = town.place.person()
      let card = town.card("the-\(kind)")
      let record = try town.accept(
        .enrol(person, kind: kind, roles: [.auditor], card: card), by: town.officer)
      let member = try town.member(person)
      #expect(member.kind == kind && member.roles == [.auditor] && member.status == .active)
      #expect(member.enrolledIn == record.number && !member.isAccredited)
      #expect(member.officialCard == CardReference(record: record.number, hash: card))
      #expect(town.state.owner(of: person.key.publicKey) == person.number)
      let handle = try #require(Handle("the-\(kind)"))
      #expect(town.state.member(handle)?.number == person.number)
    }
    let bare = town.place.person()
    try town.accept(.enrol(bare), by: town.officer)
    #expect(try town.member(bare).card == nil && town.member(bare).officialCard == nil)
  }

  @Test("a new member's own line counts in the record that enrols them")
  func selfSigned() throws {
    let town = try Town()
    let person = town.place.person()
    let record = try town.accept(.enrol(person), by: town.officer, with: [person])
    #expect(record.signers.map(\.member) == [town.officer.number, person.number])
    #expect(record.signaturesAreValid)
    #expect(try Record(parsing: record.bytes) == record)
  }

  @Test("numbers, keys and handles are given once; keys are points")
  func taken() throws {
    let town = try Town()
    let person = town.place.person()
    #expect(try town.refusal(.enrol(town.alice, key: person.key.publicKey), by: town.officer) == .numberTaken)
    for key in [town.alice.key, town.officer.key, town.place.ledgerKey] {
      #expect(try town.refusal(.enrol(person, key: key.publicKey), by: town.officer) == .keyTaken)
    }
    #expect(try town.refusal(.enrol(person, card: town.card("alice")), by: town.officer) == .handleTaken)
    try town.accept(.revokeKey(town.bob.key.publicKey, of: town.bob), by: town.officer)
    #expect(try town.refusal(.enrol(person, key: town.bob.key.publicKey), by: town.officer) == .keyTaken)
    for key in MembershipTests.noPoints {
      #expect(try town.refusal(.enrol(person, key: key), by: town.officer) == .keyInvalid)
    }
    #expect(try town.refusal(.enrol(person), by: town.alice) == .roleMissing)
    #expect(try town.refusal(.enrol(person), by: town.teller) == .roleMissing)
    try town.accept(.enrol(person, card: town.card("alice-2")), by: town.officer)
  }

  /// Of small order, beyond the field's prime, and off the curve.
  static let noPoints = [
    [UInt8](repeating: 0, count: 32), [1] + [UInt8](repeating: 0, count: 31),
    [UInt8](repeating: 0xFF, count: 32),
    [2] + [UInt8](repeating: 0, count: 31),
  ].compactMap { PublicKey($0) }

  @Test("roles are given and taken as a whole")
  func roles() throws {
    let town = try Town()
    try town.accept(.role([.teller, .auditor], of: town.alice), by: town.officer)
    #expect(try town.member(town.alice).roles == [.teller, .auditor])
    try town.accept(.change(5, to: town.bob, "A"), by: town.alice)
    try town.accept(.role([], of: town.alice), by: town.officer)
    #expect(try town.refusal(.change(5, to: town.bob, "B"), by: town.alice) == .roleMissing)
    #expect(try town.refusal(.role([.officer], of: town.alice), by: town.alice) == .roleMissing)
    let stranger = town.place.person()
    #expect(
      try town.refusal(.role([.teller], of: stranger), by: town.officer)
        == .unknownMember(.member(stranger.number)))
  }

  @Test("only a business is accredited; accreditation can be taken back from anyone")
  func accreditation() throws {
    let town = try Town()
    func accredit(_ person: Place.Person, _ value: Bool) -> CarnetLedger.Operation {
      .accreditation(AccreditationChange(number: person.number, value: value, reason: nil))
    }
    let stranger = town.place.person()
    #expect(try town.refusal(accredit(town.alice, true), by: town.officer) == .notAccredited)
    #expect(
      try town.refusal(accredit(stranger, true), by: town.officer) == .unknownMember(.member(stranger.number))
    )
    #expect(try town.refusal(accredit(town.bakery, true), by: town.bakery) == .roleMissing)
    try town.accept(accredit(town.bakery, true), by: town.officer)
    #expect(try town.member(town.bakery).isAccredited)
    try town.accept(accredit(town.bakery, false), by: town.officer)
    #expect(try !town.member(town.bakery).isAccredited)
    try town.accept(accredit(town.alice, false), by: town.officer)
  }

  @Test("a member is suspended since the first suspension, and closed only with nothing left")
  func status() throws {
    let town = try Town()
    let stranger = town.place.person()
    #expect(
      try town.refusal(.status(.closed, of: stranger), by: town.officer)
        == .unknownMember(.member(stranger.number)))
    #expect(try town.refusal(.status(.suspended, of: town.alice), by: town.bob) == .roleMissing)
    try town.setStatus(.suspended, of: town.alice)
    let since = town.books.now
    town.wait(seconds: 5)
    try town.setStatus(.suspended, of: town.alice)
    #expect(try town.member(town.alice).suspendedSince == since)
    try town.setStatus(.active, of: town.alice)
    #expect(try town.member(town.alice).suspendedSince == nil)
    let paid = try town.accept(.pay(1, Town.min, to: town.bob), by: town.alice).number
    for person in [town.alice, town.bob] {
      #expect(try town.refusal(.status(.closed, of: person), by: town.officer) == .balanceNotZero)
    }
    try town.accept(.reverse(paid, 1), by: town.bob)
    try town.setStatus(.closed, of: town.alice)
  }

  @Test("while suspended a member's roles rest")
  func rolesRest() throws {
    let town = try Town()
    try town.setStatus(.suspended, of: town.teller)
    #expect(try town.refusal(.change(5, to: town.bob, "A"), by: town.teller) == .roleMissing)
    try town.setStatus(.active, of: town.teller)
    try town.accept(.change(5, to: town.bob, "A"), by: town.teller)
  }
}

extension MembershipTests {
  @Test("limits of one's own come before those of all, each for itself")
  func limits() throws {
    let town = try Town()
    let account = AccountID(town.alice.number, Town.min)
    func limits() -> BalanceLimits { town.state.limits(of: account, at: town.books.now) }
    try town.accept(.limits(-50, nil, of: town.alice, in: Town.min), by: town.officer)
    #expect(limits() == BalanceLimits(floor: -50, ceiling: 2_000))
    try town.accept(.limits(nil, 0, of: town.alice, in: Town.min), by: town.officer)
    #expect(limits() == BalanceLimits(floor: -1_000, ceiling: 0))
    try town.accept(.limits(nil, nil, of: town.alice, in: Town.min), by: town.officer)
    #expect(limits() == BalanceLimits(floor: -1_000, ceiling: 2_000))
    #expect(try town.member(town.alice).limits.isEmpty)
  }

  @Test("a floor lies at or below the ceiling, in a backed currency at or above zero")
  func limitsRefused() throws {
    let town = try Town()
    func refusal(_ floor: Int64?, _ ceiling: Int64?, _ code: CurrencyCode) throws -> Refusal? {
      try town.refusal(.limits(floor, ceiling, of: town.alice, in: code), by: town.officer)
    }
    #expect(try refusal(5, 4, Town.min) == .limitsInvalid)
    #expect(try refusal(5, 5, Town.min) == nil)
    #expect(try refusal(2_001, nil, Town.min) == .limitsInvalid)
    #expect(try refusal(2_000, nil, Town.min) == nil)
    #expect(try refusal(nil, -1_001, Town.min) == .limitsInvalid)
    #expect(try refusal(nil, -1_000, Town.min) == nil)
    #expect(try refusal(-1, nil, Town.mel) == .limitsInvalid)
    #expect(try refusal(nil, -1, Town.mel) == .limitsInvalid)
    #expect(try refusal(0, 0, Town.mel) == nil)
    #expect(try refusal(0, nil, Town.code("XYZ")) == .currencyMismatch(Town.code("XYZ")))
    #expect(try refusal(0, nil, .euro) == .currencyMismatch(.euro))
    let stranger = town.place.person()
    #expect(
      try town.refusal(.limits(0, nil, of: stranger, in: Town.min), by: town.officer)
        == .unknownMember(.member(stranger.number)))
    #expect(try town.refusal(.limits(0, nil, of: town.alice, in: Town.min), by: town.alice) == .roleMissing)
  }

  private func card(_ person: Place.Person, _ hash: Digest) -> CarnetLedger.Operation {
    .card(CardChange(number: person.number, card: hash))
  }

  @Test("of a card that the member signs alone, handle, name and kind do not count")
  func ownCard() throws {
    let town = try Town()
    let official = try town.member(town.alice).officialCard
    try town.accept(card(town.alice, town.card("queen", town: "Lille")), by: town.alice)
    let member = try town.member(town.alice)
    #expect(member.card?.handle == Handle("alice") && member.card?.town == FreeText("Lille"))
    #expect(member.officialCard == official)
    #expect(town.state.member(try #require(Handle("queen"))) == nil)
    // Even a taken handle does no harm where it does not count.
    try town.accept(card(town.alice, town.card("bob", town: "Arras")), by: town.alice)
    #expect(town.state.member(try #require(Handle("bob")))?.number == town.bob.number)
  }

  @Test("with an officer's line the whole card counts, whoever signs first")
  func officialCard() throws {
    let town = try Town()
    let record = try town.accept(
      card(town.alice, town.card("alix")), by: town.alice, with: [town.officer])
    #expect(record.signers.map(\.member) == [town.alice.number, town.officer.number])
    #expect(try town.member(town.alice).officialCard?.record == record.number)
    #expect(town.state.member(try #require(Handle("alix")))?.number == town.alice.number)
    #expect(town.state.member(try #require(Handle("alice"))) == nil)
    try town.accept(card(town.bob, town.card("alice")), by: town.officer)
    #expect(town.state.member(try #require(Handle("alice")))?.number == town.bob.number)
    #expect(try town.refusal(card(town.alice, town.card("alice")), by: town.officer) == .handleTaken)
    try town.accept(card(town.bob, town.card("alice", town: "Lens")), by: town.officer)
    try town.accept(card(town.bob, town.card(nil)), by: town.officer)
    #expect(town.state.member(try #require(Handle("alice"))) == nil)
  }

  @Test("a card of another member takes officers, and a member")
  func cardRefused() throws {
    let town = try Town()
    let stranger = town.place.person()
    #expect(try town.refusal(card(town.alice, town.card("x1")), by: town.bob) == .roleMissing)
    #expect(
      try town.refusal(card(stranger, town.card("x1")), by: town.officer)
        == .unknownMember(.member(stranger.number)))
    var submission = try town.submission(card(town.alice, town.card("x1")), by: town.officer)
    submission = try Submission(parsing: submission.note.bytes, texts: [try #require(submission.saltedText)])
    #expect(town.refusal(of: submission) == nil)
  }

  @Test("where a quorum is asked for cards, fewer officers' lines leave a card the member's own affair")
  func cardQuorum() throws {
    let town = try Town()
    let second = try town.join("second", roles: [.officer])
    try town.set(.quorum(.card), 2)
    try town.accept(card(town.alice, town.card("alix", town: "Lens")), by: town.alice, with: [second])
    #expect(try town.member(town.alice).card?.handle == Handle("alice"))
    #expect(
      try town.refusal(card(town.alice, town.card("alix")), by: second)
        == .signaturesMissing(counted: 1, needed: 2))
    try town.accept(
      card(town.alice, town.card("alix")), by: town.alice, with: [second, town.officer])
    #expect(try town.member(town.alice).card?.handle == Handle("alix"))
  }
}
