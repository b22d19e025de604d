public import CarnetNotes

/// The text of a note: which ledger, who signs, what is asked, until when, under which key.
///
/// A value of this type writes to one sequence of bytes, and only those bytes read back as it. A class, since it passes
/// through many hands and never changes.
public final class NoteText: Hashable, Sendable {
  public let ledger: Origin
  /// The member in the third line.
  public let signer: MemberNumber
  public let operation: Operation
  public let nonce: Nonce
  /// Unix seconds after which the note is refused, see ``isExpired(at:)``.
  public let until: Int64
  /// The signer's key.
  public let key: PublicKey

  /// The text with its final LF.
  public let bytes: [UInt8]

  /// Writes a text.
  public init(
    ledger: Origin, signer: MemberNumber, operation: Operation, nonce: Nonce, until: Int64, key: PublicKey
  ) {
    (self.ledger, self.signer, self.operation) = (ledger, signer, operation)
    (self.nonce, self.until, self.key) = (nonce, until, key)
    var writer = TextWriter(capacity: 768)
    writer.line(operation.kind.header)
    writer.field("ledger", ledger.description)
    writer.field(operation.kind.signerField, signer)
    operation.write(to: &writer)
    writer.field("nonce", base64: nonce.bytes)
    writer.field("until", until)
    writer.field("key", key)
    bytes = writer.bytes
  }

  public static func == (left: NoteText, right: NoteText) -> Bool {
    left === right || left.bytes == right.bytes
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// Reads a text.
  ///
  /// - Parameter origin: the ledger it most likely is for.
  /// - Throws: ``Refusal/unknownKind``, ``Refusal/malformed(_:)`` or ``Refusal/notCanonical``.
  public convenience init(parsing text: [UInt8], likelyFor origin: Origin? = nil) throws(Refusal) {
    guard let kind = NoteKind(header: text.prefix { $0 != UInt8(ascii: "\n") }) else { throw .unknownKind }
    var reader = TextReader(text)
    do throws(NoteError) {
      try reader.line(kind.header)
      try self.init(kind, from: &reader, likelyFor: origin)
    } catch { throw Refusal(error) }
    // The readers are strict, so this never fires unless one of them has a fault: the rule is asked all the same.
    guard bytes == text else { throw .notCanonical }
  }

  private convenience init(
    _ kind: NoteKind, from reader: inout TextReader, likelyFor origin: Origin?
  ) throws(NoteError) {
    let ledger = try reader.value("ledger", "a ledger's origin") { Origin($0, known: origin) }
    let signer = try reader.number(kind.signerField)
    let operation = try Operation(kind, from: &reader)
    let nonce = try reader.base64("nonce", count: Nonce.byteCount)
    let until = try reader.integer("until")
    let key = try reader.publicKey("key")
    try reader.end()
    guard let nonce = Nonce(nonce) else { throw .malformed("a nonce has \(Nonce.byteCount) bytes") }
    self.init(ledger: ledger, signer: signer, operation: operation, nonce: nonce, until: until, key: key)
  }

  /// SHA-256 of the text. Computed anew each time.
  public var id: NoteID { Digest.sha256(bytes) }

  /// Whether the ledger's time is past the note's.
  public func isExpired(at time: Timestamp) -> Bool {
    time > Timestamp(seconds: until)
  }

  /// The member that the note's card, reason or reference is about: with them these texts are erased.
  package var textSubject: MemberNumber? {
    switch operation {
    case .genesis: signer
    case .member(let enrolment): enrolment.number
    case .card(let change): change.number
    case .role(let change): change.number
    case .accreditation(let change): change.number
    case .status(let change): change.number
    case .limits(let change): change.number
    case .settle(let settlement): settlement.from
    case .request: signer
    case .rules, .ledgerKey, .currency, .setting, .key, .payment, .cheque, .cancel, .void, .change,
      .reconversion,
      .reversal, .euro, .erase, .cutoff, .closing, .access:
      nil
    }
  }

  /// The keys that a record of this note enrols, with whose they are.
  public var enrols: [Record.Signer] {
    switch operation {
    case .genesis(let genesis):
      [.init(member: signer, key: key), .init(member: nil, key: genesis.ledgerKey)]
    case .member(let enrolment): [.init(member: enrolment.number, key: enrolment.memberKey)]
    case .key(let change) where change.action == .add: [.init(member: change.number, key: change.memberKey)]
    case .ledgerKey(let change): [.init(member: nil, key: change.new)]
    default: []
    }
  }

  /// The name a member's key signs under: `<origin>/<number>`.
  public static func keyName(_ number: MemberNumber, at origin: Origin) -> String {
    "\(origin)/\(number)"
  }
}
