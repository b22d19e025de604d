/// A text with the signatures of one or more keys (C2SP signed-note).
///
/// Being one says that the form is right: UTF-8, no control character but LF, a text that ends in LF, a blank line,
/// 1 to 16 signature lines, at most 16 KiB. Whether a signature is valid is asked with a key.
public struct SignedNote: Hashable, Sendable {
  /// Bytes of a note, signature lines included.
  public static let bytesMax = Limits.noteBytesMax
  /// Signature lines of a note.
  public static let linesMax = Limits.signatureLinesMax

  /// What is signed, with its final LF.
  public let text: [UInt8]
  /// The signatures, in the order of the note.
  public let lines: [SignatureLine]

  private init(checkedText text: [UInt8], lines: [SignatureLine]) {
    (self.text, self.lines) = (text, lines)
  }

  /// Reads a note. What is accepted serialises to the same bytes.
  public init(parsing bytes: [UInt8]) throws(NoteError) {
    try self.init(parsing: bytes, from: 0)
  }

  /// Reads the note that begins somewhere in a text and ends with it.
  package init(parsing bytes: [UInt8], from start: Int) throws(NoteError) {
    guard bytes.count - start <= Limits.noteBytesMax else { throw .tooLarge(limit: Limits.noteBytesMax) }
    guard bytes.last == UInt8(ascii: "\n") else { throw .malformed("the note does not end in a line feed") }
    try SignedNote.checkCharacters(bytes)
    guard let blank = SignedNote.lastBlankLine(in: bytes, from: start) else {
      throw .malformed("no blank line parts text and signatures")
    }
    let lines = try SignedNote.parseLines(bytes, from: blank + 1)
    self.init(checkedText: Array(bytes[start..<blank]), lines: lines)
  }

  /// Puts text and lines together, held to the same form and limits as a note that was read.
  public init(text: [UInt8], lines: [SignatureLine]) throws(NoteError) {
    guard text.last == UInt8(ascii: "\n") else { throw .malformed("the text does not end in a line feed") }
    guard !lines.isEmpty else { throw .malformed("no signature line") }
    guard lines.count <= Limits.signatureLinesMax else {
      throw .malformed("more than \(Limits.signatureLinesMax) signature lines")
    }
    try SignedNote.checkCharacters(text)
    self.init(checkedText: text, lines: lines)
    guard byteCount <= Limits.noteBytesMax else { throw .tooLarge(limit: Limits.noteBytesMax) }
  }

  /// Signs a text under a key's name.
  public static func sign(_ text: [UInt8], name: String, with key: SecretKey) throws(NoteError) -> SignedNote
  {
    try SignedNote(text: text, lines: [line(for: text, name: name, with: key)])
  }

  /// The signature line of a key for a text.
  public static func line(for text: [UInt8], name: String, with key: SecretKey) -> SignatureLine {
    SignatureLine(name: name, publicKey: key.publicKey, signature: key.sign(text))
  }

  /// The same text with one more signature, last.
  public func adding(_ line: SignatureLine) throws(NoteError) -> SignedNote {
    try SignedNote(text: text, lines: lines + [line])
  }

  /// The same text with one more signature, last, made by `key`.
  public func adding(signatureBy key: SecretKey, name: String) throws(NoteError) -> SignedNote {
    try adding(SignedNote.line(for: text, name: name, with: key))
  }

  /// The note on the wire and on disk.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    bytes += text
    bytes.append(UInt8(ascii: "\n"))
    for line in lines { line.append(to: &bytes) }
    return bytes
  }

  /// SHA-256 of the text, never of the signatures. Computed anew each time.
  public var id: NoteID { Digest.sha256(text) }

  /// The known keys that signed the text, in the order given.
  ///
  /// Lines by unknown keys are ignored (C2SP signed-note, section Signatures).
  /// - Throws: ``NoteError/badSignature(_:)`` when a line bears a known key's name and id but does not verify,
  ///   ``NoteError/unsigned`` when no line is by a known key.
  public func signers(among keys: [VerifierKey]) throws(NoteError) -> [VerifierKey] {
    var signers: [VerifierKey] = []
    for key in keys {
      let own = lines.filter { key.matches($0) }
      guard own.allSatisfy({ key.isValid($0, for: text) }) else { throw .badSignature(key.name) }
      if !own.isEmpty { signers.append(key) }
    }
    guard !signers.isEmpty else { throw .unsigned }
    return signers
  }
}

extension SignedNote {
  /// Bytes of the whole note.
  private var byteCount: Int {
    lines.reduce(text.count + 1) { $0 + $1.byteCount }
  }

  private static func checkCharacters(_ bytes: [UInt8]) throws(NoteError) {
    guard !bytes.hasControlCharacter else {
      throw .malformed("a control character other than the line feed")
    }
    guard bytes.isUTF8 else { throw .malformed("not UTF-8") }
  }

  /// The index of the last LF that follows another LF of the note.
  private static func lastBlankLine(in bytes: [UInt8], from start: Int) -> Int? {
    var index = bytes.count - 1
    while index > start {
      if bytes[index] == UInt8(ascii: "\n") && bytes[index - 1] == UInt8(ascii: "\n") { return index }
      index -= 1
    }
    return nil
  }

  /// Reads the lines behind the blank line; the last byte is known to be LF.
  private static func parseLines(_ bytes: [UInt8], from start: Int) throws(NoteError) -> [SignatureLine] {
    var lines: [SignatureLine] = []
    var start = start
    while let end = bytes.firstLineFeed(from: start) {
      guard lines.count < Limits.signatureLinesMax else {
        throw .malformed("more than \(Limits.signatureLinesMax) signature lines")
      }
      lines.append(try SignatureLine(parsing: bytes, in: start..<end))
      start = end + 1
    }
    guard !lines.isEmpty else { throw .malformed("no signature line") }
    return lines
  }
}
