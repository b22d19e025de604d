public import CarnetNotes

/// Re-derives everything in a ledger's files from its records, and says what differs. Reads only; needs no secret.
public struct Audit {
  /// Findings after which an audit stops looking.
  public static let findingsMax = 1_000

  /// Rows without a record that are named one by one.
  static let extrasMax = 100
  /// Chunks of records that are examined at once.
  private static let chunksAhead = 4

  /// What an audit found.
  public struct Report: Sendable {
    public let findings: [Finding]
    /// Records that were audited.
    public let size: UInt64
    /// The root over them.
    public let root: Digest
  }

  /// Which files are audited, and what is known of them from outside.
  public struct Options: Sendable {
    /// Checkpoints that were published once, by the name under which a finding names them: the journal must contain each.
    public var published: [(name: String, note: SignedNote)]
    /// Records done and records in all, now and then.
    public var progress: @Sendable (UInt64, UInt64) -> Void

    public init(
      published: [(name: String, note: SignedNote)] = [],
      progress: @escaping @Sendable (UInt64, UInt64) -> Void = { _, _ in }
    ) {
      (self.published, self.progress) = (published, progress)
    }
  }

  let database: Database
  let log: LogTables
  var findings: [Finding] = []
  private var published: PublishedCheckpoints

  private init(_ path: String, _ published: PublishedCheckpoints) throws(StoreError) {
    guard FileSystem.exists(path) else { throw .missing }
    database = try Database(path, .read)
    try Schema.check(database)
    log = LogTables(database: database)
    self.published = published
  }

  /// Audits a ledger, live or copied.
  ///
  /// - Throws: where the file cannot be read as a ledger at all.
  public static func run(_ path: String, options: Options = Options()) throws(StoreError) -> Report {
    // What is published is read first: what is committed while the audit runs only makes the journal longer than it.
    var published = PublishedCheckpoints()
    for (name, note) in options.published { published.add(note, as: name) }
    published.addFiles(beside: LedgerFiles(path))
    var audit = try Audit(path, published)
    // SQLite looks at every page by itself, on a connection of its own beside the replay.
    let integrity = IntegrityCheck(path)
    let report = try audit.database.transaction { () throws(StoreError) in
      try audit.auditAll(progress: options.progress)
    }
    return Report(
      findings: Array((try integrity.findings() + report.findings).prefix(findingsMax)), size: report.size,
      root: report.root)
  }

  mutating func report(_ finding: Finding) {
    if findings.count < Audit.findingsMax { findings.append(finding) }
  }

  private mutating func auditAll(progress: (UInt64, UInt64) -> Void) throws(StoreError) -> Report {
    try auditSchema()
    let size = try log.size()
    guard var replay = try Replay(self, size: size) else {
      report(Finding(.recordMissing, 0, "records"))
      return Report(findings: findings, size: size, root: Merkle.emptyRoot)
    }
    let reader = RecordReader(log: log)
    let spent = RecordReader.SpentRows()
    var chunks = [try reader.chunk(from: 0, keys: [], spent: spent)]
    while let last = chunks.first?.lastNumber, findings.count < Audit.findingsMax {
      // The chunks behind this one are examined on the other cores while it is played: never so few that a core waits for
      // the next to be read, never more than a few in memory.
      while chunks.count < Audit.chunksAhead, let newest = chunks.last?.lastNumber {
        chunks.append(try reader.chunk(from: newest + 1, keys: replay.verifierKeys, spent: spent))
      }
      var parts = chunks.removeFirst().rows()
      while let part = parts.popLast() {
        for row in part { try replay.take(row, of: &self) }
        spent.add(part)
      }
      progress(min(last + 1, size), size)
    }
    for chunk in chunks { _ = chunk.rows() }
    try replay.finish(&self)
    published.compare(with: replay, &findings)
    return Report(findings: findings, size: size, root: replay.root)
  }

  /// Told of the root behind so many records, as they are played.
  mutating func passed(_ tree: TreeEdge) { published.passed(tree) }

  /// The schema against the one this program makes.
  private mutating func auditSchema() throws(StoreError) {
    let fresh = try Database(":memory:", .create)
    try Schema.create(in: fresh)
    let (expected, found) = (try Audit.schema(of: fresh), try Audit.schema(of: database))
    for name in Set(expected.keys).union(found.keys).sorted() where expected[name] != found[name] {
      report(Finding(.schema, nil, Audit.visible(name)))
    }
  }

  private static func schema(of database: Database) throws(StoreError) -> [String: String] {
    let statement = try Statement(
      "SELECT type || '.' || name, coalesce(sql, '') FROM sqlite_schema", in: database)
    var schema: [String: String] = [:]
    while try statement.step() { schema[statement.text(0)] = statement.text(1) }
    return schema
  }

  /// A table as a set of texts, one a row.
  mutating func compareRows(
    _ table: String, _ query: String, _ expected: Set<String>
  ) throws(StoreError) {
    let statement = try Statement(query, in: database)
    var found: Set<String> = []
    while try statement.step() { found.insert(statement.text(0)) }
    for row in expected.subtracting(found).sorted() {
      report(Finding(.index, nil, table, expected: Audit.visible(row)))
    }
    for row in found.subtracting(expected).sorted() {
      report(Finding(.index, nil, table, found: Audit.visible(row)))
    }
  }

  /// A text of the file in one word that a terminal can show.
  static func visible(_ text: String) -> String {
    let bytes = text.utf8.prefix(160).map { (0x21..<0x7F).contains($0) ? $0 : UInt8(ascii: "_") }
    return bytes.isEmpty ? "-" : String(decoding: bytes, as: UTF8.self)
  }
}
