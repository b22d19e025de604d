import CarnetLedger
import CarnetNotes

/// A journal in an SQLite file.
final class SQLiteStore: JournalStore {
  let database: Database
  private let log: LogTables
  private let tables: StateTables
  private var isInTransaction = false
  /// Whether erased texts may still stand in the write-ahead log.
  private var hasErased = false
  /// Read when they are first asked for, and anew after a batch that was taken back.
  private var ids: NoteIDs?
  private let insertions: Insertions

  /// Opens a ledger's file for writing; it must be one of the present schema.
  init(_ path: String) throws(StoreError) {
    database = try Database(path, .write)
    try Schema.check(database)
    try database.makeDurable()
    // What a crash left in the log is copied into the file first, so that damage shows now and not later.
    try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (log, tables) = (LogTables(database: database), StateTables(database: database))
    insertions = try Insertions(database)
  }

  func restore() throws(StoreError) -> RestoredJournal? {
    // At the start rather than with the first note.
    try withIDs { _ in }
    return try RestoredJournal(log)
  }

  func insert(_ addition: Addition) throws(StoreError) {
    if !isInTransaction {
      try database.execute("BEGIN IMMEDIATE")
      isInTransaction = true
    }
    let record = addition.record
    let number = Int64(record.number)
    try insertions.insert(addition)
    try withIDs { ids throws(StoreError) in try ids.insert(addition.id, of: record) }
    for (leg, entry) in zip(record.postings.legs, addition.entries) { try insert(entry, of: leg.account) }
    for tile in addition.tiles { try insert(tile) }
    if let state = addition.founding { try tables.found(state) }
    for change in addition.decision.changes {
      try tables.write(change, number: number)
      hasErased = hasErased || change.erasesTexts
      if case .voided(let id, _) = change { try withIDs { $0.void(id) } }
    }
    if let text = addition.saltedText { try insert(text, of: record) }
  }

  private func insert(_ text: SubmittedText, of record: Record) throws(StoreError) {
    try database.statement("INSERT INTO texts (record, salt, text) VALUES (?1, ?2, ?3)")
      .bind(Int64(record.number), text.salt, String(decoding: text.text, as: UTF8.self)).run()
    guard let member = record.text.textSubject else { return }
    try database.statement("INSERT INTO member_texts (number, record) VALUES (?1, ?2)")
      .bind(member.description, Int64(record.number)).run()
  }

  private func insert(_ entry: Entry, of account: AccountID) throws(StoreError) {
    if entry.sequence == 1 {
      try database.statement(
        "INSERT INTO accounts (account, name, currency, balance, entry) VALUES (?1, ?2, ?3, 0, 0)"
      ).bind(Int64(entry.account), account.name.description, account.currency.description).run()
    }
    try insertions.insert(entry)
  }

  private func insert(_ tile: CompleteTile) throws(StoreError) {
    try database.statement("INSERT INTO tiles (level, number, hashes, root) VALUES (?1, ?2, ?3, ?4)")
      .bind(Int64(tile.level), Int64(tile.number), tile.hashes.joinedBytes, tile.root.bytes).run()
  }

  func commit(_ checkpoint: SignedCheckpoint) throws(StoreError) {
    try database.statement("INSERT INTO checkpoints (size, note) VALUES (?1, ?2)")
      .bind(Int64(checkpoint.checkpoint.size), checkpoint.bytes).run()
    try withIDs { ids throws(StoreError) in try ids.settle(in: database) }
    database.resetStatements()
    try database.execute("COMMIT")
    isInTransaction = false
    if hasErased { forgetLog() }
  }

  /// Empties the write-ahead log of what was erased; a reader that is in the way lets it be tried again at the next commit.
  private func forgetLog() {
    if let isDone = try? database.truncateLog() { hasErased = !isDone }
  }

  /// Uses what is kept of the ids in memory; it is taken out meanwhile, so that it is changed where it lies.
  private func withIDs<Result>(
    _ body: (inout NoteIDs) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    var ids: NoteIDs
    if let known = self.ids.take() { ids = known } else { ids = try NoteIDs(database) }
    defer { self.ids = ids }
    return try body(&ids)
  }

  func rollBack() {
    guard isInTransaction else { return }
    database.resetStatements()
    // SQLite may have rolled back by itself already.
    try? database.execute("ROLLBACK")
    isInTransaction = false
    ids = nil
  }

  func snapshot(_ accounts: AccountTable, size: UInt64) throws(StoreError) {
    let last = UInt64(clamping: try database.integer("SELECT snapshot FROM ledger"))
    func write() throws(StoreError) {
      for (place, row) in accounts.rows.enumerated() where row.changedAt > last {
        try database.statement("UPDATE accounts SET balance = ?2, entry = ?3 WHERE account = ?1")
          .bind(Int64(place), row.balance, row.entry).run()
      }
      try database.statement("UPDATE ledger SET snapshot = ?1").bind(Int64(size)).run()
    }
    if isInTransaction { try write() } else { try database.transaction("BEGIN IMMEDIATE", write) }
  }
}

extension SQLiteStore {
  func settle() throws(StoreError) {
    database.resetStatements()
    // Where someone still reads, the log stays, and the next start takes it in.
    _ = try database.truncateLog()
  }

  func number(of id: NoteID, until: Int64?) throws(StoreError) -> UInt64? {
    try withIDs { ids throws(StoreError) in try ids.number(of: id, until: until) }
  }

  func recordBytes(_ number: UInt64) throws(StoreError) -> [UInt8]? { try log.recordBytes(number) }

  func reversed(_ number: UInt64) throws(StoreError) -> Int64 { try log.reversed(number) }

  func changes(naming reference: Digest) throws(StoreError) -> [UInt64] {
    try log.changes(naming: reference)
  }

  func request(_ id: NoteID) throws(StoreError) -> RecordedRequest? { try log.request(id) }

  func isVoided(_ id: NoteID, by signer: MemberNumber) throws(StoreError) -> Bool {
    guard try withIDs({ $0.isVoided(id) }) else { return false }
    return try log.isVoided(id, by: signer)
  }

  func hash(level: Int, index: UInt64) throws(StoreError) -> Digest {
    try log.hash(level: level, index: index)
  }

  func chain(from key: Int64) throws(StoreError) -> [Int64] {
    var (path, key) = ([Int64](), key)
    while key > 0 {
      path.append(key)
      key = try log.entry(key).skip
    }
    return path.reversed()
  }
}

extension RestoredJournal {
  /// Reads what is behind the newest record that the connection sees; `nil` before the genesis.
  init?(_ log: LogTables) throws(StoreError) {
    let size = try log.size()
    guard size > 0, let newest = try log.checkpoint() else { return nil }
    let tables = StateTables(database: log.database)
    guard newest.size == size, let checkpoint = try? Checkpoint(parsing: newest.note.text),
      let (state, accounts) = try tables.read(size: size, time: try log.time(of: size - 1))
    else { throw .damaged("checkpoints") }
    let tree = try log.treeEdge(size: size)
    guard checkpoint.size == size, checkpoint.root == tree.root else { throw .damaged("tree") }
    self.init(state: state, accounts: accounts, tree: tree, checkpoint: newest.note)
  }
}
