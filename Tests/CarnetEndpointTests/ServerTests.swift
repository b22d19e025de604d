import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import FoundationNetworking
import Support
import Testing

@Suite struct ServerTests {
  /// A server on a free port of this machine.
  private func serve(_ ledger: TestLedger) throws -> Server {
    let address = try #require(Server.Address("127.0.0.1:0"))
    return try Server(Endpoint(journal: ledger.journal), on: address)
  }

  private func send(_ server: Server, _ method: String, _ path: String, body: [UInt8]? = nil) async throws
    -> (Int, [UInt8])
  {
    var request = URLRequest(url: try #require(URL(string: "http://\(server.address)\(path)")))
    request.httpMethod = method
    if let body {
      request.httpBody = Data(body)
      request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
    }
    let (data, response) = try await URLSession.shared.data(for: request)
    return (try #require(response as? HTTPURLResponse).statusCode, [UInt8](data))
  }

  @Test("payments come through the socket side by side, each answered behind its commit")
  func payments() async throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let server = try serve(ledger)
    var notes: [[UInt8]] = []
    for _ in 0..<40 {
      notes.append(
        try ledger.place.submission(ledger.payment(of: 1, to: bob), by: alice, at: ledger.clock.now).note
          .bytes)
    }
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for note in notes { group.addTask { try await send(server, "POST", "/v1/notes", body: note).0 } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 201, count: 40))
    let account = AccountID(bob.number, ledger.currency)
    #expect(ledger.journal.read { $0.balance(of: account) } == 40)
    server.stop()
    ledger.journal.close()
  }

  @Test("a body beyond the limit is refused with 413, one at the limit is read")
  func bodies() async throws {
    let ledger = try TestLedger()
    let server = try serve(ledger)
    let limit = 128 * 1024
    #expect(
      try await send(server, "POST", "/v1/notes", body: Array(repeating: 0x41, count: limit + 1)).0 == 413)
    // Read to its end and refused there, so that whoever sends before listening hears why.
    let drained = [UInt8](repeating: 0x41, count: 1024 * 1024)
    #expect(try await send(server, "POST", "/v1/notes", body: drained).0 == 413)
    // Read whole, then too large for a note, which is another limit.
    let (status, body) = try await send(
      server, "POST", "/v1/notes", body: Array(repeating: 0x41, count: limit))
    #expect(status == 413)
    #expect(try JSON(parsing: body)["detail"]?.string == "the note is longer than 16384 bytes")
    server.stop()
    ledger.journal.close()
  }

  @Test(
    "what no client should send is answered or cut off, and the next client is served",
    arguments: [
      "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
      "POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
      "GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "b", count: 40_000))\r\n\r\n",
    ])
  func hostile(_ text: String) async throws {
    let ledger = try TestLedger()
    let server = try serve(ledger)
    let answer = try RawClient.send(text, to: server.address)
    #expect(
      answer.isEmpty || answer.hasPrefix("HTTP/1.1 4") || answer.hasPrefix("HTTP/1.1 5"),
      "\(answer.prefix(80))")
    #expect(try await send(server, "GET", "/livez").0 == 200)
    server.stop()
    ledger.journal.close()
  }

  @Test("two hosts are refused, and a body that announces itself as too large is not waited for")
  func early() throws {
    let ledger = try TestLedger()
    let server = try serve(ledger)
    let twice = try RawClient.send(
      "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", to: server.address)
    #expect(twice.hasPrefix("HTTP/1.1 400"))
    for count in [1024 * 1024 + 1, 1_000_000_000] {
      let large = try RawClient.send(
        "POST /v1/notes HTTP/1.1\r\nHost: a\r\nContent-Length: \(count)\r\n\r\n", to: server.address)
      #expect(large.hasPrefix("HTTP/1.1 413"))
      #expect(large.contains("X-Content-Type-Options: nosniff"))
    }
    server.stop()
    ledger.journal.close()
  }

  @Test("the same note from many connections is one record, and every answer is the same")
  func sameNote() async throws {
    var ledger = try TestLedger()
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let server = try serve(ledger)
    let note = try ledger.place.submission(ledger.payment(of: 1, to: bob), by: alice, at: ledger.clock.now)
      .note.bytes
    let answers = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
      for _ in 0..<50 { group.addTask { try await send(server, "POST", "/v1/notes", body: note) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count { $0.0 == 201 } == 1)
    #expect(answers.allSatisfy { [200, 201].contains($0.0) })
    #expect(Set(answers.map(\.1)).count == 1)
    server.stop()
    ledger.journal.close()
  }

  @Test("requests in one breath are answered in their order")
  func pipelining() throws {
    let ledger = try TestLedger()
    let server = try serve(ledger)
    let answer = try RawClient.send(
      "GET /livez HTTP/1.1\r\nHost: x\r\n\r\nGET /v2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
      to: server.address)
    let first = try #require(answer.range(of: "HTTP/1.1 200"))
    let second = try #require(answer.range(of: "HTTP/1.1 404"))
    #expect(first.lowerBound < second.lowerBound)
    server.stop()
    ledger.journal.close()
  }
}

/// A client that sends bytes as they are and reads until the other side closes, or two seconds pass.
enum RawClient {
  static func send(_ text: String, to address: Server.Address) throws -> String {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = address.port.bigEndian
    _ = unsafe inet_pton(AF_INET, address.host, &target.sin_addr)
    let connected = unsafe withUnsafePointer(to: &target) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(connected == 0)
    var timeout = timeval(tv_sec: 2, tv_usec: 0)
    _ = unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
    let bytes = Array(text.utf8)
    _ = unsafe Glibc.send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    shutdown(number, Int32(SHUT_WR))
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe recv(number, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: answer, as: UTF8.self) }
      answer += buffer[..<count]
    }
  }
}
