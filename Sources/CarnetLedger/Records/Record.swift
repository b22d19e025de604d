public import CarnetNotes

/// A note that the ledger accepted, with its number, its time and its postings: one leaf of the tree.
///
/// A class, since it passes through many hands and never changes; equal to any other of the same content.
public final class Record: Hashable, Sendable {
  /// From 0, without gaps.
  public let number: UInt64
  /// When the ledger accepted it; never before the record in front of it.
  public let time: Timestamp
  public let postings: Postings
  /// Who signed, with which key, in the order of the note's lines; written only where more than one did.
  public let signers: [Signer]
  /// The note with exactly the lines that counted.
  public let note: SignedNote
  public let text: NoteText

  /// A signature that counted: by a member, or by the ledger itself (`nil`).
  public struct Signer: Hashable, Sendable {
    public let member: MemberNumber?
    public let key: PublicKey

    public init(member: MemberNumber?, key: PublicKey) {
      (self.member, self.key) = (member, key)
    }

    /// The key under the name its line carries.
    public func verifierKey(at origin: Origin) -> VerifierKey {
      guard let member else { return VerifierKey(origin: origin, publicKey: key) }
      return VerifierKey(name: NoteText.keyName(member, at: origin), publicKey: key)
    }
  }

  /// Puts a record together. Signers and lines correspond one to one, or the caller is at fault.
  package init(
    number: UInt64, time: Timestamp, postings: Postings, signers: [Signer], note: SignedNote, text: NoteText
  ) {
    precondition(signers.count == note.lines.count, "a signer for each line")
    (self.number, self.time, self.postings, self.signers) = (number, time, postings, signers)
    (self.note, self.text) = (note, text)
  }

  public static func == (left: Record, right: Record) -> Bool {
    left === right
      || left.number == right.number && left.time == right.time && left.postings == right.postings
        && left.signers == right.signers && left.note == right.note && left.text == right.text
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(number)
    hasher.combine(note)
  }

  public var ledger: Origin { text.ledger }

  /// The leaf: SHA-256 over 0x00 and these bytes is its hash in the tree.
  public var bytes: [UInt8] {
    var writer = TextWriter(capacity: note.text.count + 512)
    writeHead(to: &writer)
    writer.append(note.bytes)
    return writer.bytes
  }

  /// Everything in front of the note, the blank line included.
  private func writeHead(to writer: inout TextWriter) {
    writer.line("record/v1")
    writer.field("ledger", text.ledger.description)
    writer.field("number", number)
    writer.field("time", time.milliseconds)
    for leg in postings.legs {
      writer.field("post") { text in
        leg.account.name.append(to: &text)
        text.append(UInt8(ascii: " "))
        leg.account.currency.append(to: &text)
        text.append(UInt8(ascii: " "))
        DecimalText.append(leg.amount, to: &text)
      }
    }
    if signers.count > 1 {
      for signer in signers {
        writer.field("sign", [signer.member?.description ?? "-", signer.key.base64])
      }
    }
    writer.blankLine()
  }
}

extension Record {
  /// Reads a record. What is accepted writes back to the same bytes; no signature is verified yet.
  public convenience init(parsing bytes: [UInt8]) throws(NoteError) {
    try self.init(form: bytes, likelyOf: nil)
    guard linesAreTheSigners else {
      throw .malformed("the signers are not those of the signature lines")
    }
  }

  /// Whether each line is by the key and under the name of its signer.
  package var linesAreTheSigners: Bool {
    zip(signers, note.lines).allSatisfy { $0.verifierKey(at: ledger).matches($1) }
  }

  /// Reads a record and leaves ``linesAreTheSigners`` to be asked: many records are read faster so.
  ///
  /// - Parameter origin: the ledger it most likely is of.
  package convenience init(form bytes: [UInt8], likelyOf origin: Origin?) throws(NoteError) {
    guard bytes.count <= Receipt.recordBytesMax else { throw .tooLarge(limit: Receipt.recordBytesMax) }
    var reader = TextReader(bytes)
    try reader.line("record/v1")
    let ledger = try reader.value("ledger", "a ledger's origin") { Origin($0, known: origin) }
    let number = try reader.unsigned("number")
    let time = Timestamp(milliseconds: try reader.integer("time", in: Timestamp.millisecondsRange))
    let postings = try Record.postings(from: &reader)
    let signs = try Record.signs(from: &reader)
    try reader.blankLine()
    let note = try SignedNote(parsing: bytes, from: reader.rest.startIndex)
    let text: NoteText
    do { text = try NoteText(parsing: note.text, likelyFor: ledger) } catch {
      throw .malformed("the note: \(error.code)")
    }
    guard text.ledger == ledger else { throw .malformed("record and note name different ledgers") }
    let signers = signs ?? [Signer(member: text.signer, key: text.key)]
    guard signers.count == note.lines.count, signers.first == Signer(member: text.signer, key: text.key)
    else { throw .malformed("the signers are not those of the signature lines") }
    self.init(number: number, time: time, postings: postings, signers: signers, note: note, text: text)
    // The note writes back to its own bytes as it is.
    var head = TextWriter(capacity: 256)
    writeHead(to: &head)
    guard bytes.holds(head.bytes, at: 0) else { throw .malformed("not the one form of this record") }
  }

  /// Whether each signature covers the note, by the keys that the record names; that the lines are theirs was asked when
  /// the record was read.
  public var signaturesAreValid: Bool {
    zip(signers, note.lines).allSatisfy { signer, line in
      line.signature.map { signer.key.isValid($0, for: note.text) } ?? false
    }
  }

  private static func postings(from reader: inout TextReader) throws(NoteError) -> Postings {
    var legs: [Posting] = []
    legs.reserveCapacity(2)
    while reader.isNext("post") {
      guard legs.count < Postings.countMax else { throw .malformed("too many postings") }
      let values: InlineArray<3, ArraySlice<UInt8>> = try reader.fields("post")
      guard let name = AccountName(values[0]), let code = CurrencyCode(values[1]),
        let amount = DecimalText.signed(values[2])
      else { throw .malformed("a posting is not account, currency and amount") }
      legs.append(Posting(AccountID(name, code), amount))
    }
    guard let postings = Postings(legs) else { throw .malformed("the postings do not balance") }
    return postings
  }

  /// `nil` where the record has no `sign` lines.
  private static func signs(from reader: inout TextReader) throws(NoteError) -> [Signer]? {
    guard reader.isNext("sign") else { return nil }
    var signs: [Signer] = []
    while reader.isNext("sign") {
      guard signs.count < SignedNote.linesMax else { throw .malformed("too many signers") }
      let values: InlineArray<2, ArraySlice<UInt8>> = try reader.fields("sign")
      let isLedger = values[0].elementsEqual([UInt8(ascii: "-")])
      let member = MemberNumber(values[0])
      guard isLedger || member != nil, let key = PublicKey(base64Bytes: values[1]) else {
        throw .malformed("a signer is not number and key")
      }
      signs.append(Signer(member: member, key: key))
    }
    return signs
  }
}
