import Glibc

/// An IPv4 or IPv6 address, and how far from here it lies.
package struct NetworkAddress: Hashable, Sendable, CustomStringConvertible {
  /// Where an address leads.
  package enum Reach: Hashable, Sendable {
    /// A host that anyone may reach.
    case world
    /// This machine or its own network: loopback, RFC 1918, RFC 4193, RFC 6598 (shared by a provider's customers).
    case near
    /// Nowhere that anything is sent to: unspecified, multicast, broadcast, link-local (where clouds keep their
    /// secrets), reserved and documentation ranges.
    case never
  }

  /// Four bytes or sixteen, in the order of the network.
  package let bytes: [UInt8]

  /// - Parameter bytes: four or sixteen, or `nil` comes out.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == 4 || bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Reads `192.0.2.1` in its one form, without leading zeros, or an IPv6 address as RFC 4291 writes it, without a zone.
  package init?(_ text: String) {
    var output = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
    let family = output.count == 16 ? AF_INET6 : AF_INET
    guard unsafe inet_pton(family, text, &output) == 1 else { return nil }
    bytes = output
    // Some systems take 010.0.0.1: one address has one form here.
    guard bytes.count == 16 || description == text else { return nil }
  }

  package var description: String {
    if bytes.count == 4 { return bytes.map { String($0) }.joined(separator: ".") }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard unsafe inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "::" }
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// IANA's registries of special-purpose addresses (RFC 6890), as of 2025.
  package var reach: Reach {
    if let embedded { return embedded.reach }
    return bytes.count == 4 ? reachOfFour : reachOfSixteen
  }

  private var reachOfFour: Reach {
    let ranges: [(Reach, [UInt8], Int)] = [
      (.never, [0, 0, 0, 0], 8), (.near, [10, 0, 0, 0], 8), (.near, [100, 64, 0, 0], 10),
      (.near, [127, 0, 0, 0], 8), (.never, [169, 254, 0, 0], 16), (.near, [172, 16, 0, 0], 12),
      (.never, [192, 0, 0, 0], 24), (.never, [192, 0, 2, 0], 24), (.never, [192, 88, 99, 0], 24),
      (.near, [192, 168, 0, 0], 16), (.never, [198, 18, 0, 0], 15), (.never, [198, 51, 100, 0], 24),
      (.never, [203, 0, 113, 0], 24), (.never, [224, 0, 0, 0], 3),
    ]
    return ranges.first { isWithin($0.1, bits: $0.2) }?.0 ?? .world
  }

  private var reachOfSixteen: Reach {
    if bytes == [UInt8](repeating: 0, count: 15) + [1] { return .near }
    if isWithin([0xFC], bits: 7) { return .near }
    // Of the rest only global unicast leads anywhere, less what is set apart: protocols with Teredo, documentation.
    guard isWithin([0x20], bits: 3) else { return .never }
    let apart: [([UInt8], Int)] = [
      ([0x20, 0x01, 0x00, 0x00], 23), ([0x20, 0x01, 0x0D, 0xB8], 32), ([0x3F, 0xFF, 0x00], 20),
    ]
    return apart.contains { isWithin($0.0, bits: $0.1) } ? .never : .world
  }

  /// The IPv4 address that an IPv6 one stands for: mapped (RFC 4291), translated (RFC 6052), 6to4 (RFC 3056).
  package var embedded: NetworkAddress? {
    guard bytes.count == 16 else { return nil }
    let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
    let translated: [UInt8] = [0x00, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8)
    if isWithin(mapped, bits: 96) || isWithin(translated, bits: 96) {
      return NetworkAddress(Array(bytes[12...]))
    }
    return isWithin([0x20, 0x02], bits: 16) ? NetworkAddress(Array(bytes[2..<6])) : nil
  }

  private func isWithin(_ prefix: [UInt8], bits: Int) -> Bool {
    for index in 0..<((bits + 7) / 8) {
      let left = bits - index * 8
      let mask: UInt8 = left >= 8 ? 0xFF : ~(0xFF >> UInt8(left))
      guard bytes[index] & mask == prefix[index] & mask else { return false }
    }
    return true
  }
}
