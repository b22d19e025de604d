public import CarnetLedger
public import CarnetNotes

/// A payment that was signed without any network and is handed from one person to another: a text of ASCII that a file,
/// a QR code or a sheet of paper carries.
///
///     carnet-cheque/v1
///     <the text of a note of kind `cheque`, as it was signed>
///     <blank line>
///     signature <base64 of 64 bytes>
///     salt <base64 of 32 bytes>        these two only where the note has a memo
///     text <base64 of the memo>
///
/// The signature line of the note follows from its text, so that no byte outside ASCII is needed. Being one says that
/// the form is right; ``isSignatureValid`` says whether it was signed. It is not paid before its ledger has recorded it.
public struct Cheque: Hashable, Sendable {
  /// Bytes of a cheque.
  public static let bytesMax = Limits.chequeBytesMax
  /// Bytes of a memo in UTF-8.
  public static let memoBytesMax = Limits.chequeMemoBytesMax

  private static let header = "carnet-cheque/v1"

  /// What was signed.
  public let text: NoteText
  /// Payee, currency, amount.
  public let payment: Payment
  /// By the key in the text; see ``isSignatureValid``.
  public let signature: Signature
  /// The text behind the note's hash.
  public let memo: SubmittedText?
  /// The cheque on paper and on disk.
  public let bytes: [UInt8]

  /// Makes a cheque of a signed note; `nil` where that is no note of kind `cheque` under one signature, or the memo is
  /// not the one in it, or too long.
  public init?(_ note: SignedNote, memo: SubmittedText?) {
    guard let text = try? NoteText(parsing: note.text), note.lines.count == 1,
      let signature = note.lines.first?.signature
    else { return nil }
    do throws(NoteError) { try self.init(text, signature, memo) } catch { return nil }
    guard self.note == note else { return nil }
  }

  /// Reads a cheque. What is accepted writes back to the same bytes; its signature is not looked at yet.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Limits.chequeBytesMax else { throw .tooLarge(limit: Limits.chequeBytesMax) }
    var reader = TextReader(bytes)
    try reader.line(Cheque.header)
    let noteText = Cheque.untilBlankLine(reader.rest)
    let text: NoteText
    do throws(Refusal) { text = try NoteText(parsing: noteText) } catch { throw .malformed(error.code) }
    reader = TextReader(Array(reader.rest.dropFirst(noteText.count)))
    try reader.blankLine()
    guard let signature = Signature(try reader.base64("signature", count: Signature.byteCount)) else {
      throw .malformed("a signature has \(Signature.byteCount) bytes")
    }
    var memo: SubmittedText?
    if text.operation.textHash != nil {
      let salt = try reader.base64("salt", count: SaltedText.saltBytes)
      memo = SubmittedText(salt: salt, text: try reader.base64("text", countMax: Limits.chequeMemoBytesMax))
    }
    try reader.end()
    try self.init(text, signature, memo)
    // The readers are strict, so this never fires unless one of them has a fault: it is asked all the same.
    guard self.bytes == bytes else { throw .malformed("not written in its one form") }
  }

  private init(_ text: NoteText, _ signature: Signature, _ memo: SubmittedText?) throws(NoteError) {
    guard case .cheque(let payment) = text.operation else { throw .malformed("the note is no cheque") }
    guard Timestamp.millisecondsRange.contains(Timestamp(seconds: text.until).milliseconds) else {
      throw .malformed("the cheque ends beyond all calendars")
    }
    guard memo?.hash == payment.memo else { throw .malformed("the memo is not the one that was signed") }
    guard memo.map({ (1...Limits.chequeMemoBytesMax).contains($0.text.count) }) ?? true else {
      throw .malformed("the memo is empty or longer than \(Limits.chequeMemoBytesMax) bytes")
    }
    (self.text, self.payment, self.signature, self.memo) = (text, payment, signature, memo)
    bytes = Cheque.written(text, signature, memo)
  }

  private static func written(_ text: NoteText, _ signature: Signature, _ memo: SubmittedText?) -> [UInt8] {
    var writer = TextWriter(capacity: Limits.chequeBytesMax)
    writer.line(header)
    writer.append(text.bytes)
    writer.blankLine()
    writer.field("signature", base64: signature.bytes)
    if let memo {
      writer.field("salt", base64: memo.salt)
      writer.field("text", base64: memo.text)
    }
    return writer.bytes
  }

  /// The bytes in front of the first blank line; all of them where there is none.
  private static func untilBlankLine(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let lineFeed = UInt8(ascii: "\n")
    let end = zip(bytes.indices, bytes.indices.dropFirst())
      .first { bytes[$0] == lineFeed && bytes[$1] == lineFeed }
    return Array(bytes[..<(end?.1 ?? bytes.endIndex)])
  }

  /// The note's id, by which a ledger records it once.
  public var id: NoteID { text.id }

  /// Who pays.
  public var payer: MemberNumber { text.signer }

  /// The first moment at which it can no longer be recorded lies behind this one.
  public var end: Timestamp { Timestamp(seconds: text.until) }

  /// The note as a ledger takes it.
  public var note: SignedNote {
    let line = SignatureLine(
      name: NoteText.keyName(text.signer, at: text.ledger), publicKey: text.key, signature: signature)
    guard let note = try? SignedNote(text: text.bytes, lines: [line]) else {
      preconditionFailure("a text of the ledger's grammar and one line are a note")
    }
    return note
  }

  /// Whether the key in the text signed it.
  public var isSignatureValid: Bool { text.key.isValid(signature, for: text.bytes) }
}

/// What is known of a cheque; without asking its ledger that is never the last word.
public enum ChequeState: String, Hashable, Sendable, CaseIterable {
  /// Neither known to be recorded nor to be cancelled, and not expired.
  case notYetPaid = "not-yet-paid"
  /// A record, with a receipt or by the ledger's word.
  case cashed
  /// The payer took it back: it will never be recorded.
  case void
  /// Its time is over; whether it was cashed before is not known.
  case expired
}
