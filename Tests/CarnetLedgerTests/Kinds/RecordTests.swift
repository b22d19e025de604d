import CarnetLedger
import CarnetNotes
import Testing

@Suite struct RecordTests {
  /// The record of PROTOCOL, section 3, signed with the key of RFC 8032, section 7.1, test 1.
  static func example(
    number: String = "42", time: String = "1767225000123",
    posts: [String] = ["post 7Q4M2K9XA5 MEL -1250", "post 9H5N1R7VEZ MEL 1250"], signs: [String] = [],
    names: [String] = ["mel.example/lille/7Q4M2K9XA5"]
  ) -> [UInt8] {
    let fields = ["to 9H5N1R7VEZ", "currency MEL", "amount 1250", "request -", "memo -"]
    let text = Array(Samples.lines("payment", signedWith: "from", fields).utf8)
    let lines = names.map { SignedNote.line(for: text, name: $0, with: Samples.key).bytes }.joined()
    let head = ["record/v1", "ledger mel.example/lille", "number \(number)", "time \(time)"] + posts + signs
    return Array(head.map { $0 + "\n" }.joined().utf8) + [0x0A] + text + [0x0A] + lines
  }

  @Test("the record of the protocol is read and written back")
  func example() throws {
    let bytes = RecordTests.example()
    let record = try Record(parsing: bytes)
    #expect(record.bytes == bytes)
    #expect(record.number == 42 && record.time == Timestamp(milliseconds: 1_767_225_000_123))
    #expect(record.ledger == Samples.origin)
    let mel = Town.mel
    #expect(
      record.postings.legs == [
        Posting(AccountID(Samples.alice, mel), -1_250), Posting(AccountID(Samples.bob, mel), 1_250),
      ])
    #expect(record.signers == [Record.Signer(member: Samples.alice, key: Samples.key.publicKey)])
    #expect(record.signaturesAreValid)
  }

  @Test("a record cut short anywhere is none")
  func truncated() {
    let bytes = RecordTests.example()
    for count in bytes.indices {
      #expect(throws: NoteError.self) { try Record(parsing: Array(bytes[..<count])) }
    }
  }

  @Test("a record with one byte changed is refused, is another, or its signature fails")
  func altered() throws {
    let bytes = RecordTests.example()
    let right = try Record(parsing: bytes)
    for index in bytes.indices {
      for change: UInt8 in [0x01, 0x20, 0x80] {
        var wrong = bytes
        wrong[index] ^= change
        guard let record = try? Record(parsing: wrong) else { continue }
        #expect(record.bytes == wrong && record != right)
        #expect(record.text == right.text || !record.signaturesAreValid)
      }
    }
  }

  static let key = Samples.keyText
  static let wrong: [(String, [UInt8])] = [
    ("a number with a sign", example(number: "-1")), ("a number with a zero before", example(number: "042")),
    ("a time before 1970", example(time: "-1")), ("a time after 9999", example(time: "253402300800000")),
    ("a posting of zero", example(posts: ["post 7Q4M2K9XA5 MEL 0"])),
    ("postings that do not balance", example(posts: ["post 7Q4M2K9XA5 MEL -1250"])),
    ("a posting of -0", example(posts: ["post 7Q4M2K9XA5 MEL -0", "post 9H5N1R7VEZ MEL 0"])),
    ("a posting to nobody", example(posts: ["post alice MEL -1", "post 9H5N1R7VEZ MEL 1"])),
    ("a posting without amount", example(posts: ["post 7Q4M2K9XA5 MEL"])),
    (
      "ten postings that balance",
      example(posts: (0..<5).flatMap { _ in ["post 7Q4M2K9XA5 MEL -1", "post 9H5N1R7VEZ MEL 1"] })
    ),
    ("a sign line where one signed", example(signs: ["sign 7Q4M2K9XA5 \(key)"])),
    (
      "no sign lines where two signed",
      example(names: ["mel.example/lille/7Q4M2K9XA5", "mel.example/lille/9H5N1R7VEZ"])
    ),
    ("a line by another than the signer", example(names: ["mel.example/lille/9H5N1R7VEZ"])),
    (
      "sign lines in another order than the signatures",
      example(
        signs: ["sign 9H5N1R7VEZ \(key)", "sign 7Q4M2K9XA5 \(key)"],
        names: ["mel.example/lille/7Q4M2K9XA5", "mel.example/lille/9H5N1R7VEZ"])
    ),
    (
      "another first than the signer",
      example(
        signs: ["sign 9H5N1R7VEZ \(key)", "sign 7Q4M2K9XA5 \(key)"],
        names: ["mel.example/lille/9H5N1R7VEZ", "mel.example/lille/7Q4M2K9XA5"])
    ),
  ]

  @Test("records of another form are refused", arguments: wrong)
  func malformed(_ name: String, _ bytes: [UInt8]) {
    #expect(throws: NoteError.self, "\(name)") { try Record(parsing: bytes) }
  }

  @Test("where two signed, each is named with the key")
  func twoSigners() throws {
    let bytes = RecordTests.example(
      signs: ["sign 7Q4M2K9XA5 \(RecordTests.key)", "sign 9H5N1R7VEZ \(RecordTests.key)"],
      names: ["mel.example/lille/7Q4M2K9XA5", "mel.example/lille/9H5N1R7VEZ"])
    let record = try Record(parsing: bytes)
    #expect(record.bytes == bytes)
    #expect(record.signers.map(\.member) == [Samples.alice, Samples.bob])
    #expect(record.signaturesAreValid)
  }

  @Test("the ledger's own line is named by a hyphen")
  func ledgerSigner() throws {
    let bytes = RecordTests.example(
      signs: ["sign 7Q4M2K9XA5 \(RecordTests.key)", "sign - \(RecordTests.key)"],
      names: ["mel.example/lille/7Q4M2K9XA5", "mel.example/lille"])
    let record = try Record(parsing: bytes)
    #expect(record.signers.map(\.member) == [Samples.alice, nil])
    #expect(record.signaturesAreValid)
  }

  @Test("a record of another ledger than its note is refused")
  func otherLedger() {
    let text = String(decoding: RecordTests.example(), as: UTF8.self)
    let changed = text.replacing(
      "record/v1\nledger mel.example/lille", with: "record/v1\nledger mel.example/paris")
    #expect(throws: NoteError.self) { try Record(parsing: Array(changed.utf8)) }
  }

  @Test("a record is held at its size")
  func size() {
    #expect(throws: NoteError.tooLarge(limit: 32_768)) {
      try Record(parsing: Array(repeating: 0x0A, count: 32_769))
    }
  }
}
