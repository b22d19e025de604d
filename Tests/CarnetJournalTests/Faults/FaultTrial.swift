import CarnetLedger
import CarnetNotes
import Foundation
import Support
import Testing

@testable import CarnetJournal

/// A ledger on a disk that fails, and everything that was said about it.
struct FaultTrial {
  let scenario: FaultScenario
  let folder: TemporaryFolder
  let disk: FaultDisk
  /// What names the trial where it fails.
  let title: String
  private(set) var said: [Acknowledgement] = []
  private(set) var countOfLastRun = 0

  var path: String { folder.file("ledger") }

  init(_ scenario: FaultScenario, seed: UInt64, title: String) throws {
    (self.scenario, folder) = (scenario, try TemporaryFolder())
    try scenario.lay(in: folder)
    disk = FaultDisk(folder.path, seed: seed)
    self.title = "\(title), seed \(seed)"
    FaultVFS.attach(disk)
  }

  /// Runs one process under a plan.
  mutating func run(_ plan: FaultPlan?) {
    disk.begin(plan)
    said += scenario.run(path)
    disk.waitUntilClosed()
    countOfLastRun = disk.count
  }

  /// The files as they are, but for SQLite's shared memory and the lock, which hold nothing that lasts.
  func contents() throws -> [String: Data?] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: names.filter { !$0.hasSuffix("-shm") && !$0.hasSuffix(".lock") }
        .map { ($0, FileManager.default.contents(atPath: folder.file($0))) })
  }

  /// What someone who only reads is told: every record and receipt, every balance and statement.
  func answers() throws -> [String] {
    let journal = try Journal(reading: path, options: .init(clock: scenario.clock))
    defer { journal.close() }
    var answers: [String] = []
    for number in 0..<journal.read({ $0.size }) {
      let (record, receipt) = (try journal.record(number), try journal.receipt(of: number))
      answers.append("\(record?.bytes ?? []) \(receipt?.bytes ?? [])")
    }
    for account in scenario.balances.keys.sorted() {
      let statement = try journal.statement(StatementRequest(account: account))
      answers.append("\(account) \(try journal.balance(of: account, behind: 12)) \(statement?.closing ?? 0)")
      answers += (statement?.lines ?? []).map { "\($0.number) \($0.amount) \($0.text ?? "-")" }
    }
    return answers
  }

  /// Opens the ledger on a disk without faults, and checks that nothing of what was said is untrue, that nothing is half
  /// there, and that handing in everything once more settles everything.
  func check() throws {
    defer { FaultVFS.detach(disk) }
    disk.waitUntilClosed()
    disk.begin(nil)
    if Project.isSoak { try audit("before the start") }
    let journal: Journal
    do throws(StoreError) {
      journal = try Journal(opening: path, options: .init(clock: scenario.clock))
    } catch {
      Issue.record("\(title): does not open: \(error)")
      return
    }
    try checkSaid(journal)
    let settled = scenario.groups.flatMap { FaultScenario.handIn($0, to: journal) }
    for answer in settled where answer.outcome != scenario.outcomes[answer.note] {
      Issue.record("\(title): \(answer.outcome) instead of \(scenario.outcomes[answer.note] ?? "-")")
    }
    try checkSaid(journal)
    let records = try records(of: journal)
    try checkNotes(journal, records)
    checkBalances(journal, records)
    journal.close()
    disk.waitUntilClosed()
    try audit("at the end")
    disk.waitUntilClosed()
  }

  private func audit(_ moment: String) throws {
    #expect(try Audit.run(path).findings.map(\.description) == [], "\(title): \(moment)")
  }

  private func records(of journal: Journal) throws -> [Record] {
    try (0..<journal.read { $0.size }).map { number in
      try #require(try journal.record(number), "\(title): record \(number)")
    }
  }

  /// Every note that was acknowledged has the record it was told.
  private func checkSaid(_ journal: Journal) throws {
    for answer in said {
      guard let record = answer.record else { continue }
      let found = try journal.readers.read { log throws(StoreError) in
        (try log.number(of: answer.note), try log.recordBytes(record.number))
      }
      guard found.0 != record.number || found.1 != record.bytes else { continue }
      Issue.record("\(title): acknowledged record \(record.number) is gone or differs")
    }
  }

  /// Every note that can have a record has one, with its text, and is found by its id.
  private func checkNotes(_ journal: Journal, _ records: [Record]) throws {
    var numbers: [NoteID: UInt64] = [:]
    for record in records {
      #expect(numbers.updateValue(record.number, forKey: record.note.id) == nil, "\(title): recorded twice")
    }
    for note in scenario.notes {
      let number = numbers[note.id]
      #expect((number != nil) == (scenario.outcomes[note.id] == "done"), "\(title)")
      #expect(try journal.number(of: note.id) == number, "\(title): the index of ids differs")
      guard let number, let text = note.saltedText else { continue }
      #expect(try journal.saltedText(of: number) == text, "\(title): a text is not there")
    }
  }

  /// The balances are the sums of the postings, and those of a ledger to which nothing happened.
  private func checkBalances(_ journal: Journal, _ records: [Record]) {
    var sums: [AccountID: Int64] = [:]
    for leg in records.flatMap(\.postings.legs) { sums[leg.account, default: 0] += leg.amount }
    #expect(sums == scenario.balances, "\(title): balances")
    for (account, sum) in sums {
      #expect(journal.read { $0.balance(of: account) } == sum, "\(title): the state's balance")
    }
  }
}
