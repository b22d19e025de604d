import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetEndpoint
@testable import CarnetJournal

/// The programs of docs/TILL.md, run as they stand there, and the server they speak to.
@Suite struct TillPageTests {
  /// A shop behind a socket, with its till's token in a file.
  private struct Counter {
    var shop: TestShop
    let server: Server
    let till: TestShop.TestTill
    let folder: TemporaryFolder

    init() async throws {
      // Without hosts to answer for, since the port is the system's choice.
      shop = try await TestShop(hosts: [])
      till = try await shop.till("comptoir")
      folder = try TemporaryFolder()
      let endpoint = shop.test.endpoint
      try endpoint.start()
      server = try Server(endpoint, on: #require(Server.Address("127.0.0.1:0")))
      try Data("\(till.token)\n".utf8).write(to: URL(fileURLWithPath: folder.file("comptoir.token")))
    }

    func stop() {
      server.stop()
      shop.close()
    }
  }

  /// The first block of a language in the page.
  private func block(_ language: String, containing part: String) throws -> String {
    let page = try String(contentsOf: Project.file("docs/TILL.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```\(language)\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n```").first }
    return try #require(blocks.first { $0.contains(part) }) + "\n"
  }

  /// Runs a program, pays the request whose code it prints first, and gives all it printed.
  private func sell(_ arguments: [String], _ counter: inout Counter, pays: Bool = true) throws -> (
    String, Int32
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: counter.folder.path)
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["CARNET": "http://\(counter.server.address)"]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    var printed = Data()
    while !printed.contains(UInt8(ascii: "\n")) {
      let part = output.fileHandleForReading.availableData
      guard !part.isEmpty else { break }
      printed += part
    }
    let code = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .newlines)
    let request = try #require(
      try RequestCode(typed: code).flatMap { try counter.shop.test.ledger.journal.request($0) }, "\(code)")
    if pays {
      try counter.shop.pay(["id": .string(request.id.hex), "amount": .integer(request.amount)])
    } else {
      counter.shop.test.ledger.clock.now = counter.shop.now.adding(seconds: 903)
    }
    printed += output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: printed, as: UTF8.self), process.terminationStatus)
  }

  @Test("the till in Python is told that it is paid, and that a request ran out")
  func python() async throws {
    var counter = try await Counter()
    let program = try block("python", containing: "urllib.request")
    #expect(program.trimmingCharacters(in: .newlines).components(separatedBy: "\n").count <= 30)
    try Data(program.utf8).write(to: URL(fileURLWithPath: counter.folder.file("till.py")))
    let arguments = [
      "python3", "till.py", "http://\(counter.server.address)", "comptoir.token", "1250", "MIN", "T-1042",
    ]
    let (printed, status) = try sell(arguments, &counter)
    #expect(printed.hasSuffix("\npaid\n"))
    #expect(status == 0)
    let (late, code) = try sell(arguments, &counter, pays: false)
    #expect(late.hasSuffix("\nexpired\n"))
    #expect(code == 1)
    counter.stop()
  }

  @Test("the till with curl is told that it is paid")
  func curl() async throws {
    var counter = try await Counter()
    let (printed, status) = try sell(["sh", "-c", try block("sh", containing: "curl")], &counter)
    #expect(printed.hasSuffix("\n\"state\":\"paid\"\n"))
    #expect(status == 0)
    counter.stop()
  }

  @Test("a server stops at once though streams are open, and a paid request is told well within 150 ms")
  func stopping() async throws {
    var counter = try await Counter()
    let request = try await counter.shop.ask(400, at: counter.till, key: "a").json
    let head =
      "GET /v1/tills/\(counter.till.id)/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \(counter.till.token)\r\n\r\n"
    let listener = try StreamClient(to: counter.server.address, saying: head)
    _ = try listener.read(until: "retry: 2000")
    let began = ContinuousClock.now
    try counter.shop.pay(request)
    _ = try listener.read(until: "event: request.paid")
    #expect(ContinuousClock.now - began < .milliseconds(1_000))
    let stopped = ContinuousClock.now
    counter.stop()
    #expect(ContinuousClock.now - stopped < .seconds(5))
    #expect(try listener.read(until: nil).hasSuffix("0\r\n\r\n"))
  }
}
