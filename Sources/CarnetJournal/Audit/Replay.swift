import CarnetLedger
import CarnetNotes

/// Plays the records again, one by one, under the rules, and compares all that is stored with what comes out.
struct Replay {
  /// Records of the file.
  let size: UInt64
  private var state: LedgerState?
  private var accounts = AccountTable()
  private var tree = TreeEdge()
  /// `false` once a record could not be replayed: what depends on the state is not compared behind it.
  private var isWhole = true
  private var next: UInt64 = 0
  // What the rules must know of the past, gathered on the way.
  private var reversed: [UInt64: Int64] = [:]
  private var changes: [Digest: [UInt64]] = [:]
  private var voids: [NoteID: Set<MemberNumber>] = [:]
  // Rows of the tables that lie beside the records, read in step with them.
  private var entries: RowCursor
  private var checkpoints: RowCursor
  private var counts = Counts()
  private let snapshot: AccountSnapshot

  private struct Counts {
    var reversals: Int64 = 0
    var tiles: Int64 = 0
    var texts: Int64 = 0
  }

  /// `nil` where there is no record at all.
  init?(_ audit: Audit, size: UInt64) throws(StoreError) {
    guard size > 0 else { return nil }
    self.size = size
    let database = audit.database
    entries = try RowCursor("SELECT \(LogTables.entryColumns) FROM entries ORDER BY entry", in: database)
    checkpoints = try RowCursor("SELECT size, note FROM checkpoints ORDER BY size", in: database)
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
    while next < row.number {
      audit.report(Finding(.recordMissing, next, "records"))
      isWhole = false
      next += 1
    }
    next = row.number + 1
    if snapshot.size == Int64(row.number) { snapshot.compare(with: accounts, &audit) }
    guard let leaf = row.computedLeaf else { return }
    if leaf.bytes != row.leaf {
      audit.report(
        Finding(.leafHash, row.number, "records.leaf", expected: leaf.hex, found: Hex.encode(row.leaf)))
    }
    try compareTiles(tree.append(leaf), of: row.number, &audit)
    guard let record = row.record, record.number == row.number else {
      audit.report(Finding(.recordMalformed, row.number, "records.record"))
      isWhole = false
      return
    }
    if record.time.milliseconds != row.time {
      let (expected, found) = ("\(record.time.milliseconds)", "\(row.time)")
      audit.report(Finding(.recordTime, row.number, "records.time", expected: expected, found: found))
    }
    if !row.signaturesAreValid { audit.report(Finding(.signature, row.number, "records.record")) }
    try compareID(of: record, &audit)
    let text = try saltedText(of: record, &audit)
    if isWhole { try replay(record, row.bytes, text, &audit) }
    try compareEntries(of: record, &audit)
    try compareCheckpoint(behind: record, &audit)
  }

  /// Decides on the note again, as if it came in at the record's time.
  private mutating func replay(
    _ record: Record, _ bytes: [UInt8], _ text: SubmittedText?, _ audit: inout Audit
  ) throws(StoreError) {
    let submission = Submission(replaying: record, saltedText: text)
    let decision: Decision
    do throws(Refusal) {
      guard var state else {
        let (founded, decision) = try LedgerState.found(
          VerifiedSubmission(unchecked: LedgerState.unverified(genesis: submission)), at: record.time)
        state = founded
        if decision.record.bytes != bytes { throw .notCanonical }
        return
      }
      let facts = facts(for: submission, before: record.number, log: audit.log)
      let verified = VerifiedSubmission(unchecked: try state.unverified(submission))
      guard record.time >= state.time else { throw .expired }
      decision = try state.decide(verified, at: record.time, facts: facts)
      self.state = nil
      state.apply(decision)
      self.state = state
    } catch {
      isWhole = false
      return audit.report(
        Finding(.replay, record.number, "records.record", expected: "accepted", found: error.code))
    }
    gather(decision)
    guard decision.record.bytes != bytes else { return }
    let isPosting = decision.record.postings != record.postings
    audit.report(
      Finding(isPosting ? .posting : .replay, record.number, "records.record", expected: "as-replayed"))
    isWhole = false
  }

  private mutating func gather(_ decision: Decision) {
    for change in decision.changes {
      switch change {
      case .voided(let id, by: let signer): voids[id, default: []].insert(signer)
      case .referenceTaken(let reference): changes[reference, default: []].append(decision.record.number)
      case .reversed(let number, let amount):
        reversed[number, default: 0] += amount
        counts.reversals += 1
      case .member, .rules, .ledgerKey, .currency, .setting: break
      }
    }
  }

  /// The past as the records before this one give it. What cannot be read is as if it were not there.
  private func facts(for submission: Submission, before number: UInt64, log: LogTables) -> Facts {
    let request = Facts.Request(submission)
    var facts = Facts(isVoided: voids[request.id]?.contains(request.signer) ?? false)
    if let reference = request.reference {
      facts.isReferenceTaken = changes[reference]?.contains { reversed[$0] ?? 0 == 0 } ?? false
    }
    if let note = request.note, let found = try? log.number(of: note, until: nil), found < number {
      facts.recordedNumber = found
    }
    if let past = request.record, past < number, let record = try? log.record(past) {
      facts.past = PastRecord(record: record, reversed: reversed[past] ?? 0)
    }
    return facts
  }

  /// The text behind the record's hash; one that is not there, or is another, is reported.
  private mutating func saltedText(of record: Record, _ audit: inout Audit) throws(StoreError)
    -> SubmittedText?
  {
    let hash = record.text.operation.textHash?.hash
    let text: SubmittedText?
    do throws(StoreError) { text = try audit.log.saltedText(of: record.number) } catch {
      audit.report(Finding(.textDiffers, record.number, "texts.text"))
      return nil
    }
    if text != nil { counts.texts += 1 }
    guard text?.hash != hash else { return text }
    if text == nil {
      audit.report(Finding(.textMissing, record.number, "texts", expected: hash?.hex ?? "-"))
    } else {
      audit.report(
        Finding(
          .textDiffers, record.number, "texts.text", expected: hash?.hex ?? "-", found: text?.hash.hex ?? "-")
      )
    }
    return nil
  }
}

extension Replay {
  private func compareID(of record: Record, _ audit: inout Audit) throws(StoreError) {
    let id = record.text.id
    let found = try audit.log.number(of: id, until: record.text.until)
    guard found != record.number else { return }
    audit.report(
      Finding(
        .index, record.number, "note_ids", expected: "\(record.number)", found: found.map(String.init) ?? "-")
    )
  }

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
  private mutating func compareCheckpoint(behind record: Record, _ audit: inout Audit) throws(StoreError) {
    let size = Int64(record.number) + 1
    for extra in try checkpoints.extras(below: size) {
      audit.report(Finding(.checkpoint, nil, "checkpoints.size", found: "\(extra)"))
    }
    guard let bytes = try checkpoints.nextBytes(at: size) else {
      if UInt64(size) == self.size { audit.report(Finding(.checkpoint, record.number, "checkpoints")) }
      return
    }
    guard let signed = try? SignedCheckpoint(parsing: bytes, verifiedBy: verifierKeys) else {
      return audit.report(
        Finding(.checkpoint, record.number, "checkpoints.note", expected: "signed-by-the-ledger"))
    }
    let expected = Set(state?.ledgerKeys.signing(at: record.time) ?? [])
    guard signed.checkpoint.size == UInt64(size), signed.checkpoint.root == tree.root,
      !isWhole || expected.isSubset(of: signed.signers.map(\.publicKey))
    else {
      return audit.report(
        Finding(
          .checkpoint, record.number, "checkpoints.note", expected: tree.root.hex,
          found: signed.checkpoint.root.hex))
    }
  }

  private mutating func compareTiles(
    _ tiles: [CompleteTile], of number: UInt64, _ audit: inout Audit
  ) throws(StoreError) {
    for tile in tiles {
      counts.tiles += 1
      let statement = try audit.database.statement(
        "SELECT hashes, root FROM tiles WHERE level = ?1 AND number = ?2"
      )
      .bind(Int64(tile.level), Int64(tile.number))
      let isThere = try statement.step()
      guard isThere, statement.bytes(0) == tile.hashes.flatMap(\.bytes), statement.bytes(1) == tile.root.bytes
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
    for extra in try checkpoints.extras(below: .max) {
      audit.report(Finding(.checkpoint, nil, "checkpoints.size", found: "\(extra)"))
    }
    try compareCounts(&audit)
    if snapshot.size == Int64(size) { snapshot.compare(with: accounts, &audit) }
    if snapshot.size > Int64(size) {
      audit.report(
        Finding(.projection, nil, "ledger.snapshot", expected: "\(size)", found: "\(snapshot.size)"))
    }
    guard isWhole, let state else { return }
    try Projections(database: audit.database).compare(
      with: state, accounts, reversed: reversed, changes: changes, voids: voids, &audit)
  }

  /// Tables of which each row was looked for: there must be no more of them than were found.
  private func compareCounts(_ audit: inout Audit) throws(StoreError) {
    let expected: [(String, String, Int64)] = [
      ("note_ids", "SELECT (SELECT count(*) FROM note_ids) + (SELECT count(*) FROM recent_ids)", Int64(size)),
      ("tiles", "SELECT count(*) FROM tiles", counts.tiles),
      ("texts", "SELECT count(*) FROM texts", counts.texts),
      ("records", "SELECT count(*) FROM records", Int64(size)),
    ]
    for (table, query, count) in expected {
      let found = try audit.database.integer(query)
      guard found != count else { continue }
      audit.report(Finding(.index, nil, table, expected: "\(count)", found: "\(found)"))
    }
  }
}
