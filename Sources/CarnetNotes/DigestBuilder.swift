import CCrypto

/// SHA-256 (FIPS 180-4) over parts, without first joining them: `SHA256_Init`, `_Update`, `_Final`, which use the processor's
/// own instructions where it has them. With a context that is initialised none of them fails.
public struct DigestBuilder {
  private var state = SHA256_CTX()

  public init() {
    _ = unsafe SHA256_Init(&state)
  }

  /// Adds bytes that lie side by side.
  public mutating func append(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Adds a part of an array.
  public mutating func append(_ bytes: ArraySlice<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Adds one byte.
  public mutating func append(_ byte: UInt8) {
    unsafe withUnsafeBytes(of: byte) { raw in
      unsafe raw.withMemoryRebound(to: UInt8.self) { unsafe append($0) }
    }
  }

  /// Adds the UTF-8 of a text.
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0) }
  }

  /// Adds the 32 bytes of a digest.
  public mutating func append(_ digest: Digest) {
    unsafe digest.storage.withBytes {
      unsafe append(UnsafeBufferPointer(start: $0, count: Bytes32.count))
    }
  }

  /// The digest of all that was added. The builder itself stays usable: it works on a copy of the state.
  public func digest() -> Digest {
    var copy = state
    return Digest(
      storage: unsafe Bytes32 { output in
        _ = unsafe SHA256_Final(output, &copy)
      })
  }

  private mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) {
    _ = unsafe SHA256_Update(&state, buffer.baseAddress, buffer.count)
  }
}
