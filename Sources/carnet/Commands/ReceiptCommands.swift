import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Proofs that a member keeps.
enum ReceiptCommands {
  static let all = [
    CommandSpec(
      path: ["receipt", "show"], summary: .commandReceiptShow, operands: [.init(name: "ID")],
      options: [OptionSpec(name: "--out", value: "FILE", summary: .optionOut)],
      examples: ["receipt show 1042", "receipt show 1042 --out recu.txt"], run: show),
    CommandSpec(
      path: ["receipt", "verify"], summary: .commandReceiptVerify, operands: [.init(name: "FILE")],
      options: [OptionSpec(name: "--vkey", value: "VKEY", isRequired: true, summary: .optionVerifierKey)],
      examples: ["receipt verify recu.txt --vkey mel.example/lille+2b4f0c11+AdO…"], run: verify),
    CommandSpec(
      path: ["receipt", "list"], summary: .commandReceiptList, examples: ["receipt list"], run: list),
  ]

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      _ = try session.authorized(.account)
      let id = invocation.required(0)
      let info = try session.info()
      let receipt: Receipt
      if let noteID = NoteID(hex: id), let kept = try session.folder().receipt(noteID) {
        receipt = kept
      } else {
        receipt = try session.client.receipt(id, ledger: info.verifierKey)
      }
      if let path = invocation["--out"] {
        try FileText.write(receipt.bytes, to: path, context.language)
        context.output.message(Phrase.saidWritten(context.language, path))
      } else {
        let text = String(decoding: receipt.bytes, as: UTF8.self)
        context.show(.object(["receipt": .string(text)])) { [String(text.dropLast())] }
      }
      return ExitStatus.done.rawValue
    }
  }

  /// Works without network and without ledger: leaf, the ledger's signature, the place in the tree, the signatures.
  @Sendable private static func verify(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let key = VerifierKey(invocation["--vkey"] ?? "") else {
      throw Failure(exit: .badData, code: "bad-key", message: Phrase.errorVerifierKey(language))
    }
    let bytes = try FileText.read(invocation.required(0), language)
    let invalid = { (reason: String) in
      Failure(exit: .badData, code: "receipt-invalid", message: Phrase.errorReceipt(language, reason))
    }
    let (receipt, checkpoint): (Receipt, Checkpoint)
    do throws(NoteError) { receipt = try Receipt(parsing: bytes) } catch { throw invalid(error.description) }
    do throws(ReceiptError) { checkpoint = try receipt.verify(ledger: key) } catch {
      throw invalid(error.description)
    }
    let record: Record
    do throws(NoteError) { record = try Record(parsing: receipt.record) } catch {
      throw invalid(error.description)
    }
    guard record.number == receipt.index, record.ledger.description == key.name else {
      throw invalid("record")
    }
    guard record.signaturesAreValid else { throw invalid(Refusal.badSignature.message(in: language)) }
    context.show(json(record, checkpoint)) { lines(record, checkpoint, language) }
    return ExitStatus.done.rawValue
  }

  private static func json(_ record: Record, _ checkpoint: Checkpoint) -> JSON {
    .object([
      "valid": .bool(true), "ledger": .string(record.ledger.description),
      "number": .integer(Int64(record.number)),
      "time": .string(record.time.rfc3339), "kind": .string(record.text.operation.kind.rawValue),
      "id": .string(record.text.id.hex),
      "postings": .array(
        record.postings.legs.map { leg in
          .object([
            "account": .string(leg.account.name.description),
            "currency": .string(leg.account.currency.description),
            "amount": .integer(leg.amount),
          ])
        }), "size": .integer(Int64(checkpoint.size)),
    ])
  }

  private static func lines(_ record: Record, _ checkpoint: Checkpoint, _ language: Language) -> [String] {
    var lines = [
      Phrase.saidReceiptValid(language, record.ledger.description, "\(record.number)", "\(checkpoint.size)"),
      Phrase.saidReceiptTime(language, record.time.rfc3339),
    ]
    for leg in record.postings.legs {
      let sign = leg.amount > 0 ? "+" : ""
      lines.append("  \(leg.account.name)  \(sign)\(leg.amount) \(leg.account.currency)")
    }
    return lines + [
      Phrase.saidReceiptSigned(
        language, record.signers.compactMap { $0.member?.description }.joined(separator: ", "))
    ]
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let folder = try session.folder()
      var rows: [(NoteID, Record)] = []
      for id in folder.receiptIDs {
        guard let receipt = try folder.receipt(id), let record = try? Record(parsing: receipt.record) else {
          continue
        }
        rows.append((id, record))
      }
      rows.sort { $0.1.number < $1.1.number }
      context.show(
        .array(
          rows.map { id, record in
            .object([
              "id": .string(id.hex), "number": .integer(Int64(record.number)),
              "time": .string(record.time.rfc3339),
              "kind": .string(record.text.operation.kind.rawValue),
            ])
          })
      ) {
        rows.map { "\($0.1.number)  \($0.1.time.rfc3339)  \($0.1.text.operation.kind.rawValue)  \($0.0.hex)" }
      }
      return ExitStatus.done.rawValue
    }
  }
}
