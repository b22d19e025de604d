import CSodium

/// Randomness of the system by way of libsodium: `randombytes_buf`.
public enum SecureRandom {
  /// `count` new random bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    Sodium.start()
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe randombytes_buf(&bytes, count)
    return bytes
  }
}

/// The system's randomness as a generator, where one is passed in as an argument.
public struct SystemRandomSource: RandomNumberGenerator, Sendable {
  public init() {}

  public mutating func next() -> UInt64 {
    Sodium.start()
    var value: UInt64 = 0
    unsafe randombytes_buf(&value, MemoryLayout<UInt64>.size)
    return value
  }
}
