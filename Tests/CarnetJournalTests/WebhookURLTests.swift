import Testing

@testable import CarnetJournal

/// Where events may be sent to: what an address is, and how far it leads.
@Suite struct WebhookURLTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let fault: WebhookURL.Fault?

    var testDescription: String { String(text.prefix(60)) }

    init(_ text: String, _ fault: WebhookURL.Fault? = nil) { (self.text, self.fault) = (text, fault) }
  }

  static let cases = [
    Case("https://compta.example"), Case("https://compta.example/carnet?shop=1&x=%20"),
    Case("http://localhost:8080/"), Case("http://192.168.1.20:8080/a"), Case("https://[fd00::1]:8443/"),
    Case("https://Compta.Example:443/"), Case("https://compta.example?x"),
    Case("https://x.example/" + String(repeating: "a", count: 982)),
    Case("https://x.example/" + String(repeating: "a", count: 983), .tooLong),
    Case("https://x.example:1024/"), Case("https://x.example:1023/", .port),
    Case("https://x.example:80/"), Case("https://x.example:25/", .port),
    Case("https://x.example:65535/"), Case("https://x.example:65536/", .port),
    Case("https://x.example:0443/", .port), Case("https://x.example:/", .port),
    Case("https://x.example:+443/", .port), Case("ftp://x.example/", .scheme),
    Case("HTTPS://x.example/", .scheme), Case("file:///etc/passwd", .scheme), Case("x.example", .malformed),
    Case("https://user@x.example/", .userinfo), Case("https://user:word@x.example/", .userinfo),
    Case("https://x.example@169.254.169.254/", .userinfo), Case("https://x.example/#a", .fragment),
    Case("https://x.example#@y.example/", .fragment), Case("https:///path", .malformed),
    Case("https://x.example/a b", .malformed), Case("https://x.example\\@y.example/", .malformed),
    Case("https://x.example/\r\nHost: y", .malformed), Case("https://bücher.example/", .malformed),
    Case("https://x..example/", .malformed), Case("https://-x.example/", .malformed),
    Case("https://x.example./", .malformed), Case("https://\(String(repeating: "a", count: 63)).example/"),
    Case("https://\(String(repeating: "a", count: 64)).example/", .malformed),
    // Numbers that some programs take for addresses.
    Case("http://2130706433/", .malformed), Case("http://0x7f000001/", .malformed),
    Case("http://0x7f.1/", .malformed), Case("http://127.1/", .malformed),
    Case("http://010.0.0.1/", .malformed), Case("http://127.0.0.1.2/", .malformed),
    Case("http://1.2.3.256/", .malformed), Case("http://[127.0.0.1]/", .malformed),
    Case("http://[::1/", .malformed), Case("http://[fe80::1%25eth0]/", .malformed),
    // Addresses that nothing is sent to, whoever allows what.
    Case("http://169.254.169.254/latest/meta-data", .address), Case("http://0.0.0.0/", .address),
    Case("http://224.0.0.1/", .address), Case("http://255.255.255.255/", .address),
    Case("http://[::]/", .address), Case("http://[fe80::1]/", .address), Case("http://[ff02::1]/", .address),
    Case("http://[::ffff:169.254.169.254]/", .address), Case("http://[64:ff9b::a9fe:a9fe]/", .address),
  ]

  @Test("an address has one meaning or is refused, each kind of oddity by its name", arguments: cases)
  func reading(_ one: Case) {
    let fault: WebhookURL.Fault?
    do throws(WebhookURL.Fault) {
      _ = try WebhookURL(one.text)
      fault = nil
    } catch { fault = error }
    #expect(fault == one.fault)
  }

  @Test("host, port, path and the Host header are what the text says")
  func parts() throws {
    let url = try WebhookURL("https://Compta.Example:8443/a?b=c")
    #expect(
      (url.host, url.port, url.target, url.authority) == (
        "compta.example", 8443, "/a?b=c", "compta.example:8443"
      ))
    #expect(try WebhookURL("https://x.example").target == "/")
    #expect(try WebhookURL("https://x.example?a").target == "/?a")
    #expect(try WebhookURL("http://x.example:80/").authority == "x.example")
    #expect(try WebhookURL("https://[FD00::1]/").authority == "[fd00::1]")
    #expect(try WebhookURL("http://127.0.0.1/").address == NetworkAddress("127.0.0.1"))
  }

  static let reaches: [(NetworkAddress.Reach, [String])] = [
    (
      .near,
      [
        "127.0.0.1", "127.255.255.255", "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255",
        "192.168.0.0", "192.168.255.255", "100.64.0.0", "100.127.255.255", "::1", "fc00::", "fdff::1",
        "::ffff:127.0.0.1", "::ffff:10.1.2.3", "64:ff9b::c0a8:0101", "2002:c0a8:0101::1",
      ]
    ),
    (
      .never,
      [
        "0.0.0.0", "0.255.255.255", "169.254.0.0", "169.254.169.254", "192.0.0.1", "192.0.2.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.255", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "::", "::2", "::ffff:0:0", "fe80::1", "febf::1", "ff02::1",
        "2001:db8::1", "2001::1", "64:ff9b::a9fe:a9fe", "2002:e000:0001::", "1000::1", "4000::1",
      ]
    ),
    (
      .world,
      [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "126.255.255.255", "128.0.0.0", "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255", "192.169.0.0", "100.63.255.255", "100.128.0.0", "169.253.255.255", "169.255.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00::1", "::ffff:1.1.1.1",
        "64:ff9b::0101:0101", "2002:0101:0101::1",
      ]
    ),
  ]

  @Test("an address leads into the world, near by, or nowhere, to the last of each range")
  func reach() throws {
    for (reach, texts) in WebhookURLTests.reaches {
      for text in texts { #expect(try #require(NetworkAddress(text), "\(text)").reach == reach, "\(text)") }
    }
    #expect(NetworkAddress("1.2.3") == nil)
    #expect(NetworkAddress([1, 2, 3]) == nil)
  }
}
