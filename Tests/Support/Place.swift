package import CarnetLedger
package import CarnetNotes

/// A small place for tests: its keys, its people, and notes signed by whoever signs them in life. No disk.
package struct Place: Sendable {
  package let origin: Origin
  package let ledgerKey: SecretKey
  package let officer: Person
  /// Numbers, keys and nonces follow from the seed.
  private var generator: SeededGenerator

  /// Someone with a number and a key.
  package struct Person: Sendable {
    package let number: MemberNumber
    package let key: SecretKey

    package init(number: MemberNumber, key: SecretKey) {
      (self.number, self.key) = (number, key)
    }
  }

  package init(seed: UInt64 = 1, origin: String = "mel.example/lille") {
    guard let origin = Origin(origin) else { preconditionFailure("a test gave no origin") }
    var generator = SeededGenerator(seed: seed)
    self.origin = origin
    ledgerKey = generator.secretKey()
    officer = Person(number: .random(using: &generator), key: generator.secretKey())
    self.generator = generator
  }

  /// What checks the ledger's signatures.
  package var verifierKey: VerifierKey { VerifierKey(origin: origin, publicKey: ledgerKey.publicKey) }

  /// A new number and key, enrolled nowhere yet.
  package mutating func person() -> Person {
    Person(number: .random(using: &generator), key: generator.secretKey())
  }

  /// The text of a note under the person's number and key.
  package mutating func text(
    _ operation: Operation, by signer: Person, at time: Timestamp, lifetime: Int64 = 600
  ) -> NoteText {
    guard let nonce = Nonce(generator.bytes(Nonce.byteCount)) else {
      preconditionFailure("sixteen bytes are a nonce")
    }
    return NoteText(
      ledger: origin, signer: signer.number, operation: operation, nonce: nonce,
      until: time.seconds + lifetime, key: signer.key.publicKey)
  }

  /// A note signed by its signer, then by the others, with the salted text it names.
  package mutating func submission(
    _ operation: Operation, by signer: Person, with others: [Person] = [], alsoLedgerKeys: [SecretKey] = [],
    at time: Timestamp, lifetime: Int64 = 600, saltedText: SubmittedText? = nil
  ) throws -> Submission {
    let text = text(operation, by: signer, at: time, lifetime: lifetime)
    var lines = ([signer] + others).map { person in
      SignedNote.line(
        for: text.bytes, name: NoteText.keyName(person.number, at: origin), with: person.key)
    }
    lines += alsoLedgerKeys.map { SignedNote.line(for: text.bytes, name: origin.description, with: $0) }
    return try Submission(
      SignedNote(text: text.bytes, lines: lines), texts: saltedText.map { [$0] } ?? [])
  }

  /// The genesis of the place, by its officer.
  package mutating func genesis(at time: Timestamp, handle: String = "officer") throws -> Submission {
    let card = Card(handle: Handle(handle), name: FreeText("Officer"), kind: .person)
    guard let salted = SubmittedText(salt: generator.bytes(32), text: card.text), let name = FreeText("Mel")
    else {
      preconditionFailure("a card is a salted text")
    }
    let genesis = Genesis(
      name: name, purpose: .trial, rules: 1, previous: nil, ledgerKey: ledgerKey.publicKey, card: salted.hash)
    return try submission(
      .genesis(genesis), by: officer, alsoLedgerKeys: [ledgerKey], at: time, saltedText: salted)
  }

  /// The enrolment of a person by the officer, with a card of that handle.
  package mutating func enrolment(
    of person: Person, kind: MemberKind = .person, handle: String? = nil, roles: Set<Role> = [],
    at time: Timestamp
  ) throws -> Submission {
    let card = Card(handle: handle.flatMap { Handle($0) }, name: handle.flatMap { FreeText($0) }, kind: kind)
    guard let salted = SubmittedText(salt: generator.bytes(32), text: card.text) else {
      preconditionFailure("a card is a salted text")
    }
    let enrolment = Enrolment(
      number: person.number, kind: kind, roles: roles, memberKey: person.key.publicKey, card: salted.hash)
    return try submission(.member(enrolment), by: officer, at: time, saltedText: salted)
  }
}

/// A generator whose numbers follow from its seed: SplitMix64 (Steele, Lea and Flood, 2014).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  package mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  package mutating func secretKey() -> SecretKey {
    guard let key = SecretKey(seed: bytes(SecretKey.seedByteCount)) else {
      preconditionFailure("32 bytes are a seed")
    }
    return key
  }
}
