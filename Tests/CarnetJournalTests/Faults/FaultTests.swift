import CarnetLedger
import Foundation
import Support
import Synchronization
import Testing

@testable import CarnetJournal

/// What the journal survives: a disk that fails in any operation, and a loss of power behind any.
///
/// Each trial is a small ledger on a disk of its own. With `CARNET_SOAK=1` every operation is tried, with more seeds.
@Suite struct FaultTests {
  private static let scenario = Result { try FaultScenario(groups: Project.isSoak ? 6 : 3) }

  /// One kind of mishap, and how many of its operations are tried in a short run.
  struct Mode: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let effect: FaultPlan.Effect
    var counted = DiskOperation.changes
    var trials = 8
  }

  static let failures = [
    Mode(testDescription: "any once", effect: .failure(lasts: false)),
    Mode(testDescription: "all from then on", effect: .failure(lasts: true)),
    Mode(testDescription: "a write to a full disk once", effect: .full(lasts: false)),
    Mode(testDescription: "a full disk from then on", effect: .full(lasts: true)),
    Mode(testDescription: "a read once", effect: .failure(lasts: false), counted: [.read], trials: .max),
    Mode(testDescription: "a sync once", effect: .failure(lasts: false), counted: [.sync], trials: .max),
  ]

  @Test("an operation that fails loses nothing that was acknowledged", arguments: failures)
  func failure(_ mode: Mode) throws {
    let scenario = try FaultTests.scenario.get()
    for (seed, at) in try FaultTests.places(scenario, mode) {
      var trial = try FaultTrial(scenario, seed: seed, title: "\(mode.testDescription), operation \(at)")
      trial.run(FaultPlan(effect: mode.effect, at: at, counted: mode.counted))
      try trial.check()
    }
  }

  @Test("a loss of power loses nothing that was acknowledged", arguments: Survival.allCases)
  func power(_ survival: Survival) throws {
    let scenario = try FaultTests.scenario.get()
    let mode = Mode(testDescription: "a loss of power", effect: .powerCut, trials: 11)
    for (seed, at) in try FaultTests.places(scenario, mode) {
      var trial = try FaultTrial(scenario, seed: seed, title: "power cut, \(survival), operation \(at)")
      trial.run(FaultPlan(effect: .powerCut, at: at))
      try trial.disk.restart(after: survival)
      try trial.check()
    }
  }

  @Test("mishaps one after the other, in the starts after them too, lose nothing that was acknowledged")
  func storms() throws {
    let scenario = try FaultTests.scenario.get()
    for seed in 1...(Project.isSoak ? 1_000 : 16) as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      var trial = try FaultTrial(scenario, seed: seed, title: "storm")
      for _ in 0..<3 {
        let effect = FaultPlan.Effect.all.randomElement(using: &generator) ?? .powerCut
        // Half of them early, where a start repairs what the last mishap left.
        let at = Int.random(in: 1...(Bool.random(using: &generator) ? 20 : 200), using: &generator)
        trial.run(FaultPlan(effect: effect, at: at))
        if effect == .powerCut || Bool.random(using: &generator) {
          try trial.disk.restart(after: Survival.allCases.randomElement(using: &generator) ?? .nothing)
        }
      }
      try trial.check()
    }
  }

  @Test("what a failed sync left out is not built upon: a loss of power in the start behind it loses nothing")
  func failedSync() throws {
    let scenario = try FaultTests.scenario.get()
    let syncs = try FaultTests.operations(of: scenario, [.sync])
    // In short, around the first commit, whose pages a start copies into an empty place.
    let (soak, short) = ((1...syncs, 1...24, 0..<4), (2...2, 6...11, 3..<7))
    let (failing, last, rounds) = Project.isSoak ? soak : short
    for sync in failing {
      for at in last {
        for round in rounds {
          let title = "sync \(sync), then a power cut, operation \(at)"
          var trial = try FaultTrial(scenario, seed: UInt64(1_000 * round + at), title: title)
          trial.run(FaultPlan(effect: .failure(lasts: false), at: sync, counted: [.sync]))
          trial.run(FaultPlan(effect: .powerCut, at: at))
          try trial.disk.restart(after: .scattered)
          try trial.check()
        }
      }
    }
  }

  @Test(
    "a loss of power amid large commits, in which tiles are completed, loses nothing that was acknowledged")
  func largeCommits() throws {
    let scenario = try FaultScenario(groups: 2, rounds: 33)
    let count = try FaultTests.operations(of: scenario, DiskOperation.changes)
    for seed in 1...(Project.isSoak ? 200 : 3) as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let survival = Survival.allCases.randomElement(using: &generator) ?? .nothing
      let at = Int.random(in: 1...count, using: &generator)
      var trial = try FaultTrial(scenario, seed: seed, title: "large, \(survival), operation \(at)")
      trial.run(FaultPlan(effect: .powerCut, at: at))
      try trial.disk.restart(after: survival)
      try trial.check()
    }
  }

  /// The operations to try with a seed each: all of them, or some that lie evenly among them.
  private static func places(_ scenario: FaultScenario, _ mode: Mode) throws -> [(seed: UInt64, at: Int)] {
    let count = try counts.withLock { counts in
      let count = try counts[mode.counted] ?? operations(of: scenario, mode.counted)
      counts[mode.counted] = count
      return count
    }
    guard !Project.isSoak else {
      return (0..<2).flatMap { round in (1...count).map { (UInt64(round * 100_000 + $0), $0) } }
    }
    let trials = min(mode.trials, count)
    return (0..<trials).map { place in
      let at = 1 + place * (count - 1) / (trials - 1)
      return (UInt64(at), at)
    }
  }

  private static let counts = Mutex<[Set<DiskOperation>: Int]>([:])

  /// How many such operations there are where nothing fails.
  private static func operations(of scenario: FaultScenario, _ counted: Set<DiskOperation>) throws -> Int {
    var trial = try FaultTrial(scenario, seed: 0, title: "no fault")
    trial.run(FaultPlan(effect: .powerCut, at: .max, counted: counted))
    let count = trial.countOfLastRun
    try trial.check()
    #expect(count >= 9)
    return count
  }
}

/// What founds, copies and reads on a disk that fails.
extension FaultTests {
  @Test("a disk that can only be read keeps everything readable and nothing is written")
  func readOnly() throws {
    let scenario = try FaultTests.scenario.get()
    for at in [1, 60, 120] {
      var trial = try FaultTrial(scenario, seed: UInt64(at), title: "read-only behind operation \(at)")
      trial.run(FaultPlan(effect: .powerCut, at: at))
      try trial.disk.restart(after: .everything)
      trial.disk.begin(nil, isReadOnly: true)
      let before = try trial.contents()
      #expect(throws: StoreError.self) {
        try Journal(opening: trial.path, options: .init(clock: scenario.clock))
      }
      let reading = try Journal(reading: trial.path)
      for answer in trial.said {
        if let record = answer.record { #expect(try reading.record(record.number)?.bytes == record.bytes) }
      }
      reading.close()
      trial.disk.waitUntilClosed()
      #expect(try trial.contents() == before)
      try trial.check()
    }
  }

  @Test("a read that fails is said to have failed; what is answered is what was committed")
  func reading() throws {
    let scenario = try FaultTests.scenario.get()
    var trial = try FaultTrial(scenario, seed: 1, title: "reading")
    trial.run(nil)
    let expected = try trial.answers()
    var (at, failures) = (1, 0)
    while true {
      trial.disk.begin(FaultPlan(effect: .failure(lasts: false), at: at, counted: [.read]))
      let answers = Result { try trial.answers() }
      trial.disk.waitUntilClosed()
      guard trial.disk.count >= at else { break }
      switch answers {
      case .success(let answers): #expect(answers == expected, "read \(at)")
      case .failure(let error):
        #expect(error is StoreError, "read \(at)")
        failures += 1
      }
      at += 1
    }
    #expect(failures > 10)
    try trial.check()
  }

  @Test("founding on a disk that fails leaves a whole ledger or none, and says which")
  func founding() throws {
    var place = Place()
    let genesis = try place.genesis(at: TestLedger.start)
    let secrets = LedgerSecrets(keys: [place.ledgerKey], referenceSecret: Array(repeating: 7, count: 32))
    let clock = TestClock(TestLedger.start)
    let count = try found(genesis, secrets, clock, FaultPlan(effect: .powerCut, at: .max))
    let step = Project.isSoak ? 1 : 11
    for effect in FaultPlan.Effect.all {
      for at in Array(stride(from: 1, through: count, by: step)) + [count - 1, count] {
        try found(genesis, secrets, clock, FaultPlan(effect: effect, at: at))
      }
    }
  }

  /// Founds a ledger under a plan, then again without one where that failed. The operations of the first time.
  @discardableResult
  private func found(
    _ genesis: Submission, _ secrets: LedgerSecrets, _ clock: TestClock, _ plan: FaultPlan
  ) throws -> Int {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger")
    let disk = FaultDisk(folder.path, seed: UInt64(truncatingIfNeeded: plan.at))
    FaultVFS.attach(disk)
    defer { FaultVFS.detach(disk) }
    disk.begin(plan)
    let isFounded = Result { try Journal.create(at: path, genesis: genesis, secrets: secrets, clock: clock) }
    disk.waitUntilClosed()
    let count = disk.count
    if case .success = isFounded { disk.renamed("ledger.founding", to: "ledger") }
    if plan.effect == .powerCut { try disk.restart(after: .nothing) }
    disk.begin(nil)
    if case .failure = isFounded {
      #expect(!FileManager.default.fileExists(atPath: path), "\(plan)")
      try Journal.create(at: path, genesis: genesis, secrets: secrets, clock: clock)
    }
    do {
      let journal = try Journal(opening: path, options: .init(clock: clock))
      #expect(journal.read { $0.size } == 1, "\(plan)")
      journal.close()
    } catch {
      Issue.record("\(plan.effect) at \(plan.at): does not open: \(error)")
    }
    disk.waitUntilClosed()
    return count
  }

  @Test("a copy made on a disk that fails is whole, or is said to have failed")
  func copy() throws {
    let scenario = try FaultTests.scenario.get()
    var trial = try FaultTrial(scenario, seed: 1, title: "copy")
    trial.run(nil)
    let size = try Audit.run(trial.path).size
    var at = 1
    var wasReached = true
    while wasReached {
      for effect in FaultPlan.Effect.all where effect != .powerCut {
        let copy = trial.folder.file("copy-\(at)")
        trial.disk.begin(FaultPlan(effect: effect, at: at, counted: Set(DiskOperation.allCases)))
        let report = try? Backup.copy(trial.path, to: copy)
        trial.disk.waitUntilClosed()
        wasReached = trial.disk.count >= at
        trial.disk.begin(nil)
        let isWhole = report?.findings.isEmpty ?? false
        #expect(isWhole == FileManager.default.fileExists(atPath: copy), "\(effect) at \(at)")
        if isWhole {
          #expect(try Audit.run(copy).findings == [] && Audit.run(copy).size == size, "\(effect) at \(at)")
        }
        trial.disk.waitUntilClosed()
        for rest in ["", ".damaged", ".new"] { trial.folder.remove("copy-\(at)" + rest) }
      }
      at += Project.isSoak ? 1 : 17
    }
    #expect(at > 100)
    try trial.check()
  }
}
