import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Support
import Testing

/// `Tests/Browser/vectors.json`: what the pages' scripts must make of the same inputs, byte for byte. Written by
/// `CARNET_WRITE_VECTORS=1`; here compared with what the ledger's own code makes, and in `BrowserTests` with the pages'.
@Suite struct PageVectorTests {
  @Test("the vectors of the pages are what this code makes")
  func vectors() throws {
    var vectors = try PageVectors()
    let made: [UInt8] = try vectors.json.serialized() + [UInt8(ascii: "\n")]
    let file = Project.file("Tests/Browser/vectors.json")
    if ProcessInfo.processInfo.environment["CARNET_WRITE_VECTORS"] == "1" { try Data(made).write(to: file) }
    let kept = try [UInt8](Data(contentsOf: file))
    #expect(
      kept == made, "run CARNET_WRITE_VECTORS=1 swift test --filter PageVectorTests and look at the change")
  }
}

/// Makes the vectors from a place whose keys and nonces follow from a seed.
private struct PageVectors {
  private var ledger: TestLedger
  private let alice: Place.Person
  private let bakery: Place.Person

  init() throws {
    ledger = try TestLedger(seed: 6)
    (alice, bakery) = (try ledger.join("alice"), try ledger.join("boulangerie-martin", kind: .business))
  }

  var json: JSON {
    mutating get throws {
      defer { ledger.journal.close() }
      return .object([
        "base64": .array(base64), "numbers": .array(numbers), "codes": .array(codes),
        "amounts": .array(amounts), "formats": .array(formats), "words": .array(words),
        "salted": .array(salted), "texts": .array(texts), "notes": .array(try notes()),
        "joining": .array(try joining()), "proofs": try proofs(),
      ])
    }
  }

  private var base64: [JSON] {
    let good = [[], [0], [255, 254], [1, 2, 3], Array(0...40)] as [[UInt8]]
    let texts = good.map { Base64.encode($0) as String }
    let bad = [
      "AA=", "AB==", "AA", "AAE", "AAF=", "A===", "====", "AA==AA==", "AAEC\n", "AAE-", "AAE ", "=AAE",
    ]
    return (texts + bad).map { text in
      let bytes: [UInt8]? = Base64.decode(text)
      return .object(["text": .string(text), "hex": .optional(bytes.map { Hex.encode($0) as String })])
    }
  }

  private var numbers: [JSON] {
    [
      "7Q4M2K9XA5", "9H5N1R7VEZ", "7q4m 2k9x a5", "7Q4M2K9XA6", "7Q4M2K9XA", "7Q4M2K9XA55", "7Q4MLK9XA5",
      "ooooooooo0", "0000000000", "U000000000", "é000000000", "",
    ].map { .object(["typed": .string($0), "number": .optional(MemberNumber(typed: $0)?.description)]) }
  }

  private var codes: [JSON] {
    [
      "K7Q4-M2XW", "k7q4m2xw", "K7Q4 M2XW", "KKKK-M2XW", "K7Q4-2222", "K7Q4-M2X", "K7Q4-M2XWX", "O7I4-M2XW",
      "",
    ]
    .map { .object(["typed": .string($0), "code": .optional(RequestCode(typed: $0)?.description)]) }
  }

  private func currency(_ scale: Int, _ kind: CurrencyKind) -> Currency {
    guard let code = CurrencyCode("MEL"), let name = FreeText("Mel") else {
      preconditionFailure("a code and a name")
    }
    return Currency(
      code: code, kind: kind, scale: scale, name: name, limits: BalanceLimits(floor: 0, ceiling: nil))
  }

  private var amounts: [JSON] {
    let typed = [
      "12", "12,5", "12.50", "1 234,50", "1\u{202F}234,50", "12\u{A0}345", "0", "0,01", "0,00", "1.234",
      "1,2345",
      "1h30", "1h", "45min", "1 h 30", "1H05", "90", "1h60", "1h5", "h30", "45 n", "1 200h", "1h ", " 12",
      "12 ",
      "12,", ",5", "+5", "-5", "1e3", "１２", "12\n", "1234 567", "90071992547409,91", "90071992547409,92",
      "9007199254740991", "9007199254740992", "00000000000000000000000000000000000000012",
      "99999999999999999999", "99999999999999999999h",
    ]
    return typed.flatMap { text in
      [currency(2, .backed), currency(0, .mutual)].map { (currency: Currency) -> JSON in
        var fault: String?
        var value: Int64?
        do throws(AmountText.Fault) { value = try AmountText.parse(text, in: currency) } catch {
          switch error {
          case .unreadable: fault = "unreadable"
          case .ambiguous: fault = "ambiguous"
          case .tooPrecise: fault = "too-precise"
          case .outOfRange: fault = "out-of-range"
          }
        }
        return .object([
          "text": .string(text), "kind": .string(currency.kind.rawValue),
          "scale": .integer(Int64(currency.scale)),
          "value": .optional(value.map { "\($0)" }), "fault": .optional(fault),
        ])
      }
    }
  }

  private var formats: [JSON] {
    let values: [Int64] = [0, 1, -1, 99, 100, -1_250, 123_450, 1_234_567, Quantity.max, -Quantity.max]
    return values.flatMap { value in
      [0, 2, 6].map { scale in
        .object([
          "value": .string("\(value)"), "scale": .integer(Int64(scale)),
          "fr": .string(AmountText.format(value, scale: scale, .french)),
          "en": .string(AmountText.format(value, scale: scale, .english)),
        ])
      }
    }
  }

  private var words: [JSON] {
    [Array(repeating: 0, count: 32), Array(repeating: 255, count: 32), Array(0..<32)].map { (seed: [UInt8]) in
      let words = RecoveryWords.encode(seed)
      return .object([
        "words": .string(words.joined(separator: " ")),
        "short": .string(words.map { $0.prefix(4) }.joined(separator: "\n").uppercased()),
        "swapped": .string(([words[1], words[0]] + words.dropFirst(2)).joined(separator: " ")),
        "seed": .string(Hex.encode(seed)), "key": .optional(SecretKey(seed: seed)?.publicKey.base64),
      ])
    }
  }

  private var salted: [JSON] {
    ["", "pain et croissants", "été 😀"].map { text in
      let salt = [UInt8](repeating: 9, count: SaltedText.saltBytes)
      return .object([
        "salt": .string(Base64.encode(salt)), "text": .string(text),
        "hash": .string(SaltedText.hash(salt: salt, text: Array(text.utf8)).base64),
      ])
    }
  }
}

extension PageVectors {
  /// Memos and reasons on both sides of what may stand beside a note.
  private var texts: [JSON] {
    let long = String(repeating: "a", count: SaltedText.bytesMax)
    let accents = String(repeating: "é", count: SaltedText.bytesMax / 2)
    return [
      "article rendu", long, long + "a", accents, accents + "a", "a\tb", "a\nb", "a\u{7F}", "a\u{85}",
      "a\u{A0}b", "😀",
    ].map { .object(["text": .string($0), "fits": .bool(SubmittedText($0) != nil)]) }
  }

  /// One note of each kind that a page signs, with what it is made of.
  private mutating func notes() throws -> [JSON] {
    let hash = Digest.sha256(Array("a text".utf8))
    let (payee, code) = (bakery.number, ledger.currency)
    let added = KeyChange(number: alice.number, action: .add, use: .till, memberKey: bakery.key.publicKey)
    let access = Access(
      host: "127.0.0.1:8390", scope: .account, account: alice.number, expires: 1_767_229_200)
    let enrolled = Enrolment(
      number: payee, kind: .person, roles: [], memberKey: alice.key.publicKey, card: hash)
    let operations: [CarnetLedger.Operation] = [
      .payment(Payment(to: .member(payee), currency: code, amount: 1_250, request: nil, memo: nil)),
      .payment(Payment(to: .member(payee), currency: code, amount: Quantity.max, request: hash, memo: hash)),
      .reversal(Reversal(record: 4, amount: 250, reason: hash)), .access(access), .key(added),
      .member(enrolled),
    ]
    return try operations.map { operation in
      let text = ledger.place.text(operation, by: alice, at: ledger.clock.now)
      let name = NoteText.keyName(alice.number, at: ledger.place.origin)
      let note = try SignedNote.sign(text.bytes, name: name, with: alice.key)
      let lines = String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").map {
        $0.split(separator: " ")
      }
      let fields = lines.dropFirst(3).dropLast(3).map { JSON.Member(String($0[0]), .string(String($0[1]))) }
      return .object([
        "kind": .string(operation.kind.rawValue), "ledger": .string(ledger.place.origin.description),
        "signer": .string(alice.number.description), "fields": .object(Array(fields)),
        "nonce": .string(Base64.encode(text.nonce.bytes)), "until": .integer(text.until),
        "seed": .string(unsafe alice.key.withSeed { unsafe Hex.encode(Array($0)) }),
        "id": .string(text.id.hex), "note": .string(String(decoding: note.bytes, as: UTF8.self)),
      ])
    }
  }

  /// Joining notes, each one that the ledger's own code takes for what its invitation offers.
  private mutating func joining() throws -> [JSON] {
    let invited: [(String, String, MemberKind)] = [
      ("zoe-durand", "Zoé Durand", .person), ("d2", "\"L’Épi d’Or\" & \\ <fils>/😀", .business),
      ("association-des-amis-du-quartier", String(repeating: "é", count: 128), .association),
    ]
    return try invited.map { handle, name, kind in
      let officer = ledger.place.officer
      let offer = Offer(
        ledger: ledger.place.origin, officer: officer.number, officerKey: officer.key.publicKey,
        name: try #require(FreeText(name)), kind: kind)
      let person = ledger.place.person()
      let card = Card(handle: Handle(handle), name: FreeText(name), kind: kind)
      let salt = [UInt8](repeating: 5, count: SaltedText.saltBytes)
      let salted = try #require(SubmittedText(salt: salt, text: card.text))
      let enrolment = Enrolment(
        number: person.number, kind: kind, roles: [], memberKey: person.key.publicKey, card: salted.hash)
      let text = ledger.place.text(.member(enrolment), by: officer, at: ledger.clock.now)
      let signed = try SignedNote.sign(
        text.bytes, name: NoteText.keyName(person.number, at: ledger.place.origin), with: person.key)
      let note = try JoiningNote(Submission(signed, texts: [salted]), for: offer)
      return .object([
        "origin": .string(ledger.place.origin.description), "officer": .string(officer.number.description),
        "key": .string(officer.key.publicKey.base64), "name": .string(name), "kind": .string(kind.rawValue),
        "handle": .string(note.handle.description), "number": .string(person.number.description),
        "seed": .string(unsafe person.key.withSeed { unsafe Hex.encode(Array($0)) }),
        "salt": .string(Base64.encode(salt)), "card": .string(String(decoding: card.text, as: UTF8.self)),
        "hash": .string(salted.hash.base64), "nonce": .string(Base64.encode(text.nonce.bytes)),
        "until": .integer(text.until), "id": .string(note.id.hex),
        "note": .string(String(decoding: signed.bytes, as: UTF8.self)),
        "fingerprint": .string(person.key.publicKey.fingerprint),
      ])
    }
  }

  /// Receipts and a card of a small journal, and the proof that it only grew.
  private mutating func proofs() throws -> JSON {
    for amount in 1...6 { try ledger.submit(ledger.payment(of: Int64(amount), to: bakery), by: alice) }
    let older = ledger.journal.checkpoint.checkpoint
    for amount in 7...9 { try ledger.submit(ledger.payment(of: Int64(amount), to: bakery), by: alice) }
    let receipts = try (0..<ledger.journal.checkpoint.checkpoint.size).map { number in
      JSON.string(String(decoding: try #require(try ledger.journal.receipt(of: number)).bytes, as: UTF8.self))
    }
    let (proof, newest) = try #require(try ledger.journal.consistencyProof(from: older.size))
    let card = try #require(try ledger.journal.saltedText(of: 3))
    return .object([
      "key": .string(ledger.place.verifierKey.description), "receipts": .array(receipts),
      "older": .object(["size": .string("\(older.size)"), "root": .string(older.root.base64)]),
      "consistency": .object([
        "proof": .array(proof.map { .string($0.base64) }),
        "checkpoint": .string(String(decoding: newest.bytes, as: UTF8.self)),
      ]),
      "card": .object([
        "number": .string(bakery.number.description), "name": .string("boulangerie-martin"),
        "card": .object([
          "salt": .string(Base64.encode(card.salt)),
          "text": .string(String(decoding: card.text, as: UTF8.self)),
          "receipt": receipts[3],
        ]),
      ]),
    ])
  }
}
