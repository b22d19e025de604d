import CSodium

/// An Ed25519 public key (RFC 8032, section 5.1.5), 32 bytes. Any 32 bytes are a value; few of them verify anything.
public struct PublicKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Bytes of a public key.
  public static let byteCount = Bytes32.count

  let storage: Bytes32

  init(storage: Bytes32) {
    self.storage = storage
  }

  /// Takes over exactly 32 bytes; any other count gives `nil`.
  public init?(_ bytes: some Collection<UInt8>) {
    guard let storage = Bytes32(bytes) else { return nil }
    self.init(storage: storage)
  }

  /// Reads 44 characters of canonical base64.
  public init?(base64: String) {
    self.init(base64Bytes: base64.utf8)
  }

  /// Reads 44 characters of canonical base64 given as ASCII.
  public init?(base64Bytes: some Collection<UInt8>) {
    guard let digest = Digest(base64Bytes: base64Bytes) else { return nil }
    self.init(storage: digest.storage)
  }

  /// Reads 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    guard let digest = Digest(hex: hex) else { return nil }
    self.init(storage: digest.storage)
  }

  /// The 32 bytes in a new array.
  public var bytes: [UInt8] { storage.bytes }

  /// 44 characters of base64.
  public var base64: String { Base64.encode(bytes) }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// Writes 44 characters of base64 behind `text`.
  func appendBase64(to text: inout [UInt8]) { Digest(storage: storage).appendBase64(to: &text) }

  public var description: String { base64 }

  public static func < (left: PublicKey, right: PublicKey) -> Bool { left.storage < right.storage }

  /// Whether the key is canonical, on the curve, in the main subgroup and not of small order:
  /// `crypto_core_ed25519_is_valid_point`. Asked once, when a key is enrolled.
  public var isValidPoint: Bool {
    Sodium.start()
    return unsafe storage.withBytes { unsafe crypto_core_ed25519_is_valid_point($0) } == 1
  }

  /// Whether `signature` by this key covers exactly `message`: `crypto_sign_verify_detached`.
  ///
  /// Accepts iff S < L, A and R are canonical and not of small order, and encode(S·B − h·A) equals R byte for
  /// byte (RFC 8032, section 5.1.7, without cofactor). libsodium 1.0.18 checks S, A, and the order of R itself;
  /// a non-canonical R never equals the encoding it is compared with.
  public func isValid(_ signature: Signature, for message: [UInt8]) -> Bool {
    Sodium.start()
    return unsafe storage.withBytes { key in
      unsafe signature.withBytes { signature in
        unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), key) == 0
      }
    }
  }
}
