import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import FoundationNetworking
import Support
import Synchronization
import Testing

/// A server under load that is killed again and again: at the end each note is recorded once, none twice, none half.
///
/// Ten times in the tests, two hundred with CARNET_SOAK=1.
@Suite struct KillTests {
  private let rounds = Project.isSoak ? 200 : 10

  private static let port = 18_470

  /// Clients that send each note until it is answered as recorded.
  private final class Clients: Sendable {
    let recorded = Mutex<[NoteID: Int]>([:])
    private let left: Mutex<[Submission]>
    private let group = DispatchGroup()

    init(_ notes: [Submission], threads: Int) {
      left = Mutex(notes)
      for _ in 0..<threads {
        group.enter()
        Thread { [self] in
          while let note = left.withLock({ $0.popLast() }) { send(note) }
          group.leave()
        }.start()
      }
    }

    var isDone: Bool { group.wait(timeout: .now()) == .success }

    private func send(_ note: Submission) {
      while true {
        if let number = once(note) {
          recorded.withLock { $0[note.id] = number }
          return
        }
        usleep(20_000)
      }
    }

    /// The number under which the note is recorded, `nil` where no such answer came.
    private func once(_ note: Submission) -> Int? {
      guard let url = URL(string: "http://127.0.0.1:\(KillTests.port)/v1/notes") else { return nil }
      var request = URLRequest(url: url, timeoutInterval: 10)
      request.httpMethod = "POST"
      request.setValue("text/plain", forHTTPHeaderField: "Content-Type")
      request.httpBody = Data(note.note.bytes)
      let ended = DispatchSemaphore(value: 0)
      let number = Mutex<Int?>(nil)
      URLSession.shared.dataTask(with: request) { data, response, _ in
        let status = (response as? HTTPURLResponse)?.statusCode
        if let data, status == 200 || status == 201, let json = try? JSON(parsing: [UInt8](data)) {
          number.withLock { $0 = json["number"]?.integer.map { Int($0) } }
        }
        ended.signal()
      }.resume()
      ended.wait()
      return number.withLock { $0 }
    }
  }

  private func serve(_ path: String) throws -> Process {
    let server = Process()
    server.executableURL = Project.binaries.appendingPathComponent("carnet")
    server.arguments = ["serve", "--ledger", path, "--listen", "127.0.0.1:\(KillTests.port)"]
    server.standardError = FileHandle.nullDevice
    try server.run()
    return server
  }

  @Test("killed under load, the books hold each note exactly once and every balance is right")
  func killed() throws {
    var ledger = try TestLedger(floor: -1_000_000)
    ledger.clock.now = SystemClock().now
    let people = try (0..<6).map { try ledger.join("member-\($0)") }
    var notes: [Submission] = []
    for index in 0..<(rounds * 150) {
      let (payer, payee) = (people[index % 6], people[(index / 6 + index + 1) % 6])
      guard payer.number != payee.number else { continue }
      notes.append(
        try ledger.place.submission(
          ledger.payment(of: Int64(1 + index % 7), to: payee), by: payer, at: ledger.clock.now,
          lifetime: 86_400))
    }
    ledger.journal.close()

    var server = try serve(ledger.path)
    let clients = Clients(notes.shuffled(), threads: 8)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<rounds where !clients.isDone {
      usleep(UInt32.random(in: 150_000...450_000, using: &random))
      kill(server.processIdentifier, SIGKILL)
      server.waitUntilExit()
      server = try serve(ledger.path)
    }
    let deadline = Date(timeIntervalSinceNow: 600)
    while !clients.isDone, Date() < deadline { usleep(50_000) }
    #expect(clients.isDone, "clients were left without an answer")
    kill(server.processIdentifier, SIGTERM)
    usleep(200_000)
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
    try check(ledger, notes, clients.recorded.withLock { $0 })
  }

  /// The audit, each note under the number it was answered with, and balances summed up here.
  private func check(_ ledger: TestLedger, _ notes: [Submission], _ recorded: [NoteID: Int]) throws {
    #expect(try Audit.run(ledger.path).findings.map(\.description) == [])
    let journal = try Journal(reading: ledger.path, options: .init(clock: ledger.clock))
    defer { journal.close() }
    var sums: [AccountID: Int64] = [:]
    for note in notes {
      let number = try journal.number(of: note.id)
      #expect(number.map { Int($0) } == recorded[note.id])
      guard case .payment(let payment) = note.text.operation else { continue }
      sums[AccountID(note.text.signer, payment.currency), default: 0] -= payment.amount
      sums[AccountID(payment.to, payment.currency), default: 0] += payment.amount
    }
    let size = journal.read { $0.size }
    // Genesis, one currency, six members, and the notes; nothing twice.
    #expect(size == UInt64(8 + notes.count) && recorded.count == notes.count)
    for (account, sum) in sums { #expect(journal.read { $0.balance(of: account) } == sum) }
  }
}
