import CarnetLedger
import CarnetNotes

/// Plays the records again, one by one, under the rules, and compares all that is stored with what comes out.
struct Replay {
  /// Records of the file.
  let size: UInt64
  private(set) var state: LedgerState?
  private(set) var accounts = AccountTable()
  private(set) var tree = TreeEdge()
  /// `false` once a record could not be replayed: what depends on the state is not compared behind it.
  private(set) var isWhole = true
  private var next: UInt64 = 0
  private var past = Past()
  private var texts: TextLedger
  private var ids = IDIndex()
  // Rows of the tables that lie beside the records, read in step with them.
  private var entries: RowCursor<Entry>
  private var tileCount: Int64 = 0
  private var checkpoints = CheckpointAudit()
  private let snapshot: AccountSnapshot

  /// `nil` where there is no record at all.
  init?(_ audit: Audit, size: UInt64) throws(StoreError) {
    guard size > 0 else { return nil }
    self.size = size
    let database = audit.database
    entries = try RowCursor(
      "SELECT \(LogTables.entryColumns) FROM entries ORDER BY entry", in: database,
      read: LogTables.entry(from:))
    texts = try TextLedger(database)
    snapshot = try AccountSnapshot(database)
  }

  var root: Digest { tree.root }

  /// The keys the ledger signed with so far.
  var verifierKeys: [VerifierKey] {
    guard let state else { return [] }
    return state.ledgerKeys.entries.map { VerifierKey(origin: state.origin, publicKey: $0.key) }
  }

  /// One record: its form, its place, its signatures, its replay, and everything stored along with it.
  mutating func take(_ row: Audit.Row, of audit: inout Audit) throws(StoreError) {
    noteMissing(before: row.number, &audit)
    if snapshot.size == Int64(row.number) { snapshot.compare(with: accounts, &audit) }
    let (stored, leaf) = (row.stored, row.computedLeaf)
    if stored.leaf != leaf {
      let found = stored.leaf?.hex ?? "-"
      audit.report(Finding(.leafHash, row.number, "records.leaf", expected: leaf.hex, found: found))
    }
    try compareTiles(tree.append(leaf), of: row.number, &audit)
    audit.passed(tree)
    guard let record = row.record, record.number == row.number, let id = row.id,
      let lines = state?.lines(of: record) ?? RecordLines(of: record)
    else {
      audit.report(Finding(.recordMalformed, row.number, "records.record"))
      ids.appendUnknown()
      isWhole = false
      return
    }
    if record.time.milliseconds != stored.time {
      let (expected, found) = ("\(record.time.milliseconds)", "\(stored.time)")
      audit.report(Finding(.recordTime, row.number, "records.time", expected: expected, found: found))
    }
    if !row.signaturesAreValid { audit.report(Finding(.signature, row.number, "records.record")) }
    ids.append(id, until: record.text.until)
    let text = try texts.text(of: record, &audit)
    if isWhole { try replay(record, lines, id, stored.bytes, text, &audit) }
    try compareEntries(of: record, &audit)
    compareCheckpoint(row.checkpoint, behind: record, &audit)
  }

  /// Reports numbers that are left out; a gap beyond what an audit reports ends it.
  private mutating func noteMissing(before number: UInt64, _ audit: inout Audit) {
    while next < number, audit.findings.count < Audit.findingsMax {
      audit.report(Finding(.recordMissing, next, "records"))
      ids.appendUnknown()
      isWhole = false
      next += 1
    }
    next = number + 1
  }

  /// Decides on the note again, as if it came in at the record's time.
  private mutating func replay(
    _ record: Record, _ lines: RecordLines, _ id: NoteID, _ bytes: [UInt8], _ text: SubmittedText?,
    _ audit: inout Audit
  ) throws(StoreError) {
    let submission = Submission(replaying: record, id: id, saltedText: text)
    let decision: Decision
    do throws(Refusal) {
      guard let decided = try decide(on: submission, of: record, lines, audit) else {
        return try found(submission, record, bytes)
      }
      decision = decided
    } catch {
      isWhole = false
      return audit.report(
        Finding(.replay, record.number, "records.record", expected: "accepted", found: error.code))
    }
    past.gather(decision)
    gatherErasures(decision)
    guard decision.record != record else { return }
    let isPosting = decision.record.postings != record.postings
    audit.report(
      Finding(isPosting ? .posting : .replay, record.number, "records.record", expected: "as-replayed"))
    isWhole = false
  }

  /// `nil` where there is no state yet. The state is asked and changed where it is: a copy would cost as much as the rules do.
  private mutating func decide(
    on submission: Submission, of record: Record, _ lines: RecordLines, _ audit: Audit
  ) throws(Refusal) -> Decision? {
    guard let time = state?.time else { return nil }
    let facts = past.facts(for: submission, before: record.number, log: audit.log)
    guard let verified = try state?.replaying(record, lines, as: submission) else { return nil }
    guard record.time >= time else { throw .expired }
    let decision = try state?.decide(verified, at: record.time, facts: facts)
    if let decision { state?.apply(decision) }
    return decision
  }

  /// The record that opens the ledger.
  private mutating func found(
    _ submission: Submission, _ record: Record, _ bytes: [UInt8]
  ) throws(Refusal) {
    let (founded, decision) = try LedgerState.found(
      VerifiedSubmission(unchecked: LedgerState.unverified(genesis: submission)), at: record.time)
    state = founded
    if decision.record.bytes != bytes { throw .notCanonical }
  }

  private mutating func gatherErasures(_ decision: Decision) {
    for change in decision.changes {
      switch change {
      case .erasedMember(let member): texts.erase(member: member)
      case .erasedText(of: let number): texts.erase(textOf: number)
      case .member, .rules, .ledgerKey, .currency, .setting, .voided, .referenceTaken, .reversed, .requested,
        .requestPaid, .requestCancelled, .cutoff, .closed:
        break
      }
    }
  }
}

extension Replay {
  private mutating func compareEntries(of record: Record, _ audit: inout Audit) throws(StoreError) {
    for (position, leg) in record.postings.legs.enumerated() {
      let key = Entry.key(record: record.number, position: position)
      let expected = accounts.post(leg, key: key)
      guard let row = try entries.next(at: key) else {
        audit.report(Finding(.posting, record.number, "entries", expected: "\(leg.account) \(leg.amount)"))
        continue
      }
      guard row != expected else { continue }
      audit.report(difference(expected, row, of: record.number))
    }
    for extra in try entries.extras(below: Entry.key(record: record.number + 1, position: 0)) {
      audit.report(Finding(.posting, record.number, "entries", found: "\(extra)"))
    }
  }

  private func difference(_ expected: Entry, _ found: Entry, of number: UInt64) -> Finding {
    let columns: [(Finding.Code, String, Int64, Int64)] = [
      (.posting, "account", Int64(expected.account), Int64(found.account)),
      (.posting, "amount", expected.amount, found.amount),
      (.balance, "balance", expected.balance, found.balance),
      (.chain, "sequence", expected.sequence, found.sequence),
      (.chain, "previous", expected.previous, found.previous),
      (.chain, "skip", expected.skip, found.skip),
    ]
    for (code, column, wanted, actual) in columns where wanted != actual {
      return Finding(code, number, "entries.\(column)", expected: "\(wanted)", found: "\(actual)")
    }
    return Finding(.chain, number, "entries.entry", expected: "\(expected.key)", found: "\(found.key)")
  }

  /// The checkpoint that was signed behind this record, where there is one.
  private mutating func compareCheckpoint(
    _ row: CheckpointAudit.Row?, behind record: Record, _ audit: inout Audit
  ) {
    guard let row else {
      if record.number + 1 == size { audit.report(Finding(.checkpoint, record.number, "checkpoints")) }
      return
    }
    let expected = CheckpointAudit.Expected(
      size: record.number + 1, root: tree.root, known: verifierKeys,
      signing: isWhole ? state?.ledgerKeys.signing(at: record.time) : nil)
    checkpoints.compare(row, with: expected, &audit)
  }

  private mutating func compareTiles(
    _ tiles: [CompleteTile], of number: UInt64, _ audit: inout Audit
  ) throws(StoreError) {
    for tile in tiles {
      tileCount += 1
      let statement = try audit.database.statement(
        "SELECT hashes, root FROM tiles WHERE level = ?1 AND number = ?2"
      )
      .bind(Int64(tile.level), Int64(tile.number))
      let isThere = try statement.step()
      guard isThere, statement.bytes(0) == tile.hashes.joinedBytes, statement.bytes(1) == tile.root.bytes
      else {
        audit.report(Finding(.tile, number, "tiles.\(tile.level).\(tile.number)", expected: tile.root.hex))
        continue
      }
    }
  }

  /// What is left once every record was played: rows that belong to none, and the present state.
  mutating func finish(_ audit: inout Audit) throws(StoreError) {
    for extra in try entries.extras(below: .max) {
      audit.report(Finding(.posting, nil, "entries", found: "\(extra)"))
    }
    try checkpoints.finish(&audit)
    try texts.finish(isWhole: isWhole, &audit)
    try ids.compare(&audit)
    try compareCounts(&audit)
    if snapshot.size == Int64(size) { snapshot.compare(with: accounts, &audit) }
    if snapshot.size > Int64(size) {
      audit.report(
        Finding(.projection, nil, "ledger.snapshot", expected: "\(size)", found: "\(snapshot.size)"))
    }
    guard isWhole, let state else { return }
    try Projections(database: audit.database).compare(with: state, accounts, past, &audit)
  }

  /// Tables of which each row was looked for: there must be no more of them than were found. Of records only those with a
  /// number that none has are left: all others were read, and counting them would read them once more.
  private func compareCounts(_ audit: inout Audit) throws(StoreError) {
    for (rows, table, count) in [
      ("tiles", "tiles", tileCount), ("records WHERE number < 0", "records", 0), ("ledger", "ledger", 1),
    ] {
      let found = try audit.database.integer("SELECT count(*) FROM \(rows)")
      guard found != count else { continue }
      audit.report(Finding(.index, nil, table, expected: "\(count)", found: "\(found)"))
    }
  }
}
