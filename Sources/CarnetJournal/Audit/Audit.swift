import CarnetLedger
public import CarnetNotes
import Dispatch
import Synchronization

/// Re-derives everything in a ledger's files from its records, and says what differs. Reads only; needs no secret.
public struct Audit {
  /// Findings after which an audit stops looking.
  public static let findingsMax = 1_000
  /// Records read, parsed and verified side by side before they are replayed one by one.
  private static let chunk = 2_048

  /// What an audit found.
  public struct Report: Sendable {
    public let findings: [Finding]
    /// Records that were audited.
    public let size: UInt64
    /// The root over them.
    public let root: Digest
  }

  let database: Database
  let log: LogTables
  private let headPath: String
  var findings: [Finding] = []

  init(_ path: String) throws(StoreError) {
    guard FileSystem.exists(path) else { throw .missing }
    database = try Database(path, .read)
    try Schema.check(database)
    log = LogTables(database: database)
    headPath = LedgerFiles(path).head
  }

  /// Audits a ledger, live or copied.
  ///
  /// - Parameter progress: records done and records in all, now and then.
  /// - Throws: where the file cannot be read as a ledger at all.
  public static func run(
    _ path: String, progress: (UInt64, UInt64) -> Void = { _, _ in }
  ) throws(StoreError) -> Report {
    // The head is read first: what is committed while the audit runs only makes the journal longer than it.
    let head = try? HeadFile.read(LedgerFiles(path).head)
    var audit = try Audit(path)
    return try audit.database.transaction { () throws(StoreError) in
      try audit.auditAll(head: head, progress: progress)
    }
  }

  mutating func report(_ finding: Finding) {
    if findings.count < Audit.findingsMax { findings.append(finding) }
  }

  private mutating func auditAll(
    head: SignedNote?, progress: (UInt64, UInt64) -> Void
  ) throws(StoreError) -> Report {
    try auditDatabase()
    let size = try log.size()
    guard var replay = try Replay(self, size: size) else {
      report(Finding(.recordMissing, 0, "records"))
      return Report(findings: findings, size: size, root: Merkle.emptyRoot)
    }
    var next: UInt64 = 0
    while next < size, findings.count < Audit.findingsMax {
      let rows = try rows(from: next)
      for row in rows { try replay.take(row, of: &self) }
      next += UInt64(Audit.chunk)
      progress(min(next, size), size)
    }
    try replay.finish(&self)
    compare(head, with: replay)
    return Report(findings: findings, size: size, root: replay.root)
  }

  /// One row of `records`, parsed, with what could be asked of it alone.
  struct Row: Sendable {
    let number: UInt64
    let time: Int64
    let bytes: [UInt8]
    let leaf: [UInt8]
    var record: Record?
    var computedLeaf: Digest?
    var signaturesAreValid = false
  }

  /// The rows of one chunk; parsing and signatures are done on all cores.
  private func rows(from start: UInt64) throws(StoreError) -> [Row] {
    let statement = try database.statement(
      "SELECT number, time, record, leaf FROM records WHERE number >= ?1 AND number < ?2 ORDER BY number"
    ).bind(Int64(start), Int64(start) + Int64(Audit.chunk))
    var rows: [Row] = []
    while try statement.step() {
      rows.append(
        Row(
          number: UInt64(statement.integer(0)), time: statement.integer(1), bytes: statement.bytes(2),
          leaf: statement.bytes(3)))
    }
    return Audit.examined(rows)
  }

  private static func examined(_ rows: [Row]) -> [Row] {
    let stripe = 64
    let results = Mutex<[Int: [Row]]>([:])
    DispatchQueue.concurrentPerform(iterations: (rows.count + stripe - 1) / stripe) { index in
      let part = rows[(index * stripe)..<min(rows.count, (index + 1) * stripe)].map { row in
        var row = row
        row.computedLeaf = Merkle.leafHash(row.bytes)
        row.record = try? Record(parsing: row.bytes)
        row.signaturesAreValid = row.record?.signaturesAreValid ?? false
        return row
      }
      results.withLock { $0[index] = part }
    }
    return results.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
  }

  /// SQLite's own checks, and the schema against the one this program makes.
  private mutating func auditDatabase() throws(StoreError) {
    for check in ["PRAGMA integrity_check(20)", "PRAGMA foreign_key_check"] {
      let statement = try Statement(check, in: database)
      while try statement.step() {
        guard statement.text(0) != "ok" else { continue }
        report(
          Finding(
            .database, nil, "\(check.split(separator: " ")[1])", expected: "ok",
            found: visible(statement.text(0)))
        )
      }
    }
    let fresh = try Database(":memory:", .create)
    try Schema.create(in: fresh)
    let (expected, found) = (try Audit.schema(of: fresh), try Audit.schema(of: database))
    for name in Set(expected.keys).union(found.keys).sorted() where expected[name] != found[name] {
      report(Finding(.schema, nil, visible(name)))
    }
  }

  private static func schema(of database: Database) throws(StoreError) -> [String: String] {
    let statement = try Statement(
      "SELECT type || '.' || name, coalesce(sql, '') FROM sqlite_schema", in: database)
    var schema: [String: String] = [:]
    while try statement.step() { schema[statement.text(0)] = statement.text(1) }
    return schema
  }

  /// The newest checkpoint published outside the database must be in it.
  private mutating func compare(_ head: SignedNote?, with replay: Replay) {
    guard let head else { return }
    let keys = replay.verifierKeys
    guard let checkpoint = try? SignedCheckpoint(head, verifiedBy: keys).checkpoint else {
      return report(Finding(.head, nil, "FILE.head", expected: "signed-by-the-ledger"))
    }
    guard checkpoint.size <= replay.size else {
      let found = "\(replay.size)"
      return report(Finding(.head, replay.size, "FILE.head", expected: "\(checkpoint.size)", found: found))
    }
    let root = try? Merkle.root(size: checkpoint.size) { level, index throws(StoreError) in
      try log.hash(level: level, index: index)
    }
    guard root != checkpoint.root else { return }
    report(Finding(.head, nil, "FILE.head.root", expected: checkpoint.root.hex, found: root?.hex ?? "-"))
  }

  /// A text of the file in one word that a terminal can show.
  func visible(_ text: String) -> String {
    let bytes = text.utf8.prefix(160).map { (0x21..<0x7F).contains($0) ? $0 : UInt8(ascii: "_") }
    return bytes.isEmpty ? "-" : String(decoding: bytes, as: UTF8.self)
  }
}
