import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Glibc
import Support

/// The program itself: what a person waits for at the prompt.
struct CommandBenchmark {
  let program: String
  private let rounds: Int

  init(program: String, smoke: Bool) {
    (self.program, rounds) = (program, smoke ? 1 : 15)
  }

  /// A payment and a balance on a large ledger.
  func run(on payments: JournalBenchmark, into report: inout Report) throws {
    let ledger = payments.ledger
    ledger.journal.close()
    let wallet = Wallet(home: Folder(ledger.folder.file("home")))
    guard let handle = Handle("payer") else { preconditionFailure("a handle") }
    try wallet.add(KeyFile(payments.people[0].key, handle: "payer", passphrase: nil), as: handle)
    let environment = ["CARNET_HOME": ledger.folder.file("home"), "CARNET_LEDGER": ledger.path]
    let pay = try spawn(["pay", payments.people[1].number.description, "1", "--yes"], environment)
    report.add("carnet pay, wall", pay.milliseconds, "ms")
    report.add("carnet pay, memory", pay.mebibytes, "MiB")
    let balance = try spawn(["balance"], environment)
    report.add("carnet balance, wall", balance.milliseconds, "ms")
    report.add("carnet balance, memory", balance.mebibytes, "MiB")
  }

  /// A scenario, made here unless a folder is given.
  func simulate(_ given: String?, into report: inout Report) throws {
    let folder = try TemporaryFolder()
    let scenario = given ?? folder.file("scenario")
    if given == nil { try GeneratedScenario(payments: rounds == 1 ? 100 : 20_000).write(to: scenario) }
    let environment = ["CARNET_HOME": folder.file("home"), "CARNET_LEDGER": folder.file("ledger")]
    let run = try spawn(["simulate", scenario, "--json"], environment, rounds: 1)
    let journal = try Journal(reading: folder.file("ledger"))
    let records = journal.read { $0.size }
    journal.close()
    report.add("simulate, keys included", Double(records) * 1_000 / run.milliseconds, "records/s")
  }

  /// The median wall time and the largest memory of some runs.
  func spawn(
    _ arguments: [String], _ environment: [String: String], rounds: Int? = nil
  ) throws -> (milliseconds: Double, mebibytes: Double) {
    var times: [Double] = []
    var memory = 0
    for _ in 0..<(rounds ?? self.rounds) {
      var kibibytes = 0
      times.append(try seconds { kibibytes = try once(arguments, environment) } * 1_000)
      memory = max(memory, kibibytes)
    }
    return (times.sorted()[times.count / 2], Double(memory) / 1_024)
  }

  /// Runs the program to its end; gives its largest resident set in KiB.
  private func once(_ arguments: [String], _ environment: [String: String]) throws -> Int {
    var pointers = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      let counts = unsafe (pointers.count, variables.count)
      for index in 0..<counts.0 { unsafe free(pointers[index]) }
      for index in 0..<counts.1 { unsafe free(variables[index]) }
    }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    var child: pid_t = 0
    let code = unsafe posix_spawn(&child, program, &actions, nil, &pointers, &variables)
    guard code == 0 else { throw Failed(status: code) }
    var (status, largest): (Int32, Int) = (0, 0)
    // `wait4` would count what this process held when it made the child; the kernel's own mark starts at the exec.
    while unsafe waitpid(child, &status, WNOHANG) == 0 {
      largest = max(largest, MemoryMark.kibibytes(of: child))
      usleep(500)
    }
    guard status == 0 else { throw Failed(status: status) }
    return largest
  }

  struct Failed: Error {
    let status: Int32
  }
}

/// A year of a made-up place in the form that `carnet simulate` reads.
struct GeneratedScenario {
  let payments: Int

  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let description =
      #"{"currency": "BEN", "kind": "backed", "scale": 2, "floor": 0, "ceiling": null, "fee": 500}"#
    try description.write(toFile: "\(folder)/scenario.json", atomically: true, encoding: .utf8)
    var lines = ["time,kind,from,to,currency,amount,reference,expect"]
    var random = SeededGenerator(seed: 7)
    var second: Int64 = 1_735_689_600
    let people = 400
    let time = { (second: Int64) in
      Timestamp(seconds: second).rfc3339.replacingOccurrences(of: ".000", with: "")
    }
    for person in 0..<people {
      second += 1
      lines.append("\(time(second)),join,,p-\(person),,,person|x|,ok")
      lines.append("\(time(second)),change,,p-\(person),BEN,100000.00,REF-\(person),ok")
    }
    for _ in 0..<payments {
      second += Int64.random(in: 60...2_000, using: &random)
      let payer = Int.random(in: 0..<people, using: &random)
      let payee = (payer + Int.random(in: 1..<people, using: &random)) % people
      lines.append(
        "\(time(second)),payment,p-\(payer),p-\(payee),BEN,\(Int.random(in: 1...20, using: &random)).00,,ok")
    }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: "\(folder)/events.csv", atomically: true, encoding: .utf8)
  }
}
