import Testing

@testable import CarnetEndpoint

/// Whom a request counts for behind a proxy.
@Suite struct ForwardedAddressTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var peer = "127.0.0.1"
    let header: String?
    let client: String
  }

  static let cases = [
    Case(testDescription: "one", header: "192.0.2.7", client: "192.0.2.7"),
    Case(testDescription: "the last of several", header: "10.9.9.9, 192.0.2.7", client: "192.0.2.7"),
    Case(testDescription: "spaces and tabs", header: "1.2.3.4,\t 192.0.2.7 \t", client: "192.0.2.7"),
    Case(testDescription: "garbage before the last", header: "<x>, ,192.0.2.7", client: "192.0.2.7"),
    Case(testDescription: "none", header: nil, client: "127.0.0.1"),
    Case(testDescription: "empty", header: "", client: "127.0.0.1"),
    Case(testDescription: "an end without an address", header: "192.0.2.7,", client: "127.0.0.1"),
    Case(testDescription: "garbage last", header: "192.0.2.7, unknown", client: "127.0.0.1"),
    Case(testDescription: "a port", header: "192.0.2.7:443", client: "127.0.0.1"),
    Case(testDescription: "leading zeros", header: "192.000.2.7", client: "127.0.0.1"),
    Case(testDescription: "three parts", header: "192.0.2", client: "127.0.0.1"),
    Case(testDescription: "beyond a byte", header: "192.0.2.256", client: "127.0.0.1"),
    Case(testDescription: "parted by a space", header: "192.0.2.7 192.0.2.8", client: "127.0.0.1"),
    Case(testDescription: "IPv6 by its network", header: "2001:DB8:1:2:3:4:5:6", client: "2001:db8:1:2::/64"),
    Case(testDescription: "IPv6 with a zone", header: "fe80::1%eth0", client: "127.0.0.1"),
    Case(testDescription: "IPv6 in brackets", header: "[2001:db8::1]", client: "127.0.0.1"),
    Case(testDescription: "IPv4 in IPv6", header: "::ffff:192.0.2.7", client: "192.0.2.7"),
    Case(
      testDescription: "as long as an address is", header: "0000:0000:0000:0000:0000:ffff:255.255.255.255",
      client: "255.255.255.255"),
    Case(
      testDescription: "one byte longer", header: "0000:0000:0000:0000:0000:ffff:255.255.255.2551",
      client: "127.0.0.1"),
    Case(
      testDescription: "a peer elsewhere", peer: "192.0.2.1", header: "192.0.2.7", client: "192.0.2.1"),
    Case(testDescription: "a peer unknown", peer: "", header: "192.0.2.7", client: ""),
    Case(testDescription: "all of 127", peer: "127.9.9.9", header: "192.0.2.7", client: "192.0.2.7"),
  ]

  @Test("the last address counts, from this machine's proxy alone", arguments: cases)
  func client(_ one: Case) {
    #expect(ForwardedAddress.client(peer: one.peer, header: one.header) == one.client)
  }

  @Test("an address has at most 45 bytes")
  func limit() { #expect(Limits.addressBytesMax == 45) }
}
