import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@Suite struct InteropTests {
  @Test("a program in another language, written from docs/PROTOCOL.md, pays and checks its receipt")
  func python() throws {
    var ledger = try TestLedger()
    ledger.clock.now = SystemClock().now
    let (alice, bob) = (try ledger.join("alice"), try ledger.join("bob"))
    let address = try #require(Server.Address("127.0.0.1:0"))
    let server = try Server(Endpoint(journal: ledger.journal), on: address)
    let seed: String = unsafe alice.key.withSeed { unsafe Hex.encode(Array($0)) }
    let script = Project.file("Tests/Interop/pay.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", script.path, "http://\(server.address)", seed, bob.number.description, "90",
      ledger.currency.description,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: printed, as: UTF8.self) == "4\n")
    let account = AccountID(bob.number, ledger.currency)
    #expect(ledger.journal.read { $0.balance(of: account) } == 90)
    server.stop()
    ledger.journal.close()
  }
}
