import CarnetLedger
import CarnetNotes

/// Which notes are recorded, as a writer must know before it takes another: the newest ids in memory, older ones in runs.
///
/// A row for each new id is only ever added at the end of `recent_ids`. Once there are enough they move as one run, in
/// sorted order, to the end of `note_ids`. So an id costs the same however many there are, and a look-up asks those runs
/// only that a note of its `until` may lie in: nearly none for a note that is new.
struct NoteIDs {
  /// A run of ids that were recorded one after the other.
  private struct Run {
    let number: Int64
    /// Unix seconds of its first record.
    let since: Int64
    /// The latest `until` of its notes.
    let until: Int64
    /// `nil` for a run that was there at the start, until it was looked up in the file in vain.
    var filter: IDFilter?

    /// Whether the note may be there: it was recorded before its `until`, which is not beyond the run's latest.
    func mayHold(_ id: NoteID, until: Int64?) -> Bool {
      guard let until else { return filter?.mayContain(id) ?? true }
      return since <= until && until <= self.until && filter?.mayContain(id) ?? true
    }
  }

  private var recent: [NoteID: UInt64] = [:]
  private var runs: [Run] = []
  /// Notes that someone took back; few ever are.
  private var voided: Set<NoteID> = []
  private let insertion: Statement
  private let look: Statement
  private let list: Statement

  /// Reads what is there.
  init(_ database: Database) throws(StoreError) {
    insertion = try Statement("INSERT INTO recent_ids (number, id, until) VALUES (?1, ?2, ?3)", in: database)
    look = try Statement("SELECT number FROM note_ids WHERE run = ?1 AND id = ?2", in: database)
    list = try Statement("SELECT id FROM note_ids WHERE run = ?1", in: database)
    let ids = try Statement("SELECT number, id FROM recent_ids", in: database)
    while try ids.step() {
      guard let id = ids.digest(1) else { throw .damaged("recent_ids") }
      recent[id] = try ids.unsigned(0)
    }
    let rows = try Statement("SELECT run, since, until FROM id_runs ORDER BY run", in: database)
    while try rows.step() {
      runs.append(Run(number: rows.integer(0), since: rows.integer(1), until: rows.integer(2)))
    }
    let voids = try Statement("SELECT id FROM voids", in: database)
    while try voids.step() {
      guard let id = voids.digest(0) else { throw .damaged("voids") }
      voided.insert(id)
    }
  }

  /// Takes note that someone took the note back.
  mutating func void(_ id: NoteID) { voided.insert(id) }

  /// Whether someone took the note back.
  func isVoided(_ id: NoteID) -> Bool { voided.contains(id) }

  /// Adds the id of a new record.
  mutating func insert(_ id: NoteID, of record: Record) throws(StoreError) {
    try insertion.bind(at: 1, Int64(record.number))
    try insertion.bind(at: 2, id.bytes)
    try insertion.bind(at: 3, record.text.until)
    try insertion.run()
    recent[id] = record.number
  }

  /// The number of a note's record, given its `until` too where it is known.
  mutating func number(of id: NoteID, until: Int64?) throws(StoreError) -> UInt64? {
    if let number = recent[id] { return number }
    var unfiltered: Int?
    for place in runs.indices.reversed() where runs[place].mayHold(id, until: until) {
      try look.bind(at: 1, runs[place].number)
      try look.bind(at: 2, id.bytes)
      defer { look.reset() }
      if try look.step() { return try look.unsigned(0) }
      if runs[place].filter == nil { unfiltered = unfiltered ?? place }
    }
    // One at a time, so that nobody waits long behind a start.
    if let unfiltered, unfiltered >= runs.count - Limits.idFiltersMax { try addFilter(to: unfiltered) }
    return nil
  }

  private mutating func addFilter(to place: Int) throws(StoreError) {
    var filter = IDFilter()
    try list.bind(at: 1, runs[place].number)
    defer { list.reset() }
    while try list.step() {
      guard let id = list.digest(0) else { throw .damaged("note_ids") }
      filter.insert(id)
    }
    runs[place].filter = filter
  }

  /// Moves the recent ids to a run of their own once there are enough of them.
  mutating func settle(in database: Database) throws(StoreError) {
    guard recent.count >= Limits.recentIDsMax else { return }
    guard let (number, since, until) = try NoteIDs.settle(in: database) else { return }
    var filter = IDFilter()
    for id in recent.keys { filter.insert(id) }
    runs.append(Run(number: number, since: since, until: until, filter: filter))
    recent.removeAll(keepingCapacity: true)
    let oldest = runs.count - 1 - Limits.idFiltersMax
    if oldest >= 0 { runs[oldest].filter = nil }
  }

  /// Moves all recent ids to the next run; `nil` where there are none.
  static func settle(in database: Database) throws(StoreError) -> (run: Int64, since: Int64, until: Int64)? {
    let number = try database.integer("SELECT coalesce(max(run) + 1, 0) FROM id_runs")
    let bounds = try database.statement("SELECT min(number), max(until) FROM recent_ids")
    guard try bounds.step(), let first = try bounds.optionalUnsigned(0) else { return nil }
    let until = bounds.integer(1)
    bounds.reset()
    let since = try LogTables(database: database).time(of: first).seconds
    try database.statement("INSERT INTO id_runs (run, since, until) VALUES (?1, ?2, ?3)")
      .bind(number, since, until).run()
    try database.statement(
      "INSERT INTO note_ids (run, id, number) SELECT ?1, id, number FROM recent_ids ORDER BY id"
    ).bind(number).run()
    try database.execute("DELETE FROM recent_ids")
    return (number, since, until)
  }
}

/// Whether an id may be among some thousand: three bits of 2¹⁸ for each (Bloom, 1970). One in two hundred that is not
/// there seems to be.
struct IDFilter {
  private static let bits: UInt64 = 18
  private static let slices: UInt64 = 3
  private var words = [UInt64](repeating: 0, count: 1 << (bits - 6))

  mutating func insert(_ id: NoteID) {
    for place in IDFilter.places(of: id) { words[Int(place >> 6)] |= 1 << (place & 63) }
  }

  func mayContain(_ id: NoteID) -> Bool {
    IDFilter.places(of: id).allSatisfy { words[Int($0 >> 6)] & 1 << ($0 & 63) != 0 }
  }

  /// Different bits of one hash.
  private static func places(of id: NoteID) -> some Sequence<UInt64> {
    let hash = UInt64(truncatingIfNeeded: id.hashValue)
    return (0..<slices).lazy.map { hash >> ($0 * bits) & (1 << bits - 1) }
  }
}
