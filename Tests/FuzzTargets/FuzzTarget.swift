import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// One parser of bytes from outside, with what must be true of everything it accepts.
///
/// libFuzzer calls these with bytes of its own making (`scripts/fuzz`), the tests with those of Tests/Corpus.
package struct FuzzTarget: Sendable {
  package let name: String
  /// Bytes that are worth trying: a little above the parser's own limit.
  package let bytesMax: Int
  /// Whether the bytes are accepted. Traps where something that must hold of them does not.
  package let run: @Sendable ([UInt8]) -> Bool

  package static let all: [FuzzTarget] = notes + texts + proofs + people + bodies + scenarios

  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  private static func parses<Value>(
    _ name: String, bytesMax: Int, _ parse: @escaping @Sendable ([UInt8]) -> Value?,
    _ write: @escaping @Sendable (Value) -> [UInt8]
  ) -> FuzzTarget {
    FuzzTarget(name: name, bytesMax: bytesMax) { bytes in
      guard let value = parse(bytes) else { return false }
      precondition(write(value) == bytes, "what is accepted writes back to the same bytes")
      return true
    }
  }

  private static let notes: [FuzzTarget] = [
    parses("note", bytesMax: SignedNote.bytesMax + 16, { try? SignedNote(parsing: $0) }, \.bytes),
    parses("note-text", bytesMax: 4_096, { try? NoteText(parsing: $0) }, \.bytes),
    parses("record", bytesMax: Receipt.recordBytesMax + 16, { try? Record(parsing: $0) }, \.bytes),
    // The text of one, or all of it as a server sends it: with lines by the ledger and by a witness.
    FuzzTarget(name: "checkpoint", bytesMax: 2_048) { bytes in
      if let checkpoint = try? Checkpoint(parsing: bytes) {
        precondition(checkpoint.text == bytes, "what is accepted writes back to the same bytes")
        return true
      }
      guard let note = try? SignedNote(parsing: bytes), let checkpoint = try? Checkpoint(parsing: note.text)
      else { return false }
      precondition(note.bytes == bytes, "what is accepted writes back to the same bytes")
      let signed = try? SignedCheckpoint(note, verifiedBy: [key], witnesses: [witness])
      precondition(signed.map { $0.checkpoint == checkpoint } ?? true, "what is verified is what was read")
      return true
    },
    FuzzTarget(name: "submission", bytesMax: SignedNote.bytesMax + 16) { bytes in
      (try? Submission(parsing: bytes)) != nil
    },
  ]

  private static let proofs: [FuzzTarget] = [
    FuzzTarget(name: "receipt", bytesMax: Receipt.bytesMax + 16) { bytes in
      guard let receipt = try? Receipt(parsing: bytes) else { return false }
      precondition(receipt.bytes == bytes, "what is accepted writes back to the same bytes")
      _ = try? receipt.verify(ledger: key, policy: policy)
      // Hardly an input of chance is signed: what lies behind the signatures is reached without them.
      _ = try? Record(parsing: receipt.record)
      guard let checkpoint = try? Checkpoint(parsing: receipt.checkpoint.text) else { return true }
      let isIncluded: ()? = try? Merkle.verifyInclusion(
        leaf: Merkle.leafHash(receipt.record), index: receipt.index, size: checkpoint.size,
        root: checkpoint.root, proof: receipt.proof)
      precondition(isIncluded == nil || receipt.index < checkpoint.size, "no record lies behind a tree's end")
      return true
    },
    FuzzTarget(name: "closing-proof", bytesMax: ClosingProof.bytesMax + 16) { bytes in
      guard let proof = try? ClosingProof(parsing: bytes) else { return false }
      precondition(proof.bytes == bytes, "what is accepted writes back to the same bytes")
      _ = try? proof.verify(ledger: key)
      return true
    },
    FuzzTarget(name: "cheque", bytesMax: Cheque.bytesMax + 16) { bytes in
      guard let cheque = try? Cheque(parsing: bytes) else { return false }
      precondition(cheque.bytes == bytes, "what is accepted writes back to the same bytes")
      precondition(Cheque(cheque.note, memo: cheque.memo) == cheque, "a cheque is its note and its memo")
      _ = cheque.isSignatureValid
      precondition(QRCode(String(decoding: bytes, as: UTF8.self)) != nil, "every cheque fits into a QR code")
      return true
    },
    parses(
      "add-checkpoint", bytesMax: AddCheckpoint.bytesMax + 16, { try? AddCheckpoint(parsing: $0) }, \.bytes),
    FuzzTarget(name: "policy", bytesMax: 4_096) { bytes in
      guard let policy = try? CosignerPolicy(parsing: bytes) else { return false }
      guard let again = try? CosignerPolicy(parsing: policy.bytes) else {
        preconditionFailure("a policy that is written can be read")
      }
      precondition(again == policy, "a policy reads back as it was written")
      _ = policy.isSatisfied(by: policy.witnesses.map(\.key))
      return true
    },
  ]

  private static let texts: [FuzzTarget] = [
    FuzzTarget(name: "json", bytesMax: 4_096) { bytes in
      guard let json = try? JSON(parsing: bytes) else { return false }
      guard let again = try? JSON(parsing: json.serialized()) else {
        preconditionFailure("JSON that is written can be read")
      }
      precondition(again == json, "JSON reads back as it was written")
      _ = json.pretty()
      return true
    },
    FuzzTarget(name: "request", bytesMax: 4_200) { bytes in
      let target = String(decoding: bytes, as: UTF8.self)
      guard let request = Request(method: "GET", target: target) else { return false }
      precondition(!request.segments.contains(".."), "no path leads up")
      for (name, _) in request.query { _ = request.parameter(name) }
      return true
    },
    parses("card", bytesMax: 1_040, { Card(parsing: $0) }, \.text),
    FuzzTarget(name: "amount", bytesMax: 64) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      var isAccepted = false
      for currency in currencies {
        guard let amount = try? AmountText.parse(text, in: currency) else { continue }
        isAccepted = true
        for language in Language.allCases {
          let shown = AmountText.format(amount, scale: currency.scale, language)
          // French writes a group as narrow no-break space; both are read in either language.
          let again = try? AmountText.parse(shown.filter { $0 != "," || language == .french }, in: currency)
          precondition(again == amount, "an amount reads back as it was written")
        }
      }
      return isAccepted
    },
    FuzzTarget(name: "timestamp", bytesMax: 64) { bytes in
      guard let time = Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self)) else { return false }
      precondition(Timestamp(rfc3339: time.rfc3339) == time, "a time reads back as it was written")
      return true
    },
  ]

  private static let people: [FuzzTarget] = [
    parses(
      "verifier-key", bytesMax: 256, { VerifierKey(String(decoding: $0, as: UTF8.self)) },
      { Array($0.description.utf8) }),
    FuzzTarget(name: "names", bytesMax: 80) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      let names: [(any CustomStringConvertible)?] = [
        MemberNumber(text), Handle(text), Origin(text), ClosingPeriod(text),
      ]
      let accepted = names.compactMap { $0 }
      precondition(accepted.allSatisfy { $0.description == text }, "a name is its text")
      let typed: [Any?] = [MemberNumber(typed: text), RequestCode(typed: text)]
      return !accepted.isEmpty || typed.contains { $0 != nil }
    },
    FuzzTarget(name: "key-file", bytesMax: 2_048) { bytes in
      (try? KeyFile(parsing: bytes)) != nil
    },
  ]

  private static let key = VerifierKey(
    name: "mel.example/lille", publicKey: SecretKey(seed: Array(repeating: 1, count: 32))!.publicKey)

  private static let witness = VerifierKey(
    name: "witness.example", publicKey: SecretKey(seed: Array(repeating: 2, count: 32))!.publicKey,
    algorithm: .cosignature)

  private static let policy = CosignerPolicy(
    log: CosignerPolicy.Party(name: key.name, key: key, url: nil),
    witnesses: [CosignerPolicy.Party(name: witness.name, key: witness, url: nil)], threshold: 1)

  private static let currencies: [Currency] = [0, 2, 6].map { scale in
    Currency(
      code: CurrencyCode("MEL")!, kind: .mutual, scale: scale, name: FreeText("Mel")!,
      limits: BalanceLimits(floor: nil, ceiling: nil))
  }
}
