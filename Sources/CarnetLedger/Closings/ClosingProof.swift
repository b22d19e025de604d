public import CarnetNotes

/// Why a closing proof proves nothing.
public enum ClosingProofError: Error, Hashable, Sendable {
  /// The receipt in it does not verify.
  case receipt(ReceiptError)
  /// The record is not of its form, or its number is not its place.
  case record
  /// A signature under the closing does not verify.
  case signature
  /// The record is no closing of that cutoff.
  case notTheClosing
  /// The closing has no tree of that currency and sign, or one of another depth.
  case noTree
  /// The balance and its neighbours lead to another total or another root.
  case rootDiffers
}

extension ClosingProofError: CustomStringConvertible {
  /// One sentence, lower case, without full stop.
  public var description: String {
    switch self {
    case .receipt(let error): "the receipt of the closing: \(error)"
    case .record: "the record is not of its form"
    case .signature: "a signature under the closing does not verify"
    case .notTheClosing: "the record is no closing of that cutoff"
    case .noTree: "the closing has no such tree"
    case .rootDiffers: "the balance is not counted in the total of the closing"
    }
  }
}

/// That one balance is counted in the total of a closing, in a text that is complete in itself.
///
/// It shows its reader that balance, the value of one neighbour without a name, and sums.
public struct ClosingProof: Hashable, Sendable {
  /// Bytes of a proof.
  public static let bytesMax = Limits.closingProofBytesMax

  private static let header = "closing-proof/v1"

  public let ledger: Origin
  /// The number of the cutoff's record.
  public let cutoff: UInt64
  public let account: AccountID
  public let sign: BalanceSign
  /// Minor units, the absolute value of the balance.
  public let value: Int64
  public let salt: Digest
  /// The leaf's place.
  public let index: UInt64
  /// From the leaf's sibling up.
  public let path: [SumTree.Node]
  /// Of the closing's record.
  public let receipt: Receipt

  init(
    ledger: Origin, cutoff: UInt64, account: AccountID, sign: BalanceSign, value: Int64, salt: Digest,
    index: UInt64, path: [SumTree.Node], receipt: Receipt
  ) {
    (self.ledger, self.cutoff, self.account) = (ledger, cutoff, account)
    (self.sign, self.value, self.salt) = (sign, value, salt)
    (self.index, self.path, self.receipt) = (index, path, receipt)
  }

  /// Minor units.
  public var balance: Int64 { sign == .minus ? -value : value }

  /// SHA-256(`liability/v1\n` origin `\n` cutoff `\n` account `\n` ‖ salt).
  package static func blind(origin: Origin, cutoff: UInt64, account: AccountName, salt: Digest) -> Digest {
    var builder = DigestBuilder()
    builder.append("liability/v1\n\(origin)\n\(cutoff)\n\(account)\n")
    builder.append(salt)
    return builder.digest()
  }

  /// Reads a proof. What is accepted writes back to the same bytes; nothing is verified yet.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Limits.closingProofBytesMax else {
      throw .tooLarge(limit: Limits.closingProofBytesMax)
    }
    var reader = TextReader(bytes)
    try reader.line(ClosingProof.header)
    ledger = try reader.value("ledger", "a ledger's origin") { Origin($0) }
    cutoff = try reader.unsigned("cutoff")
    let name = try reader.value("account", "an account") { AccountName($0) }
    account = AccountID(name, try reader.currency("currency"))
    sign = try reader.word("sign", as: BalanceSign.self)
    value = try reader.integer("value", in: 0...Quantity.max)
    salt = try reader.digest("salt")
    index = try reader.unsigned("index")
    path = try ClosingProof.path(from: &reader)
    try reader.blankLine()
    receipt = try Receipt(parsing: Array(reader.rest))
  }

  private static func path(from reader: inout TextReader) throws(NoteError) -> [SumTree.Node] {
    var path: [SumTree.Node] = []
    while reader.isNext("node") {
      guard path.count < SumTree.depthMax else { throw .malformed("too many nodes") }
      let values: InlineArray<2, ArraySlice<UInt8>> = try reader.fields("node")
      guard let sum = DecimalText.signed(values[0]), let hash = Digest(base64Bytes: values[1]),
        let node = SumTree.Node(sum: sum, hash: hash)
      else { throw .malformed("a node is not a sum and a hash") }
      path.append(node)
    }
    return path
  }

  /// The proof on the wire and on disk.
  public var bytes: [UInt8] {
    var writer = TextWriter(capacity: 4_096)
    writer.line(ClosingProof.header)
    writer.field("ledger", ledger.description)
    writer.field("cutoff", cutoff)
    writer.field("account", account.name.description)
    writer.field("currency", account.currency)
    writer.field("sign", sign.rawValue)
    writer.field("value", value)
    writer.field("salt", base64: salt.bytes)
    writer.field("index", index)
    for node in path { writer.field("node", ["\(node.sum)", node.hash.base64]) }
    writer.blankLine()
    writer.append(receipt.bytes)
    return writer.bytes
  }

  /// What a proof that holds says.
  public struct Verified: Sendable {
    public let closing: Closing
    /// The tree the balance is counted in.
    public let total: ClosingTotal
    /// The closing's record.
    public let record: Record
    public let checkpoint: SignedCheckpoint
  }

  /// Verifies without any network: the ledger's tree holds the closing, officers signed it, and the balance is counted
  /// in its total.
  public func verify(ledger key: VerifierKey) throws(ClosingProofError) -> Verified {
    let checkpoint: SignedCheckpoint
    do throws(ReceiptError) { checkpoint = try receipt.verify(ledger: key) } catch { throw .receipt(error) }
    guard let record = try? Record(parsing: receipt.record), record.number == receipt.index,
      record.ledger == ledger, checkpoint.checkpoint.belongs(to: ledger)
    else { throw .record }
    guard record.signaturesAreValid else { throw .signature }
    guard case .closing(let closing) = record.text.operation, closing.cutoff == cutoff else {
      throw .notTheClosing
    }
    guard let total = closing.totals.first(where: { $0.currency == account.currency && $0.sign == sign }),
      total.leaves == UInt64(1) << UInt64(path.count)
    else { throw .noTree }
    let blind = ClosingProof.blind(origin: ledger, cutoff: cutoff, account: account.name, salt: salt)
    guard let leaf = SumTree.leaf(value: value, blind: blind),
      let root = SumTree.root(leaf: leaf, index: index, path: path), root == total.node
    else { throw .rootDiffers }
    return Verified(closing: closing, total: total, record: record, checkpoint: checkpoint)
  }
}
