import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Support

/// The endpoint as people run it: `carnet serve` in one process, the load in another.
struct EndpointBenchmark {
  let program: String
  let isSmoke: Bool

  /// Connections of the full load.
  private let connections = 64

  func run(on payments: JournalBenchmark, verifyLimit: Double, into report: inout Report) throws {
    payments.ledger.journal.close()
    let served = try Served(program, payments.ledger.path)
    defer { served.stop() }
    let before = Verification.perSecond(count: isSmoke ? 500 : 20_000).two
    let requests = try payments.requests(isSmoke ? 300 : 60_000)
    let used = served.process.processorTime
    let full = try load(served, connections, requests: requests)
    let taken = (served.process.processorTime - used) / Double(full.count) * 1e6
    let limit = (before + Verification.perSecond(count: isSmoke ? 500 : 20_000).two) / 2
    let rate = Double(full.count) / full.seconds
    report.add("endpoint, \(connections) connections", rate, "1/s")
    report.add("endpoint, of the two-core verify limit around it", rate / limit, "ratio")
    report.add("endpoint, 99 of 100 within", full.p99, "ms")
    report.add("endpoint, a payment, processor time of the server", taken, "µs")
    report.add(
      "endpoint, a payment, processor time of the load", full.processorTime / Double(full.count) * 1e6, "µs")
    let single = try load(served, 1, requests: payments.requests(isSmoke ? 20 : 1_000))
    report.add("endpoint, one client, median", single.median, "ms")
    report.add("endpoint, one client, 99 of 100 within", single.p99, "ms")
    try readWhileWriting(served, payments, into: &report)
    report.add("carnet serve, memory", Double(served.process.residentMark) / 1_024, "MiB")
  }

  /// Balances and pages of statements, asked for while payments come in at full speed.
  private func readWhileWriting(
    _ served: Served, _ payments: JournalBenchmark, into report: inout Report
  ) throws {
    let reads = try payments.reads(isSmoke ? 20 : 2_000, from: served)
    let file = payments.ledger.folder.file("writes")
    try LoadFile.write(try payments.requests(isSmoke ? 300 : 60_000), to: file)
    let writing = try Subprocess(
      Subprocess.itself, ["--load", "\(served.port)", "\(connections)", file])
    let outcome = try load(served, 1, requests: reads)
    _ = try writing.readAll()
    report.add("balance or statement while writing, median", outcome.median, "ms")
    report.add("balance or statement while writing, 99 of 100 within", outcome.p99, "ms")
  }

  /// Hands requests to a load process; all must be answered well.
  private func load(_ served: Served, _ connections: Int, requests: [[UInt8]]) throws -> LoadClient.Outcome {
    let folder = try TemporaryFolder()
    try LoadFile.write(requests, to: folder.file("requests"))
    let data = try Subprocess(
      Subprocess.itself, ["--load", "\(served.port)", "\(connections)", folder.file("requests")]
    ).readAll()
    let outcome = try JSONDecoder().decode(LoadClient.Outcome.self, from: data)
    guard outcome.statuses.keys.allSatisfy({ ["200", "201"].contains($0) }) else {
      preconditionFailure("a benchmark's request was refused: \(outcome.statuses)")
    }
    return outcome
  }
}

/// A ledger that is served on a port of the system's choice.
final class Served {
  let process: Subprocess
  let port: UInt16

  init(_ program: String, _ ledger: String) throws {
    process = try Subprocess(
      program, ["serve", "--listen", "127.0.0.1:0", "--lang", "en"], ["CARNET_LEDGER": ledger],
      listensToErrors: true)
    port = try process.read { said in
      guard let start = said.range(of: "http://127.0.0.1:") else { return nil }
      let digits = said[start.upperBound...].prefix { $0.isNumber }
      return digits.endIndex < said.endIndex ? UInt16(digits) : nil
    }
  }

  func stop() { process.stop() }
}

enum LoadRequest {
  /// HTTP/1.1 as it goes over the wire.
  static func bytes(_ method: String, _ target: String, headers: [String] = [], body: [UInt8] = []) -> [UInt8]
  {
    var lines = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1"] + headers
    if !body.isEmpty { lines.append("Content-Length: \(body.count)") }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
  }
}

extension JournalBenchmark {
  /// Payments signed now, as requests.
  func requests(_ count: Int) throws -> [[UInt8]] {
    try payments(count).map { note in
      LoadRequest.bytes(
        "POST", "/v1/notes", headers: ["Content-Type: text/plain", "Accept: text/plain"],
        body: note.note.bytes)
    }
  }

  /// Balances and first pages of statements by turns, under a token of one member.
  func reads(_ count: Int, from served: Served) throws -> [[UInt8]] {
    let person = people[0]
    let host = "127.0.0.1:\(served.port)"
    let expires = SystemClock().now.seconds + 3_600
    let note = try sign(
      .access(Access(host: host, scope: .account, account: nil, expires: expires)), by: person)
    let answer = try HTTPTransport("http://\(host)").send(
      TransportRequest(
        method: "POST", target: "/v1/tokens", headers: ["Content-Type": "text/plain"], body: note.note.bytes))
    guard let json = try? JSON(parsing: answer.body), let token = json["token"]?.string else {
      preconditionFailure("a token")
    }
    return (0..<count).map { index in
      LoadRequest.bytes(
        "GET", "/v1/accounts/\(person.number)" + (index % 2 == 0 ? "" : "/statement"),
        headers: ["Authorization: Bearer \(token)"])
    }
  }
}
