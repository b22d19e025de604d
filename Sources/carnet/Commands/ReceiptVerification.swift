import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// `carnet receipt verify`: no network, no ledger.
///
/// Leaf from the record, the ledger's signature, cosignatures against a policy, the place in the tree, the note's own
/// signatures, in that order.
enum ReceiptVerification {
  static let spec = CommandSpec(
    path: ["receipt", "verify"], summary: .commandReceiptVerify, operands: [.init(name: "FILE")],
    options: [
      OptionSpec(name: "--vkey", value: "VKEY", summary: .optionVerifierKey),
      OptionSpec(name: "--policy", value: "FILE", summary: .optionPolicy),
      OptionSpec(name: "--keys", value: "FILE,…", summary: .optionKeys),
    ],
    examples: [
      "receipt verify recu.txt --vkey mel.example/lille+2b4f0c11+AdO…",
      "receipt verify recu.txt --policy mel.policy --keys recu.txt.key-1",
    ], run: verify)

  private struct Verified {
    let record: Record
    let checkpoint: SignedCheckpoint
    /// Members whose keys are proven by the records that enrolled them.
    var proven: [MemberNumber] = []
  }

  private static func invalid(_ reason: String, _ language: Language) -> Failure {
    Failure(exit: .badData, code: "receipt-invalid", message: Phrase.errorReceipt(language, reason))
  }

  @Sendable private static func verify(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let policy = try invocation["--policy"].map { try PolicyFile.read($0, language) }
    let receipt = try read(invocation.required(0), language)
    let record = try record(in: receipt, language)
    let key = try key(invocation["--vkey"], policy, of: record.ledger, context)
    var verified = try verify(receipt, record, key, policy, language)
    for path in (invocation["--keys"] ?? "").split(separator: ",") {
      verified.proven += try proven(String(path), by: key, record, language)
    }
    let place = (try? context.wallet).flatMap { try? KnownPlace($0.ledger(record.ledger)) }
    context.show(json(verified)) { lines(verified, place, language) }
    return ExitStatus.done.rawValue
  }

  private static func read(_ path: String, _ language: Language) throws -> Receipt {
    let bytes = try FileText.read(path, language)
    do throws(NoteError) { return try Receipt(parsing: bytes) } catch {
      throw invalid(error.description, language)
    }
  }

  private static func record(in receipt: Receipt, _ language: Language) throws -> Record {
    do throws(NoteError) { return try Record(parsing: receipt.record) } catch {
      throw invalid(error.description, language)
    }
  }

  /// The key that was typed, the policy's for that ledger, or the pinned one.
  private static func key(
    _ text: String?, _ policy: CosignerPolicy?, of ledger: Origin, _ context: Context
  ) throws -> VerifierKey {
    if text == nil, let policy, !policy.logs.isEmpty {
      guard let log = policy.logs.first(where: { $0.key.name == ledger.description }) else {
        throw invalid(Phrase.errorPolicyOtherLog(context.language), context.language)
      }
      return log.key
    }
    return try Trusted.key(text, of: ledger, context)
  }

  private static func verify(
    _ receipt: Receipt, _ record: Record, _ key: VerifierKey, _ policy: CosignerPolicy?, _ language: Language
  ) throws -> Verified {
    let checkpoint: SignedCheckpoint
    do throws(ReceiptError) { checkpoint = try receipt.verify(ledger: key, policy: policy) } catch {
      throw invalid(error.description, language)
    }
    guard record.number == receipt.index, record.ledger.description == key.name else {
      throw invalid(Phrase.errorRecordPlace(language), language)
    }
    guard record.signaturesAreValid else {
      throw invalid(Refusal.badSignature.message(in: language), language)
    }
    return Verified(record: record, checkpoint: checkpoint)
  }

  /// The signers of the note whose keys the record in a further receipt enrols.
  private static func proven(
    _ path: String, by key: VerifierKey, _ note: Record, _ language: Language
  ) throws -> [MemberNumber] {
    let receipt = try read(path, language)
    let record = try record(in: receipt, language)
    _ = try verify(receipt, record, key, nil, language)
    let members = note.signers.filter { record.text.enrols.contains($0) }.compactMap(\.member)
    guard !members.isEmpty, record.number < note.number else {
      throw invalid(Phrase.errorKeyReceipt(language, path), language)
    }
    return members
  }

  private static func json(_ verified: Verified) -> JSON {
    let record = verified.record
    return .object([
      "valid": .bool(true), "ledger": .string(record.ledger.description),
      "number": .integer(Int64(record.number)),
      "time": .string(record.time.rfc3339), "kind": .string(record.text.operation.kind.rawValue),
      "id": .string(record.text.id.hex),
      "postings": Shapes.postings(record.postings),
      "size": .integer(Int64(verified.checkpoint.checkpoint.size)),
      "witnesses": .array(verified.checkpoint.witnesses.map { .string($0.name) }),
      "signers": .array(record.signers.map { .optional($0.member?.description) }),
      "proven_keys": .array(verified.proven.map { .string($0.description) }),
    ])
  }

  private static func lines(_ verified: Verified, _ place: KnownPlace?, _ language: Language) -> [String] {
    let (record, checkpoint) = (verified.record, verified.checkpoint)
    let words = ReceiptWords(place, language)
    var lines = [words.sentence(record)]
    lines += record.postings.legs.map { leg in
      "  \(words.name(leg.account.name))  \(leg.amount > 0 ? "+" : "")\(words.amount(leg))"
    }
    lines.append(
      Phrase.saidReceiptValid(
        language, record.ledger.description, "\(record.number)", "\(checkpoint.checkpoint.size)"))
    if !checkpoint.witnesses.isEmpty {
      lines.append(
        Phrase.saidReceiptWitnessed(language, checkpoint.witnesses.map(\.name).joined(separator: ", ")))
    }
    let signers = record.signers.compactMap { $0.member.map { words.name(.member($0)) } }
    lines.append(Phrase.saidReceiptSigned(language, signers.joined(separator: ", ")))
    if !verified.proven.isEmpty {
      lines.append(
        Phrase.saidReceiptKeys(language, verified.proven.map(\.description).joined(separator: ", ")))
    }
    return lines
  }
}

/// A record in plain words.
struct ReceiptWords {
  private let place: KnownPlace?
  private let language: Language

  init(_ place: KnownPlace?, _ language: Language) {
    (self.place, self.language) = (place, language)
  }

  func name(_ name: AccountName) -> String { place?.name(name) ?? name.description }

  func amount(_ leg: Posting) -> String { amount(leg.amount, leg.account.currency) }

  private func amount(_ minorUnits: Int64, _ code: CurrencyCode) -> String {
    place?.amount(minorUnits, code, language)
      ?? Phrase.wordMinorUnits(language, "\(minorUnits)", code.description)
  }

  /// Who paid whom what and when; for kinds without a payee, which kind of record.
  func sentence(_ record: Record) -> String {
    let text = record.text
    let signer = name(.member(text.signer))
    let time = String(record.time.rfc3339.prefix(16).map { $0 == "T" ? " " : $0 }) + " UTC"
    switch text.operation {
    case .payment(let payment):
      return Phrase.receiptPaid(
        language, signer, name(payment.to), amount(payment.amount, payment.currency), time)
    case .cheque(let payment):
      return Phrase.receiptPaidByCheque(
        language, signer, name(payment.to), amount(payment.amount, payment.currency), time)
    case .change(let change):
      return Phrase.receiptChanged(
        language, name(.member(change.to)), amount(change.amount, change.currency), time)
    case .reconversion(let reconversion):
      return Phrase.receiptReconverted(
        language, signer, amount(reconversion.amount, reconversion.currency), time)
    case .reversal(let reversal):
      return Phrase.receiptReversed(language, "\(reversal.record)", signer, time)
    default: return Phrase.receiptOther(language, text.operation.kind.rawValue, signer, time)
    }
  }
}
