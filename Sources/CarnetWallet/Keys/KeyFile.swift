import CSodium
public import CarnetNotes

/// A member's secret key in a file: text, mode 0600.
///
///     carnet-key/v1
///     handle alice
///     key <base64 of the public key>
///     seal argon2id <operations> <bytes of memory> <base64 of the salt>      or: seal none
///     secret <base64 of nonce and sealed seed>                                or: secret <base64 of the seed>
///
/// Sealed: XChaCha20-Poly1305 (`crypto_aead_xchacha20poly1305_ietf`) under the Argon2id (RFC 9106,
/// `crypto_pwhash`) of the passphrase's bytes, with the lines before `secret` as associated data.
public struct KeyFile: Sendable {
  /// Bytes of a passphrase.
  public static let passphraseBytesMax = 1_024

  private static let header = "carnet-key/v1"
  private static let operations: UInt64 = 3
  private static let memory = 32 * 1024 * 1024
  /// What a file may ask for, so that none makes a machine stand still.
  private static let operationsMax: UInt64 = 16
  private static let memoryMax = 256 * 1024 * 1024

  /// Why a file gives no key.
  public enum Fault: Error, Hashable, Sendable {
    case malformed
    /// The file is sealed and no passphrase was given.
    case passphraseMissing
    case passphraseWrong
  }

  public let handle: String
  public let publicKey: PublicKey
  private let seal: Seal
  private let secret: [UInt8]

  private enum Seal: Hashable, Sendable {
    case none
    case argon2id(operations: UInt64, memory: Int, salt: [UInt8])
  }

  /// Whether a passphrase is needed.
  public var isSealed: Bool { seal != .none }

  /// Keeps a key under a passphrase; `nil` leaves it open to whoever reads the file.
  public init(_ key: SecretKey, handle: String, passphrase: [UInt8]?) {
    (self.handle, publicKey) = (handle, key.publicKey)
    var seed = unsafe key.withSeed { unsafe Array($0) }
    defer { KeyFile.wipe(&seed) }
    guard let passphrase else {
      (seal, secret) = (.none, seed)
      return
    }
    seal = .argon2id(
      operations: KeyFile.operations, memory: KeyFile.memory,
      salt: SecureRandom.bytes(Int(crypto_pwhash_SALTBYTES)))
    var sealing = KeyFile.derived(from: passphrase, seal)
    defer { KeyFile.wipe(&sealing) }
    secret = KeyFile.sealed(seed, with: sealing, KeyFile.lines(handle, publicKey, seal))
  }

  /// Reads a file's content; nothing is unsealed yet.
  public init(parsing bytes: [UInt8]) throws(Fault) {
    do throws(NoteError) {
      var reader = TextReader(bytes)
      try reader.line(KeyFile.header)
      handle = String(decoding: try reader.field("handle"), as: UTF8.self)
      publicKey = try reader.publicKey("key")
      seal = try KeyFile.seal(from: &reader)
      secret = try reader.base64("secret", countMax: 128)
      try reader.end()
    } catch { throw .malformed }
  }

  private static func seal(from reader: inout TextReader) throws(NoteError) -> Seal {
    let words = try reader.line().split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if words == ["seal", "none"] { return .none }
    guard words.count == 5, words[0] == "seal", words[1] == "argon2id",
      let operations = DecimalText.unsigned(words[2]),
      (1...operationsMax).contains(operations),
      let memory = DecimalText.unsigned(words[3]),
      (8_192...UInt64(memoryMax)).contains(memory),
      let salt = Base64.decode(words[4]) as [UInt8]?, salt.count == Int(crypto_pwhash_SALTBYTES)
    else { throw .malformed("seal") }
    return .argon2id(operations: operations, memory: Int(memory), salt: salt)
  }

  /// The file's content.
  public var bytes: [UInt8] {
    KeyFile.lines(handle, publicKey, seal) + Array("secret \(Base64.encode(secret) as String)\n".utf8)
  }

  private static func lines(_ handle: String, _ key: PublicKey, _ seal: Seal) -> [UInt8] {
    var writer = TextWriter()
    writer.line(header)
    writer.field("handle", handle)
    writer.field("key", key)
    switch seal {
    case .none: writer.field("seal", "none")
    case .argon2id(let operations, let memory, let salt):
      writer.field("seal", ["argon2id", String(operations), String(memory), Base64.encode(salt)])
    }
    return writer.bytes
  }

  /// The key, unsealed where it is sealed.
  public func key(passphrase: [UInt8]?) throws(Fault) -> SecretKey {
    var seed: [UInt8]
    if isSealed {
      guard let passphrase else { throw .passphraseMissing }
      var sealing = KeyFile.derived(from: passphrase, seal)
      defer { KeyFile.wipe(&sealing) }
      seed = try KeyFile.opened(secret, with: sealing, KeyFile.lines(handle, publicKey, seal))
    } else {
      seed = secret
    }
    defer { KeyFile.wipe(&seed) }
    guard let key = SecretKey(seed: seed), key.publicKey == publicKey else { throw .malformed }
    return key
  }
}

extension KeyFile {
  /// Argon2id of the passphrase: `crypto_pwhash`, 32 bytes.
  private static func derived(from passphrase: [UInt8], _ seal: Seal) -> [UInt8] {
    guard case .argon2id(let operations, let memory, let salt) = seal else { return [] }
    Sodium.start()
    var key = [UInt8](repeating: 0, count: Int(crypto_aead_xchacha20poly1305_ietf_KEYBYTES))
    let password = passphrase.map { CChar(bitPattern: $0) }
    let code = unsafe crypto_pwhash(
      &key, UInt64(key.count), password, UInt64(password.count), salt, operations, memory,
      Int32(crypto_pwhash_ALG_ARGON2ID13))
    precondition(code == 0, "no memory for Argon2id")
    return key
  }

  /// Nonce and ciphertext: `crypto_aead_xchacha20poly1305_ietf_encrypt`.
  private static func sealed(_ seed: [UInt8], with key: [UInt8], _ context: [UInt8]) -> [UInt8] {
    let nonce = SecureRandom.bytes(Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES))
    var text = [UInt8](repeating: 0, count: seed.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
    let code = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
      &text, nil, seed, UInt64(seed.count), context, UInt64(context.count), nil, nonce, key)
    precondition(code == 0, "sealing never fails")
    return nonce + text
  }

  /// The other way round: `crypto_aead_xchacha20poly1305_ietf_decrypt`.
  private static func opened(
    _ sealed: [UInt8], with key: [UInt8], _ context: [UInt8]
  ) throws(Fault) -> [UInt8] {
    let nonceCount = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    let overhead = nonceCount + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
    guard sealed.count == SecretKey.seedByteCount + overhead else { throw .malformed }
    let text = Array(sealed[nonceCount...])
    var seed = [UInt8](repeating: 0, count: SecretKey.seedByteCount)
    let code = unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
      &seed, nil, nil, text, UInt64(text.count), context, UInt64(context.count), Array(sealed[..<nonceCount]),
      key)
    guard code == 0 else { throw .passphraseWrong }
    return seed
  }

  /// Overwrites a secret: `sodium_memzero`.
  package static func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { unsafe sodium_memzero($0.baseAddress, $0.count) }
  }
}

/// libsodium, started before its first use here.
private enum Sodium {
  private static let started = sodium_init() >= 0

  static func start() {
    precondition(started, "libsodium does not start")
  }
}
