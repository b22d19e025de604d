/// One signature of a note: `— <key name> <base64(key id ‖ signature)>` (C2SP signed-note).
public struct SignatureLine: Hashable, Sendable {
  /// The em dash and the space a line starts with.
  static let prefix: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

  let exactName: ExactText
  /// What stands in base64 on the line: four bytes of key id, then the payload, at least one byte.
  private let signed: [UInt8]

  private static let keyIDBytes = 4

  /// The first four bytes of what stands on the line; see ``VerifierKey/keyID``.
  public var keyID: UInt32 {
    signed.prefix(SignatureLine.keyIDBytes).reduce(0) { $0 << 8 | UInt32($1) }
  }

  /// What follows the key id: 64 bytes for Ed25519, other lengths for other kinds of keys, at least one.
  public var payload: [UInt8] { Array(signed[SignatureLine.keyIDBytes...]) }

  /// The name of the key that signed.
  public var name: String { exactName.string }

  /// Puts a line together; `nil` for a name that no line can hold, or an empty payload.
  public init?(name: String, keyID: UInt32, payload: [UInt8]) {
    guard KeyName.isValid(name), !payload.isEmpty else { return nil }
    (exactName, signed) = (ExactText(name), VerifierKey.bytes(of: keyID) + payload)
  }

  /// The line of an Ed25519 signature. A name that no line could hold is a programmer's error.
  public init(name: String, publicKey: PublicKey, signature: Signature) {
    precondition(KeyName.isValid(name), "not a name of a key")
    let keyID = VerifierKey.keyID(name: name, publicKey: publicKey)
    (exactName, signed) = (ExactText(name), VerifierKey.bytes(of: keyID) + signature.bytes)
  }

  /// Reads a line of a text, without its LF.
  init(parsing text: [UInt8], in line: Range<Int>) throws(NoteError) {
    let prefix = SignatureLine.prefix
    guard line.count >= prefix.count, text.holds(prefix, at: line.lowerBound) else {
      throw .malformed("a signature line does not start with an em dash and a space")
    }
    let rest = text[line.lowerBound + prefix.count..<line.upperBound]
    guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let name = KeyName.parse(rest[..<space]) else {
      throw .malformed("a signature line has no valid key name")
    }
    guard let bytes = Base64.decode(rest[(space + 1)...]),
      bytes.count > SignatureLine.keyIDBytes
    else {
      throw .malformed("a signature is not canonical base64 of at least five bytes")
    }
    (exactName, signed) = (ExactText(name), bytes)
  }

  /// The payload as an Ed25519 signature, `nil` where it is not 64 bytes long.
  public var signature: Signature? { Signature(signed[SignatureLine.keyIDBytes...]) }

  /// The line with its LF.
  public var bytes: [UInt8] {
    var line: [UInt8] = []
    append(to: &line)
    return line
  }

  /// Bytes of the line with its LF.
  var byteCount: Int {
    SignatureLine.prefix.count + name.utf8.count + 2 + Base64.encodedCount(signed.count)
  }

  func append(to text: inout [UInt8]) {
    text += SignatureLine.prefix
    text.append(utf8: name)
    text.append(UInt8(ascii: " "))
    Base64.append(signed, to: &text)
    text.append(UInt8(ascii: "\n"))
  }
}
