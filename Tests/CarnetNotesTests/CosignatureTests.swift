import CarnetNotes
import Testing

@Suite struct CosignatureTests {
  private let witness = CosignerPolicyTests.key(1)
  private let log = CosignerPolicyTests.key(9)
  private let root = Digest.sha256([1])

  private func checkpoint() throws -> SignedCheckpoint {
    let origin = try #require(Origin("mel.example/lille"))
    return SignedCheckpoint.sign(Checkpoint(origin: origin, size: 7, root: root), with: [log])
  }

  @Test("a cosignature verifies with its own time, and with no other text, key or time")
  func line() throws {
    let signed = try checkpoint()
    let line = Cosignature.line(for: signed.checkpoint, name: "w1.example", key: witness, at: 1_679_315_147)
    let key = CosignerPolicyTests.witness(1)
    #expect(line.payload.count == 72 && key.isValid(line, for: signed.note.text))
    #expect(!key.isValid(line, for: signed.note.text + [0x0A]))
    #expect(!CosignerPolicyTests.witness(2).isValid(line, for: signed.note.text))
    for index in line.payload.indices {
      var payload = line.payload
      payload[index] ^= 1
      let changed = try #require(SignatureLine(name: line.name, keyID: line.keyID, payload: payload))
      #expect(!key.isValid(changed, for: signed.note.text))
    }
    let more = try signed.adding(line, by: key)
    #expect(more.witnesses == [key])
    let read = try SignedCheckpoint(
      SignedNote(parsing: more.bytes), verifiedBy: [CosignerPolicyTests.log],
      witnesses: [CosignerPolicyTests.witness(2), key])
    #expect(read.witnesses == [key])
    #expect(throws: NoteError.badSignature("w2.example")) {
      try signed.adding(line, by: CosignerPolicyTests.witness(2))
    }
  }

  @Test("what a witness is sent reads back, and is refused cut, too long or with too many hashes")
  func request() throws {
    let note = try checkpoint().note
    let hashes = (0..<63).map { Digest.sha256([UInt8($0)]) }
    for proof in [[], Array(hashes[..<3]), hashes] {
      let request = AddCheckpoint(old: 5, proof: proof, checkpoint: note)
      #expect(try AddCheckpoint(parsing: request.bytes) == request)
      for count in stride(from: 0, to: request.bytes.count, by: 5) {
        #expect(throws: NoteError.self) { try AddCheckpoint(parsing: Array(request.bytes[..<count])) }
      }
    }
    let text = String(decoding: AddCheckpoint(old: 5, proof: hashes, checkpoint: note).bytes, as: UTF8.self)
    let line = Base64.encode(root.bytes) as String
    for wrong in [
      text.replacing("old 5\n", with: "old 5\n\(line)\n"), text.replacing("old 5", with: "old 05"),
      text.replacing("old 5", with: "old -5"), text.replacing("old 5", with: "new 5"),
      text.replacing("old 5\n", with: "old 5\r\n"),
    ] {
      #expect(throws: NoteError.self) { try AddCheckpoint(parsing: Array(wrong.utf8)) }
    }
    #expect(throws: NoteError.tooLarge(limit: AddCheckpoint.bytesMax)) {
      try AddCheckpoint(parsing: Array(repeating: 0x61, count: AddCheckpoint.bytesMax + 1))
    }
  }

  @Test("a receipt holds only with as many cosignatures as the policy asks for")
  func receipt() throws {
    let origin = try #require(Origin("mel.example/lille"))
    let record = Array("record".utf8)
    let signed = SignedCheckpoint.sign(
      Checkpoint(origin: origin, size: 1, root: Merkle.leafHash(record)), with: [log])
    let policy = CosignerPolicy(
      log: .init(name: "l", key: CosignerPolicyTests.log, url: nil),
      witnesses: [1, 2].map { .init(name: "w\($0)", key: CosignerPolicyTests.witness($0), url: nil) },
      threshold: 2)
    let lines = [1, 2].map { byte in
      Cosignature.line(
        for: signed.checkpoint, name: "w\(byte).example", key: CosignerPolicyTests.key(byte), at: 5)
    }
    let receipt = { (note: SignedNote) in Receipt(record: record, index: 0, proof: [], checkpoint: note) }
    let one = try signed.adding(lines[0], by: CosignerPolicyTests.witness(1))
    let both = try one.adding(lines[1], by: CosignerPolicyTests.witness(2))
    let key = CosignerPolicyTests.log
    #expect(try receipt(both.note).verify(ledger: key, policy: policy).witnesses.count == 2)
    #expect(throws: ReceiptError.cosignaturesMissing) {
      try receipt(one.note).verify(ledger: key, policy: policy)
    }
    #expect(try receipt(one.note).verify(ledger: key).signers == [key])
    let swapped = try SignedNote(
      text: signed.note.text,
      lines: signed.note.lines + [
        try #require(
          SignatureLine(name: "w2.example", keyID: lines[1].keyID, payload: lines[0].payload))
      ])
    #expect(throws: ReceiptError.checkpoint(.badSignature("w2.example"))) {
      try receipt(swapped).verify(ledger: key, policy: policy)
    }
  }
}
