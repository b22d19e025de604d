import CSodium

/// An Ed25519 secret key in guarded memory: `sodium_malloc`, locked, read-only once made, wiped when released.
///
/// It cannot be printed, compared, copied or encoded by accident; ``withSeed(_:)`` is the only way out.
@safe public final class SecretKey: Sendable, CustomStringConvertible, CustomReflectable {
  /// Bytes of a seed, from which the key follows (RFC 8032, section 5.1.5).
  public static let seedByteCount = 32

  /// The key that verifies what this one signs.
  public let publicKey: PublicKey

  /// The 64 bytes libsodium signs with (the seed, then the public key), then the seed once more.
  ///
  /// Written by the initialiser alone and read-only by `mprotect` from then on, hence safe to share.
  nonisolated(unsafe) private let memory: UnsafeMutablePointer<UInt8>

  /// Makes the key of a seed of 32 bytes that `fill` writes in place: `crypto_sign_seed_keypair`.
  private init(seedFilledBy fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    Sodium.start()
    let keyBytes = Int(crypto_sign_ed25519_SECRETKEYBYTES)
    let count = keyBytes + SecretKey.seedByteCount
    guard let raw = unsafe sodium_malloc(count) else { preconditionFailure("no guarded memory left") }
    let memory = unsafe raw.bindMemory(to: UInt8.self, capacity: count)
    // libsodium overwrites the key before it is done with the seed, so the two lie apart.
    let seed = unsafe memory + keyBytes
    unsafe fill(seed)
    publicKey = PublicKey(
      storage: unsafe Bytes32 { output in
        // The function always returns 0.
        _ = unsafe crypto_sign_ed25519_seed_keypair(output, memory, seed)
      })
    let code = unsafe sodium_mprotect_readonly(raw)
    precondition(code == 0, "guarded memory cannot be protected")
    unsafe self.memory = memory
  }

  /// Takes over a seed of exactly 32 bytes; any other count gives `nil`. The caller's array is the caller's to wipe.
  public convenience init?(seed: [UInt8]) {
    guard seed.count == SecretKey.seedByteCount else { return nil }
    unsafe self.init { unsafe $0.update(from: seed, count: seed.count) }
  }

  deinit {
    unsafe sodium_free(memory)
  }

  /// A new key from the system's randomness: `randombytes_buf`.
  public static func generate() -> SecretKey {
    unsafe SecretKey { unsafe randombytes_buf($0, seedByteCount) }
  }

  /// The signature of the message, the same each time (RFC 8032, section 5.1.6): `crypto_sign_detached`.
  public func sign(_ message: [UInt8]) -> Signature {
    var bytes = [UInt8](repeating: 0, count: Signature.byteCount)
    let code = unsafe crypto_sign_ed25519_detached(&bytes, nil, message, UInt64(message.count), memory)
    // The function only fails for a length that no array has.
    guard code == 0, let signature = Signature(bytes) else { preconditionFailure("signing failed") }
    return signature
  }

  /// Lends the seed's 32 bytes, which must not be kept after `body` returns.
  public func withSeed<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try unsafe body(UnsafeRawBufferPointer(start: memory, count: SecretKey.seedByteCount))
  }

  /// Names the public key only.
  public var description: String { "SecretKey(of: \(publicKey))" }

  /// Shows the public key only, so that `dump` finds no pointer either.
  public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}
