/// An Ed25519 signature (RFC 8032, section 5.1.6): 64 bytes, R then S.
public struct Signature: Hashable, Sendable {
  /// Bytes of a signature.
  public static let byteCount = 64

  private let pointR, scalarS: Bytes32

  /// Takes over exactly 64 bytes; any other count gives `nil`. Whether they sign anything is not looked at.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Signature.byteCount, let pointR = Bytes32(bytes.prefix(Bytes32.count)),
      let scalarS = Bytes32(bytes.suffix(Bytes32.count))
    else { return nil }
    (self.pointR, self.scalarS) = (pointR, scalarS)
  }

  /// The 64 bytes in a new array.
  public var bytes: [UInt8] { pointR.bytes + scalarS.bytes }

  /// Calls `body` with the 64 bytes, which live on the stack until it returns.
  func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Signature.byteCount) { place in
      // 64 bytes, so there is a first address.
      let start = place.baseAddress!
      unsafe pointR.withBytes { unsafe start.initialize(from: $0, count: Bytes32.count) }
      unsafe scalarS.withBytes {
        unsafe (start + Bytes32.count).initialize(from: $0, count: Bytes32.count)
      }
      return unsafe body(start)
    }
  }
}
