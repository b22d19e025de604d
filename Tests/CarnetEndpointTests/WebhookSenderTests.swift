import CarnetNotes
import Foundation
import Glibc
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// One POST over a real socket, and how little is believed of what comes back.
@Suite struct WebhookSenderTests {
  private let key = SecretKey.generate()
  private let message = WebhookMessage(id: "evt_k7q4m2xw_1", body: Array("{\"a\":1}".utf8))

  private func send(
    _ url: String, _ range: WebhookSender.Range = .near, seconds: Int64 = 5, authorities: String? = nil
  ) throws -> Result<WebhookSender.Answer, WebhookSender.Fault> {
    WebhookSender(seconds: seconds, authorities: authorities).send(
      message, to: try WebhookURL(url), within: range, at: 1_767_225_600, signedBy: [key])
  }

  private func answer(
    _ status: Int, _ after: Int64? = nil
  ) -> Result<WebhookSender.Answer, WebhookSender.Fault> {
    .success(.init(status: status, retryAfter: after))
  }

  @Test("a request has the headers of Standard Webhooks, and a signature over id, timestamp and body")
  func request() throws {
    let server = CannedServer("HTTP/1.1 204 No Content\r\n\r\n")
    #expect(try send("http://127.0.0.1:\(server.port)/hook?shop=1") == answer(204))
    let request = try #require(server.requests.first)
    let parts = request.components(separatedBy: "\r\n")
    #expect(parts[0] == "POST /hook?shop=1 HTTP/1.1")
    for header in [
      "Host: 127.0.0.1:\(server.port)", "Content-Type: application/json", "Content-Length: 7",
      "webhook-id: evt_k7q4m2xw_1", "webhook-timestamp: 1767225600",
    ] { #expect(parts.contains(header)) }
    let line = try #require(parts.first { $0.hasPrefix("webhook-signature: v1a,") })
    let signature = try #require(Base64.decode(String(line.dropFirst(23))) as [UInt8]?)
    #expect(
      key.publicKey.isValid(
        try #require(Signature(signature)), for: Array("evt_k7q4m2xw_1.1767225600.{\"a\":1}".utf8)))
    server.close()
  }

  static let answers: [(String, Result<WebhookSender.Answer, WebhookSender.Fault>)] = [
    ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .success(.init(status: 200, retryAfter: nil))),
    ("HTTP/1.0 200\r\n\r\n", .success(.init(status: 200, retryAfter: nil))),
    (
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n",
      .success(.init(status: 202, retryAfter: nil))
    ),
    (
      "HTTP/1.1 503 Busy\r\nRetry-After: 120\r\n\r\n", .success(.init(status: 503, retryAfter: 120))
    ),
    (
      "HTTP/1.1 429 Busy\r\nretry-after: Wed, 21 Oct 2026 07:28:00 GMT\r\n\r\n",
      .success(.init(status: 429, retryAfter: nil))
    ),
    ("HTTP/1.1 429 Busy\r\nRetry-After: -5\r\n\r\n", .success(.init(status: 429, retryAfter: nil))),
    ("HTTP/2 200 OK\r\n\r\n", .failure(.badAnswer)), ("HTTP/1.1 99 Low\r\n\r\n", .failure(.badAnswer)),
    ("HTTP/1.1 600 High\r\n\r\n", .failure(.badAnswer)), ("HTTP/1.1 2000\r\n\r\n", .failure(.badAnswer)),
    ("HTTP/1.1 +20 x\r\n\r\n", .failure(.badAnswer)), ("220 mail ready\r\n\r\n", .failure(.badAnswer)),
    ("HTTP/1.1 200 OK\r\n", .failure(.badAnswer)), ("", .failure(.lost)),
  ]

  @Test("an answer is its status, or no answer", arguments: answers)
  func statuses(_ text: String, _ expected: Result<WebhookSender.Answer, WebhookSender.Fault>) throws {
    let server = CannedServer(text)
    #expect(try send("http://127.0.0.1:\(server.port)/") == expected)
    server.close()
  }

  @Test("a redirect is an answer like any other: it is not followed")
  func redirect() throws {
    let inner = CannedServer("HTTP/1.1 200 OK\r\n\r\n")
    let outer = CannedServer("HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:\(inner.port)/\r\n\r\n")
    #expect(try send("http://127.0.0.1:\(outer.port)/") == answer(307))
    usleep(100_000)
    #expect(inner.requests.isEmpty)
    outer.close()
    inner.close()
  }

  @Test("16 KiB of an answer's head are read, and of its body nothing; one that goes on is left")
  func sizes() throws {
    let frame = "HTTP/1.1 200 OK\r\nx: \r\n\r\n".utf8.count
    for (size, expected) in [(16_384, answer(200)), (16_385, .failure(.badAnswer))] {
      let server = CannedServer(
        "HTTP/1.1 200 OK\r\nx: \(String(repeating: "a", count: size - frame))\r\n\r\n", isOpen: true)
      #expect(try send("http://127.0.0.1:\(server.port)/") == expected)
      server.close()
    }
    let endless = CannedServer(
      "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + String(repeating: "a", count: 100_000),
      isOpen: true)
    #expect(try send("http://127.0.0.1:\(endless.port)/") == answer(200))
    endless.close()
  }

  @Test("a try ends by its deadline, whoever says nothing; a closed port is refused at once")
  func deadline() throws {
    let silent = CannedServer(nil)
    let began = OutgoingConnection.now
    #expect(try send("http://127.0.0.1:\(silent.port)/", seconds: 1) == .failure(.timedOut))
    #expect((900..<3_000).contains(OutgoingConnection.now - began))
    silent.close()
    let closed = CannedServer("")
    closed.close()
    usleep(50_000)
    #expect(try send("http://127.0.0.1:\(closed.port)/") == .failure(.refused))
    #expect(try send("http://nowhere.invalid/", .worldAndNear) == .failure(.nameUnknown))
  }

  @Test("what a name leads to is checked behind the resolver, and nothing is connected to that may not be")
  func range() throws {
    let server = CannedServer("HTTP/1.1 200 OK\r\n\r\n")
    let port = server.port
    #expect(try send("http://localhost:\(port)/") == answer(200))
    for url in ["https://localhost:\(port)/", "https://127.0.0.1:\(port)/", "http://localhost:\(port)/"] {
      #expect(try send(url, .world) == .failure(.outOfRange))
    }
    #expect(server.requests.count == 1)
    for url in ["https://1.1.1.1/", "http://1.1.1.1/", "http://[::ffff:1.1.1.1]/"] {
      #expect(try send(url, .near) == .failure(.outOfRange))
    }
    for range in [WebhookSender.Range.world, .worldAndNear] {
      #expect(try send("http://1.1.1.1/", range) == .failure(.insecure))
    }
    server.close()
  }

  @Test("TLS is by certificate: the host's own, from an authority that is trusted, or nothing is sent")
  func certificates() throws {
    let folder = try TemporaryFolder()
    let (certificate, secret) = (folder.file("certificate"), folder.file("secret"))
    let openssl = Process()
    openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    openssl.arguments = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
      "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost", "-out", certificate, "-keyout", secret,
    ]
    openssl.standardError = FileHandle.nullDevice
    try openssl.run()
    openssl.waitUntilExit()
    let receiver = Process()
    receiver.executableURL = Project.file(".build/python/bin/python")
    receiver.arguments = [
      Project.file("Tests/Interop/webhooks.py").path, folder.path, WebhookMessage.text(of: key.publicKey),
      "--tls", certificate, secret,
    ]
    let output = Pipe()
    receiver.standardOutput = output

    try receiver.run()
    // Gentler signals may be blocked in what a test starts.
    defer { kill(receiver.processIdentifier, SIGKILL) }
    var said = ""
    while !said.hasSuffix("\n") {
      said += String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }
    let port = try #require(UInt16(said.dropLast()))
    // The moment that is signed is long past for this receiver, which says so; the connection is what counts here.
    let trusted = try send("https://localhost:\(port)/", authorities: certificate)
    #expect(trusted == answer(400))
    #expect(try send("https://localhost:\(port)/") == .failure(.tlsFailed))
    #expect(try send("https://127.0.0.1:\(port)/", authorities: certificate) == .failure(.tlsFailed))
    let plain = CannedServer("HTTP/1.1 200 OK\r\n\r\n", asksNothing: true)
    #expect(try send("https://localhost:\(plain.port)/", authorities: certificate) == .failure(.tlsFailed))
    plain.close()
  }
}
