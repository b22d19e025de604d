import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Whose lines are asked for, checked and kept.
@Suite struct SignatureTests {
  private func line(_ text: NoteText, as person: Place.Person, with key: SecretKey? = nil) -> SignatureLine {
    SignedNote.line(
      for: text.bytes, name: NoteText.keyName(person.number, at: Samples.origin), with: key ?? person.key)
  }

  private func submission(_ text: NoteText, _ lines: [SignatureLine]) throws -> Submission {
    try Submission(SignedNote(text: text.bytes, lines: lines))
  }

  private func payment(_ town: Town) -> NoteText {
    town.place.text(.pay(1, Town.min, to: town.bob), by: town.alice, at: town.books.now)
  }

  /// The line with one bit of its signature changed.
  private func spoilt(_ line: SignatureLine) throws -> SignatureLine {
    var payload = line.payload
    payload[10] ^= 1
    return try #require(SignatureLine(name: line.name, keyID: line.keyID, payload: payload))
  }

  @Test("a note for another ledger is refused before anything else is asked")
  func wrongLedger() throws {
    let town = try Town()
    var elsewhere = Place(seed: 1, origin: "mel.example/paris")
    let note = try elsewhere.submission(.pay(1, Town.min, to: town.bob), by: town.alice, at: town.books.now)
    #expect(town.refusal(of: note) == .wrongLedger)
  }

  @Test("the key in the note was enrolled for its signer")
  func unknownKey() throws {
    let town = try Town()
    let order = CarnetLedger.Operation.pay(1, Town.min, to: town.bob)
    let stranger = town.place.person()
    let thief = Place.Person(number: town.alice.number, key: town.bakery.key)
    let fresh = Place.Person(number: town.alice.number, key: stranger.key)
    let ledger = Place.Person(number: town.alice.number, key: town.place.ledgerKey)
    for signer in [stranger, thief, fresh, ledger] {
      #expect(try town.refusal(order, by: signer) == .unknownKey)
    }
  }

  @Test("the signer's own line is there and holds")
  func ownLine() throws {
    let town = try Town()
    let text = payment(town)
    let own = line(text, as: town.alice)
    let renamed = SignedNote.line(
      for: text.bytes, name: "\(Samples.origin)/\(town.bob.number)", with: town.alice.key)
    let elsewhere = SignedNote.line(
      for: text.bytes, name: "mel.example/paris/\(town.alice.number)", with: town.alice.key)
    let short = try #require(
      SignatureLine(name: own.name, keyID: own.keyID, payload: Array(own.payload.dropLast())))
    let padded = try #require(SignatureLine(name: own.name, keyID: own.keyID, payload: own.payload + [0]))
    let otherID = try #require(SignatureLine(name: own.name, keyID: own.keyID ^ 1, payload: own.payload))
    let otherText = line(payment(town), as: town.alice)
    for wrong in [
      try spoilt(own), renamed, elsewhere, short, padded, otherID, otherText, line(text, as: town.bob),
      line(text, as: town.alice, with: town.bob.key),
    ] {
      #expect(town.refusal(of: try submission(text, [wrong])) == .badSignature)
    }
    #expect(town.refusal(of: try submission(text, [own])) == nil)
  }

  @Test("a known key's line must hold even where it would not have counted")
  func otherLine() throws {
    let town = try Town()
    let text = payment(town)
    let own = line(text, as: town.alice)
    #expect(
      town.refusal(of: try submission(text, [own, spoilt(line(text, as: town.bakery))])) == .badSignature)
    #expect(
      town.refusal(of: try submission(text, [spoilt(line(text, as: town.officer)), own])) == .badSignature)
  }

  @Test("lines that do not count are dropped: of others, of unknown keys and of witnesses")
  func dropped() throws {
    let town = try Town()
    let text = payment(town)
    let stranger = town.place.person()
    let lines = [
      line(text, as: stranger), line(text, as: town.officer), line(text, as: town.alice),
      line(text, as: town.bob, with: stranger.key),
      SignedNote.line(for: text.bytes, name: "witness.example", with: stranger.key),
      SignedNote.line(for: text.bytes, name: Samples.origin.description, with: town.place.ledgerKey),
    ]
    let record = try town.books.accept(submission(text, lines))
    #expect(record.note.lines == [line(text, as: town.alice)])
    #expect(record.signers == [Record.Signer(member: town.alice.number, key: town.alice.key.publicKey)])
    #expect(try Record(parsing: record.bytes) == record)
  }

  @Test("the signer's line comes first, the others by their bytes, whatever the order they came in")
  func order() throws {
    let town = try Town()
    let officers = try (0..<4).map { try town.join("officer-\($0)", roles: [.officer]) }
    var orders: Set<[MemberNumber?]> = []
    for turn in 0..<officers.count {
      let text = town.place.text(
        .status(.active, of: town.bob), by: town.officer, at: town.books.now.adding(seconds: Int64(turn)))
      let others = (officers[turn...] + officers[..<turn]).map { line(text, as: $0) }
      let lines = Array(others[..<2]) + [line(text, as: town.officer)] + Array(others[2...])
      let record = try town.books.accept(submission(text, lines))
      let sorted = others.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
      #expect(record.note.lines == [line(text, as: town.officer)] + sorted)
      #expect(record.signers.first?.member == town.officer.number && record.signers.count == 5)
      #expect(record.signaturesAreValid)
      orders.insert(record.signers.map(\.member))
    }
    #expect(!orders.isEmpty)
  }

  @Test("the same note gives its record again, before any rule, whoever else signed it meanwhile")
  func repeats() throws {
    let town = try Town()
    let note = try town.submission(.pay(1, Town.min, to: town.bob), by: town.alice)
    let record = try town.books.accept(note)
    let countersigned = try Submission(
      note.note.adding(signatureBy: town.bob.key, name: NoteText.keyName(town.bob.number, at: Samples.origin))
    )
    try town.setStatus(.suspended, of: town.bob)
    town.wait(seconds: 30 * Town.day)
    let count = town.books.records.count
    #expect(try town.books.accept(note) == record)
    #expect(try town.books.accept(countersigned) == record)
    #expect(town.books.records.count == count)
  }

  @Test("of several reasons the first of PROTOCOL, section 5, is given")
  func precedence() throws {
    let town = try Town()
    var elsewhere = Place(seed: 1, origin: "mel.example/paris")
    let stranger = town.place.person()
    let toNobody = CarnetLedger.Operation.pay(1, Town.min, to: stranger)
    #expect(
      town.refusal(of: try elsewhere.submission(toNobody, by: stranger, at: Town.start)) == .wrongLedger)
    let expired = town.place.text(toNobody, by: town.alice, at: Town.start.adding(seconds: -1_000))
    #expect(
      town.refusal(of: try submission(expired, [spoilt(line(expired, as: town.alice))])) == .badSignature)
    #expect(town.refusal(of: try submission(expired, [line(expired, as: town.alice)])) == .expired)
    let void = CarnetLedger.Operation.void(VoidOrder(note: expired.id))
    try town.accept(void, by: town.alice)
    #expect(town.refusal(of: try submission(expired, [line(expired, as: town.alice)])) == .expired)
    let taken = try town.submission(.enrol(town.alice), by: town.alice)
    #expect(town.refusal(of: taken) == .roleMissing)
    try town.accept(.void(VoidOrder(note: taken.id)), by: town.alice)
    #expect(town.refusal(of: taken) == .voided)
  }

  @Test("a key that no longer counts is named before a role, a quorum or anything the kind asks")
  func inactiveFirst() throws {
    let town = try Town()
    let spare = town.place.person().key
    try town.accept(.addKey(spare.publicKey, of: town.alice), by: town.alice)
    try town.accept(.revokeKey(town.alice.key.publicKey, of: town.alice), by: town.alice)
    let genesis = Genesis(
      name: Samples.free("Mel"), purpose: .trial, rules: 1, previous: nil, ledgerKey: spare.publicKey,
      card: nil)
    for operation in [
      .pay(1, Town.min, to: town.place.person()), .enrol(town.bob), .reconvert(1, fee: 5),
      .reverse(UInt64.max, 1), .genesis(genesis),
    ] as [CarnetLedger.Operation] {
      #expect(try town.refusal(operation, by: town.alice) == .keyInactive)
    }
  }
}

/// How long a note lives.
@Suite struct LifetimeTests {
  @Test(
    "a note is taken until its last second begins, and asks for no longer life than its kind has",
    arguments: [(false, 7 * Town.day), (true, 90 * Town.day)])
  func bounds(_ isCheque: Bool, _ longest: Int64) throws {
    let town = try Town()
    func order(_ amount: Int64) -> CarnetLedger.Operation {
      let payment = Payment(
        to: .member(town.bob.number), currency: Town.min, amount: amount, request: nil, memo: nil)
      return isCheque ? .cheque(payment) : .payment(payment)
    }
    #expect(try town.refusal(order(1), by: town.alice, lifetime: longest + 1) == .tooFarAhead)
    #expect(try town.refusal(order(2), by: town.alice, lifetime: longest) == nil)
    let late = try town.submission(order(3), by: town.alice, lifetime: 5)
    let tooLate = try town.submission(order(4), by: town.alice, lifetime: 5)
    town.wait(seconds: 5)
    #expect(town.refusal(of: late) == nil)
    town.books.now = town.books.now.adding(milliseconds: 1)
    #expect(town.refusal(of: tooLate) == .expired)
  }

  @Test("seven days count from the ledger's milliseconds")
  func milliseconds() throws {
    let town = try Town()
    let order = CarnetLedger.Operation.pay(1, Town.min, to: town.bob)
    let note = try town.submission(order, by: town.alice, lifetime: 7 * Town.day + 1)
    town.books.now = town.books.now.adding(milliseconds: 999)
    #expect(town.refusal(of: note) == .tooFarAhead)
    town.books.now = town.books.now.adding(milliseconds: 1)
    #expect(town.refusal(of: note) == nil)
  }

  @Test("the largest integers are times like others")
  func extremes() throws {
    let town = try Town()
    let order = CarnetLedger.Operation.pay(1, Town.min, to: town.bob)
    #expect(try town.refusal(order, by: town.alice, lifetime: .max - Town.start.seconds) == .tooFarAhead)
    #expect(try town.refusal(order, by: town.alice, lifetime: -Town.start.seconds) == .expired)
  }
}
