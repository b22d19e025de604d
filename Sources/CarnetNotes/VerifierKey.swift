/// How a key signs, by the type byte of C2SP signed notes.
public enum SignatureAlgorithm: UInt8, Sendable {
  /// Ed25519 over the text of the note.
  case ed25519 = 0x01
  /// A witness's Ed25519 over a time and the text of a checkpoint (C2SP tlog-cosignature).
  case cosignature = 0x04
}

/// A public key with its name, printed as `name+hex8(key id)+base64(type ‖ key)` (C2SP signed-note).
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
  public let algorithm: SignatureAlgorithm
  public let publicKey: PublicKey
  /// The first four bytes, in big-endian order, of SHA-256(name ‖ 0x0A ‖ type ‖ key): tells keys apart, proves nothing.
  public let keyID: UInt32
  private let exactName: ExactText

  /// The name in the signature lines: a ledger's origin, `<origin>/<number>` for a member.
  public var name: String { exactName.string }

  /// Names a key. A name that no signature line could hold is a programmer's error.
  public init(name: String, publicKey: PublicKey, algorithm: SignatureAlgorithm = .ed25519) {
    precondition(KeyName.isValid(name), "not a name of a key")
    self.init(checkedName: name, publicKey: publicKey, algorithm: algorithm)
  }

  /// Names the key of a ledger.
  public init(origin: Origin, publicKey: PublicKey) {
    self.init(checkedName: origin.description, publicKey: publicKey, algorithm: .ed25519)
  }

  private init(checkedName name: String, publicKey: PublicKey, algorithm: SignatureAlgorithm) {
    (exactName, self.publicKey, self.algorithm) = (ExactText(name), publicKey, algorithm)
    keyID = VerifierKey.keyID(name: name, publicKey: publicKey, algorithm: algorithm)
  }

  /// Reads `name+hex8+base64`; `nil` where a part is not canonical or the id is not that of name and key.
  public init?(_ text: String) {
    let parts = Array(text.utf8).split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let name = KeyName.parse(parts[0]), let id = Hex.decode(parts[1]),
      let typed = Base64.decode(parts[2]), let algorithm = typed.first.flatMap(SignatureAlgorithm.init),
      let publicKey = PublicKey(typed.dropFirst())
    else { return nil }
    self.init(checkedName: name, publicKey: publicKey, algorithm: algorithm)
    guard id == VerifierKey.bytes(of: keyID) else { return nil }
  }

  public var description: String {
    let id: String = Hex.encode(VerifierKey.bytes(of: keyID))
    let key: String = Base64.encode([algorithm.rawValue] + publicKey.bytes)
    return "\(name)+\(id)+\(key)"
  }

  /// The key id of a name and a key: SHA-256(name ‖ 0x0A ‖ type ‖ key), first four bytes, big-endian.
  public static func keyID(
    name: String, publicKey: PublicKey, algorithm: SignatureAlgorithm = .ed25519
  ) -> UInt32 {
    var builder = DigestBuilder()
    builder.append(name)
    builder.append(UInt8(ascii: "\n"))
    builder.append(algorithm.rawValue)
    builder.append(Digest(storage: publicKey.storage))
    return builder.digest().storage.leadingWord
  }

  /// Whether a key can have that name (C2SP signed-note, section Format).
  public static func isName(_ name: String) -> Bool { KeyName.isValid(name) }

  /// Whether the line carries this key's name and id, which says nothing yet about its signature.
  public func matches(_ line: SignatureLine) -> Bool {
    line.keyID == keyID && line.exactName == exactName
  }

  /// Whether the line is this key's signature of `text`.
  public func isValid(_ line: SignatureLine, for text: [UInt8]) -> Bool {
    guard matches(line) else { return false }
    switch algorithm {
    case .ed25519:
      return line.signature.map { publicKey.isValid($0, for: text) } ?? false
    case .cosignature:
      return isValidCosignature(line.payload, for: text)
    }
  }

  /// C2SP tlog-cosignature, version 1: eight bytes of Unix seconds in big-endian order, then the signature of
  /// `cosignature/v1`, `time <seconds>` and the text of the checkpoint.
  private func isValidCosignature(_ payload: [UInt8], for text: [UInt8]) -> Bool {
    let timeBytes = 8
    guard let signature = Signature(payload.dropFirst(timeBytes)) else { return false }
    let seconds = payload.prefix(timeBytes).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard seconds <= Int64.max else { return false }
    return publicKey.isValid(signature, for: Cosignature.message(text, seconds: seconds))
  }

  /// The four bytes of a key id in big-endian order.
  static func bytes(of keyID: UInt32) -> [UInt8] { keyID.bigEndianBytes }
}
