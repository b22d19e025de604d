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
}
