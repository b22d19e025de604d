/// One signature of a note: `— <key name> <base64(key id ‖ signature)>` (C2SP signed-note).
public struct SignatureLine: Hashable, Sendable {
  /// The em dash and the space a line starts with.
  static let prefix: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

  /// The first four bytes of the payload on the line; see ``VerifierKey/keyID``.
  public let keyID: UInt32
  /// What follows the key id: 64 bytes for Ed25519, other lengths for other kinds of keys, at least one.
  public let payload: [UInt8]
  let exactName: ExactText

  /// The name of the key that signed.
  public var name: String { exactName.string }

  /// Puts a line together; `nil` for a name that no line can hold, or an empty payload.
  public init?(name: String, keyID: UInt32, payload: [UInt8]) {
    guard KeyName.isValid(name), !payload.isEmpty else { return nil }
    (exactName, self.keyID, self.payload) = (ExactText(name), keyID, payload)
  }

  /// The line of an Ed25519 signature. A name that no line could hold is a programmer's error.
  public init(name: String, publicKey: PublicKey, signature: Signature) {
    precondition(KeyName.isValid(name), "not a name of a key")
    (exactName, payload) = (ExactText(name), signature.bytes)
    keyID = VerifierKey.keyID(name: name, publicKey: publicKey)
  }

  /// Reads a line without its LF.
  init(parsing line: ArraySlice<UInt8>) throws(NoteError) {
    guard line.starts(with: SignatureLine.prefix) else {
      throw .malformed("a signature line does not start with an em dash and a space")
    }
    let rest = line.dropFirst(SignatureLine.prefix.count)
    guard let space = rest.firstIndex(of: UInt8(ascii: " ")), let name = KeyName.parse(rest[..<space]) else {
      throw .malformed("a signature line has no valid key name")
    }
    guard let bytes = Base64.decode(rest[(space + 1)...]), bytes.count > 4 else {
      throw .malformed("a signature is not canonical base64 of at least five bytes")
    }
    exactName = ExactText(name)
    keyID = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    payload = Array(bytes[4...])
  }

  /// The payload as an Ed25519 signature, `nil` where it is not 64 bytes long.
  public var signature: Signature? { Signature(payload) }

  /// The line with its LF.
  public var bytes: [UInt8] {
    var line: [UInt8] = []
    append(to: &line)
    return line
  }

  /// Bytes of the line with its LF.
  var byteCount: Int {
    SignatureLine.prefix.count + name.utf8.count + 2 + Base64.encodedCount(4 + payload.count)
  }

  func append(to text: inout [UInt8]) {
    text += SignatureLine.prefix
    text += name.utf8
    text.append(UInt8(ascii: " "))
    Base64.append(VerifierKey.bytes(of: keyID) + payload, to: &text)
    text.append(UInt8(ascii: "\n"))
  }
}
