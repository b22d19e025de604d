import CarnetJournal
import CarnetLedger
import CarnetNotes
import Foundation
import Support

/// The books proving themselves: the audit of all of them, a receipt out of the middle, its verification.
struct ProofBenchmark {
  let command: CommandBenchmark?

  /// Signatures verified on each core to know the limit.
  let verifications: Int

  func run(on payments: JournalBenchmark, into report: inout Report) throws {
    let ledger = payments.ledger
    let size = ledger.journal.read { $0.size }
    report.add("records", Double(size), "")
    try receipts(of: ledger, size, into: &report)
    // The limit is taken anew on both sides: on a shared machine it is another one every minute.
    let before = Verification.perSecond(count: verifications).two
    let began = ProcessorTime.now()
    let took = try seconds {
      let findings = try Audit.run(ledger.path).findings
      guard findings.isEmpty else { preconditionFailure("a benchmark's ledger does not audit clean") }
    }
    let busy = (ProcessorTime.now() - began) / took
    let limit = (before + Verification.perSecond(count: verifications).two) / 2
    report.add("audit", took, "s")
    report.add("audit, processors busy", busy, "")
    report.add("audit, processor time of a record", busy * took / Double(size) * 1e6, "µs")
    report.add("verify, two cores, before and after", limit, "1/s")
    report.add("audit, of the bare verification on two cores", Double(size) / limit / took, "ratio")
    guard let command else { return }
    let audit = try command.spawn(["audit", "-q"], ["CARNET_LEDGER": ledger.path], rounds: 1)
    report.add("carnet audit, memory", audit.mebibytes, "MiB")
    try verification(of: ledger, size, command, into: &report)
  }

  private func receipts(of ledger: TestLedger, _ size: UInt64, into report: inout Report) throws {
    var generator = SeededGenerator(seed: 3)
    let numbers = (0..<500).map { _ in UInt64.random(in: 0..<size, using: &generator) }
    var times: [Double] = []
    for number in numbers {
      times.append(
        try seconds {
          guard try ledger.journal.receipt(of: number) != nil else { preconditionFailure("a receipt") }
        })
    }
    report.add("a receipt of any record, 99 of 100", times.sorted()[times.count * 99 / 100] * 1_000, "ms")
  }

  private func verification(
    of ledger: TestLedger, _ size: UInt64, _ command: CommandBenchmark, into report: inout Report
  ) throws {
    guard let receipt = try ledger.journal.receipt(of: size / 2) else { preconditionFailure("a receipt") }
    let file = ledger.folder.file("receipt")
    try Data(receipt.bytes).write(to: URL(fileURLWithPath: file))
    let key = ledger.place.verifierKey
    let verify = try command.spawn(
      ["receipt", "verify", file, "--vkey", key.description], ["CARNET_HOME": ledger.folder.file("home")])
    report.add("carnet receipt verify, wall", verify.milliseconds, "ms")
  }
}
