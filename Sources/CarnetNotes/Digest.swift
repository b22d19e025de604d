import CCrypto

/// A SHA-256 value (FIPS 180-4), 32 bytes held without a heap allocation.
public struct Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  let storage: Bytes32

  init(storage: Bytes32) {
    self.storage = storage
  }

  /// Takes over exactly 32 bytes; any other count gives `nil`.
  public init?(_ bytes: some Collection<UInt8>) {
    guard let storage = Bytes32(bytes) else { return nil }
    self.init(storage: storage)
  }

  /// Reads 64 lower-case hexadecimal digits.
  public init?(hex: String) {
    self.init(hexBytes: hex.utf8)
  }

  /// Reads 64 lower-case hexadecimal digits given as ASCII.
  public init?(hexBytes: some Collection<UInt8>) {
    guard hexBytes.count == 2 * Bytes32.count, let bytes = Hex.decode(hexBytes) else { return nil }
    self.init(bytes)
  }

  /// Reads 44 characters of canonical base64.
  public init?(base64: String) {
    self.init(base64Bytes: base64.utf8)
  }

  /// Reads 44 characters of canonical base64 given as ASCII.
  public init?(base64Bytes: some Collection<UInt8>) {
    guard let storage = withSpan(of: base64Bytes, { Base64.decode32($0) }) else { return nil }
    self.init(storage: storage)
  }

  /// The 32 bytes in a new array.
  public var bytes: [UInt8] { storage.bytes }

  /// Writes the 32 bytes behind `bytes`.
  fileprivate func append(to bytes: inout [UInt8]) {
    unsafe storage.withBytes {
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: Bytes32.count))
    }
  }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hex.encode(bytes) }

  /// 44 characters of base64.
  public var base64: String { Base64.encode(bytes) }

  /// Writes 44 characters of base64 behind `text`.
  func appendBase64(to text: inout [UInt8]) {
    unsafe storage.withBytes { bytes in
      unsafe Base64.append(UnsafeBufferPointer(start: bytes, count: Bytes32.count).span, to: &text)
    }
  }

  /// Writes 64 lower-case hexadecimal digits behind `text`.
  func appendHex(to text: inout [UInt8]) {
    unsafe storage.withBytes { bytes in
      unsafe Hex.append(UnsafeBufferPointer(start: bytes, count: Bytes32.count).span, to: &text)
    }
  }

  public var description: String { hex }

  public static func < (left: Digest, right: Digest) -> Bool { left.storage < right.storage }

  /// SHA-256 of the bytes.
  public static func sha256(_ bytes: [UInt8]) -> Digest {
    var builder = DigestBuilder()
    builder.append(bytes)
    return builder.digest()
  }
}

extension [Digest] {
  /// The digests' bytes, one behind the other.
  package var joinedBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * Bytes32.count)
    for digest in self { digest.append(to: &bytes) }
    return bytes
  }
}

/// SHA-256 of a note's text, printed as 64 lower-case hexadecimal digits.
public typealias NoteID = Digest
