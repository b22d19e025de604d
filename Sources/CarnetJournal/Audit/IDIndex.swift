import CarnetLedger
import CarnetNotes

/// The indexes of note ids, recent and in runs, held against the ids of the records.
///
/// Of each id only a hash with a seed of this process is kept, eight bytes a record; the tables are read once, in their order.
struct IDIndex {
  private var hashes: [Int] = []
  private var untils: [Int64] = []

  mutating func append(_ id: NoteID, until: Int64) {
    hashes.append(id.hashValue)
    untils.append(until)
  }

  /// Stands for a record that could not be read.
  mutating func appendUnknown() {
    hashes.append(0)
    untils.append(0)
  }

  /// Reports ids that no record has, and records whose id is in neither table.
  func compare(_ audit: inout Audit) throws(StoreError) {
    var isFound = [Bool](repeating: false, count: hashes.count)
    try compareRuns(&isFound, &audit)
    try compareRecent(&isFound, &audit)
    for (number, found) in isFound.enumerated() where !found && hashes[number] != 0 {
      audit.report(Finding(.index, UInt64(number), "note_ids", expected: "there"))
    }
  }

  private func compareRecent(_ isFound: inout [Bool], _ audit: inout Audit) throws(StoreError) {
    let statement = try Statement("SELECT id, number, until FROM recent_ids", in: audit.database)
    while try statement.step() {
      guard let place = place(of: statement, isFound), statement.integer(2) == untils[place] else {
        report(statement, of: "recent_ids", &audit)
        continue
      }
      isFound[place] = true
    }
  }

  /// What a run must say of itself, from the records whose ids it holds.
  private struct Run {
    var first = Int.max
    var until = Int64.min
  }

  private func compareRuns(_ isFound: inout [Bool], _ audit: inout Audit) throws(StoreError) {
    let statement = try Statement("SELECT id, number, run FROM note_ids", in: audit.database)
    var runs: [Int64: Run] = [:]
    while try statement.step() {
      guard let place = place(of: statement, isFound) else {
        report(statement, of: "note_ids", &audit)
        continue
      }
      isFound[place] = true
      var run = runs[statement.integer(2)] ?? Run()
      (run.first, run.until) = (min(run.first, place), max(run.until, untils[place]))
      runs[statement.integer(2)] = run
    }
    var expected: Set<String> = []
    for (number, run) in runs {
      let since = try audit.log.time(of: UInt64(run.first)).seconds
      expected.insert("\(number) \(since) \(run.until)")
    }
    try audit.compareRows(
      "id_runs", "SELECT run || ' ' || since || ' ' || until FROM id_runs", expected)
  }

  /// The record of a row's id, where it has that id and no row had it before.
  private func place(of row: Statement, _ isFound: [Bool]) -> Int? {
    guard let place = Int(exactly: row.integer(1)), hashes.indices.contains(place), !isFound[place],
      row.digest(0)?.hashValue == hashes[place]
    else { return nil }
    return place
  }

  private func report(_ row: Statement, of table: String, _ audit: inout Audit) {
    audit.report(
      Finding(.index, UInt64(exactly: row.integer(1)), table, found: row.digest(0)?.hex ?? "-"))
  }
}
