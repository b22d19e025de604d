import CarnetLedger
import CarnetNotes
import Support
import Testing

/// What is asked of a note before anything is known of the ledger: size and form.
@Suite struct SubmissionTests {
  static let salted = SubmittedText(salt: Array(repeating: 1, count: 32), text: Array("merci".utf8))

  private func note(_ operation: CarnetLedger.Operation, names: [String]) throws -> SignedNote {
    let text = Samples.text(operation).bytes
    return try SignedNote(
      text: text, lines: names.map { SignedNote.line(for: text, name: $0, with: Samples.key) })
  }

  private func payment(memo: Digest?) -> CarnetLedger.Operation {
    .payment(Payment(to: .member(Samples.bob), currency: Town.mel, amount: 1, request: nil, memo: memo))
  }

  private let alice = "mel.example/lille/7Q4M2K9XA5"

  @Test("a note comes with the text that it names, whatever else is sent along")
  func finds() throws {
    let salted = try #require(SubmissionTests.salted)
    let other = try #require(SubmittedText("autre"))
    let note = try note(payment(memo: salted.hash), names: [alice])
    let submission = try Submission(parsing: note.bytes, texts: [other, salted])
    #expect(submission.saltedText == salted)
    #expect(submission.id == Digest.sha256(note.text))
    #expect(throws: Refusal.textMissing(field: "memo")) { try Submission(note, texts: [other]) }
    #expect(throws: Refusal.textMissing(field: "memo")) { try Submission(note) }
    #expect(try Submission(self.note(payment(memo: nil), names: [alice]), texts: [salted]).saltedText == nil)
  }

  @Test("each hash field asks for its text", arguments: Samples.all)
  func everyField(_ sample: Samples.Sample) throws {
    // The reference of a request is a text, that of a change a keyed hash without one.
    let isRequest = sample.operation.kind == .request
    let hashed = sample.fields.first { field in
      (["card", "reason", "memo"] + (isRequest ? ["reference"] : [])).contains {
        field == "\($0) \(Samples.hashText)"
      }
    }
    let note = try note(sample.operation, names: [alice])
    guard let field = hashed?.split(separator: " ").first else {
      #expect(try Submission(note).saltedText == nil)
      return
    }
    #expect(throws: Refusal.textMissing(field: String(field))) { try Submission(note) }
  }

  @Test("a card's text must be a card")
  func card() throws {
    let salted = try #require(SubmissionTests.salted)
    let note = try note(.card(CardChange(number: Samples.bob, card: salted.hash)), names: [alice])
    let refusal = #expect(throws: Refusal.self) { try Submission(note, texts: [salted]) }
    #expect(refusal?.code == "malformed")
  }

  @Test("four texts may come along, not five")
  func textCount() throws {
    let texts = try (0..<5).map { try #require(SubmittedText("\($0)")) }
    let note = try note(payment(memo: nil), names: [alice])
    #expect(throws: Never.self) { try Submission(note, texts: Array(texts[..<4])) }
    let refusal = #expect(throws: Refusal.self) { try Submission(note, texts: texts) }
    #expect(refusal?.code == "malformed")
  }

  @Test("a member signs once; a line by nobody known is one too many only by its name")
  func names() throws {
    let refusal = #expect(throws: Refusal.self) {
      try Submission(self.note(payment(memo: nil), names: [alice, alice]))
    }
    #expect(refusal?.code == "malformed")
    #expect(throws: Never.self) {
      try Submission(
        self.note(payment(memo: nil), names: [alice, "mel.example/lille/9H5N1R7VEZ", "witness"]))
    }
  }

  @Test("the ledger may sign with two keys, with each of them once")
  func ledgerLines() throws {
    let text = Samples.text(.rules(RulesRaise(rules: 2))).bytes
    let name = Samples.origin.description
    var generator = SeededGenerator(seed: 1)
    let keys = [Samples.key, generator.secretKey()]
    let lines = keys.map { SignedNote.line(for: text, name: name, with: $0) }
    #expect(throws: Never.self) { try Submission(SignedNote(text: text, lines: lines)) }
    let refusal = #expect(throws: Refusal.self) {
      try Submission(SignedNote(text: text, lines: lines + [lines[0]]))
    }
    #expect(refusal?.code == "malformed")
  }

  @Test("sizes are held at their limit")
  func size() throws {
    let note = try note(payment(memo: nil), names: [alice])
    let tooLong = note.bytes + Array(repeating: 0x20, count: SignedNote.bytesMax)
    #expect(throws: Refusal.tooLarge(limit: 16_384)) { try Submission(parsing: tooLong) }
    #expect(SubmittedText(salt: Array(repeating: 1, count: 31), text: []) == nil)
    #expect(SubmittedText(salt: Array(repeating: 1, count: 33), text: []) == nil)
    #expect(SubmittedText(String(repeating: "a", count: 1_024)) != nil)
    #expect(SubmittedText(String(repeating: "a", count: 1_025)) == nil)
    #expect(SubmittedText("a\u{7F}") == nil)
  }

  @Test("the salted hash is that of PROTOCOL, section 2")
  func hash() throws {
    let salt = [UInt8](repeating: 1, count: 32)
    let salted = try #require(SubmissionTests.salted)
    #expect(salted.hash == Digest.sha256(Array("carnet.text/v1\n".utf8) + salt + Array("merci".utf8)))
  }

  @Test(
    "what is no note at all is refused",
    arguments: ["", "\n", "payment/v1\n", "payment/v1\n\n", "payment/v1\n\n— a AAAAAAA=\n", "\u{0}\n\n\n"])
  func noNote(_ text: String) {
    let refusal = #expect(throws: Refusal.self) { try Submission(parsing: Array(text.utf8)) }
    #expect(["malformed", "unknown-kind"].contains(refusal?.code))
  }

  @Test("what is not UTF-8 is refused")
  func notUTF8() throws {
    var bytes = try note(payment(memo: nil), names: [alice]).bytes
    bytes[3] = 0xFF
    let refusal = #expect(throws: Refusal.self) { try Submission(parsing: bytes) }
    #expect(refusal?.code == "malformed")
  }
}
