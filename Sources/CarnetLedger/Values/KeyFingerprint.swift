public import CarnetNotes

extension PublicKey {
  /// The key in a form that two people can read to each other: the first 80 bits of its SHA-256, as sixteen symbols of
  /// Crockford's alphabet, `K7Q4-M2XW-9H5N-1R7V`.
  public var fingerprint: String {
    let bytes = Digest.sha256(self.bytes).bytes.prefix(10)
    let symbols = (0..<16).map { place -> UInt8 in
      let (byte, shift) = (5 * place / 8, 5 * place % 8)
      let next = byte + 1 < bytes.count ? UInt64(bytes[byte + 1]) : 0
      return Crockford.symbol((UInt64(bytes[byte]) << 8 | next) >> UInt64(11 - shift) & 31)
    }
    return stride(from: 0, to: 16, by: 4).map { String(decoding: symbols[$0..<$0 + 4], as: UTF8.self) }
      .joined(separator: "-")
  }
}
