import CarnetJournal

/// Whom a request counts for where a proxy on this machine stands before the server (`carnet serve --proxy`).
package enum ForwardedAddress {
  /// The last address of `X-Forwarded-For`, which the proxy itself wrote there: what stands before it came from the client
  /// and may be anything. The peer where that is not this machine, or the header is missing or not of its form.
  ///
  /// An IPv6 address counts by its first 64 bits, since one household or server has all that follow.
  ///
  /// - Parameter header: addresses parted by commas, without ports; of several headers all, in their order.
  package static func client(peer: String, header: String?) -> String {
    guard NetworkAddress(peer)?.bytes.first == 127, let header,
      let last = header.split(separator: ",", omittingEmptySubsequences: false).last
    else { return peer }
    let isSpace = { (symbol: Character) in symbol == " " || symbol == "\t" }
    let text = String(last.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    guard text.utf8.count <= Limits.addressBytesMax, let address = NetworkAddress(text) else { return peer }
    if let embedded = address.embedded { return embedded.description }
    guard address.bytes.count == 16 else { return address.description }
    let network = Array(address.bytes.prefix(8)) + [UInt8](repeating: 0, count: 8)
    return NetworkAddress(network).map { "\($0)/64" } ?? peer
  }
}
