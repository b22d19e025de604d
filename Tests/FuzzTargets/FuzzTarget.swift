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
  /// Traps where something that must hold does not.
  package let run: @Sendable ([UInt8]) -> Void

  package static let all: [FuzzTarget] = notes + texts + proofs + people + bodies + scenarios

  package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }

  private static func parses<Value>(
    _ name: String, bytesMax: Int, _ parse: @escaping @Sendable ([UInt8]) -> Value?,
    _ write: @escaping @Sendable (Value) -> [UInt8]
  ) -> FuzzTarget {
    FuzzTarget(name: name, bytesMax: bytesMax) { bytes in
      guard let value = parse(bytes) else { return }
      precondition(write(value) == bytes, "what is accepted writes back to the same bytes")
    }
  }

  private static let notes: [FuzzTarget] = [
    parses("note", bytesMax: SignedNote.bytesMax + 16, { try? SignedNote(parsing: $0) }, \.bytes),
    parses("note-text", bytesMax: 4_096, { try? NoteText(parsing: $0) }, \.bytes),
    parses("record", bytesMax: Receipt.recordBytesMax + 16, { try? Record(parsing: $0) }, \.bytes),
    parses("checkpoint", bytesMax: 1_024, { try? Checkpoint(parsing: $0) }, \.text),
    FuzzTarget(name: "submission", bytesMax: SignedNote.bytesMax + 16) { bytes in
      _ = try? Submission(parsing: bytes)
    },
  ]

  private static let proofs: [FuzzTarget] = [
    FuzzTarget(name: "receipt", bytesMax: Receipt.bytesMax + 16) { bytes in
      guard let receipt = try? Receipt(parsing: bytes) else { return }
      precondition(receipt.bytes == bytes, "what is accepted writes back to the same bytes")
      _ = try? receipt.verify(ledger: key)
    },
    FuzzTarget(name: "closing-proof", bytesMax: ClosingProof.bytesMax + 16) { bytes in
      guard let proof = try? ClosingProof(parsing: bytes) else { return }
      precondition(proof.bytes == bytes, "what is accepted writes back to the same bytes")
      _ = try? proof.verify(ledger: key)
    },
    FuzzTarget(name: "cheque", bytesMax: Cheque.bytesMax + 16) { bytes in
      guard let cheque = try? Cheque(parsing: bytes) else { return }
      precondition(cheque.bytes == bytes, "what is accepted writes back to the same bytes")
      precondition(Cheque(cheque.note, memo: cheque.memo) == cheque, "a cheque is its note and its memo")
      _ = cheque.isSignatureValid
      precondition(QRCode(String(decoding: bytes, as: UTF8.self)) != nil, "every cheque fits into a QR code")
    },
    parses(
      "add-checkpoint", bytesMax: AddCheckpoint.bytesMax + 16, { try? AddCheckpoint(parsing: $0) }, \.bytes),
    FuzzTarget(name: "policy", bytesMax: 4_096) { bytes in
      guard let policy = try? CosignerPolicy(parsing: bytes) else { return }
      guard let again = try? CosignerPolicy(parsing: policy.bytes) else {
        preconditionFailure("a policy that is written can be read")
      }
      precondition(again == policy, "a policy reads back as it was written")
      _ = policy.isSatisfied(by: policy.witnesses.map(\.key))
    },
  ]

  private static let texts: [FuzzTarget] = [
    FuzzTarget(name: "json", bytesMax: 4_096) { bytes in
      guard let json = try? JSON(parsing: bytes) else { return }
      guard let again = try? JSON(parsing: json.serialized()) else {
        preconditionFailure("JSON that is written can be read")
      }
      precondition(again == json, "JSON reads back as it was written")
      _ = json.pretty()
    },
    FuzzTarget(name: "request", bytesMax: 4_200) { bytes in
      let target = String(decoding: bytes, as: UTF8.self)
      guard let request = Request(method: "GET", target: target) else { return }
      precondition(!request.segments.contains(".."), "no path leads up")
      for (name, _) in request.query { _ = request.parameter(name) }
    },
    parses("card", bytesMax: 1_040, { Card(parsing: $0) }, \.text),
    FuzzTarget(name: "amount", bytesMax: 64) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      for currency in currencies {
        guard let amount = try? AmountText.parse(text, in: currency) else { continue }
        for language in Language.allCases {
          let shown = AmountText.format(amount, scale: currency.scale, language)
          // French writes a group as narrow no-break space; both are read in either language.
          let again = try? AmountText.parse(shown.filter { $0 != "," || language == .french }, in: currency)
          precondition(again == amount, "an amount reads back as it was written")
        }
      }
    },
    FuzzTarget(name: "timestamp", bytesMax: 64) { bytes in
      guard let time = Timestamp(rfc3339: String(decoding: bytes, as: UTF8.self)) else { return }
      precondition(Timestamp(rfc3339: time.rfc3339) == time, "a time reads back as it was written")
    },
  ]

  private static let people: [FuzzTarget] = [
    parses(
      "verifier-key", bytesMax: 256, { VerifierKey(String(decoding: $0, as: UTF8.self)) },
      { Array($0.description.utf8) }),
    FuzzTarget(name: "names", bytesMax: 80) { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      if let number = MemberNumber(text) { precondition(number.description == text, "a number is its text") }
      _ = MemberNumber(typed: text)
      _ = RequestCode(typed: text)
      if let handle = Handle(text) { precondition(handle.description == text, "a handle is its text") }
      if let origin = Origin(text) { precondition(origin.description == text, "an origin is its text") }
      if let period = ClosingPeriod(text) { precondition(period.description == text, "a period is its text") }
    },
    FuzzTarget(name: "key-file", bytesMax: 2_048) { bytes in
      _ = try? KeyFile(parsing: bytes)
    },
  ]

  private static let key = VerifierKey(
    name: "mel.example/lille", publicKey: SecretKey(seed: Array(repeating: 1, count: 32))!.publicKey)

  private static let currencies: [Currency] = [0, 2, 6].map { scale in
    Currency(
      code: CurrencyCode("MEL")!, kind: .mutual, scale: scale, name: FreeText("Mel")!,
      limits: BalanceLimits(floor: nil, ceiling: nil))
  }
}
