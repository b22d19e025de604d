import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

extension Audit {
  /// One row of `records` as it is stored, and the checkpoint behind it.
  struct StoredRow: Sendable {
    let number: UInt64
    let time: Int64
    let bytes: [UInt8]
    /// `nil` where it is none.
    let leaf: Digest?
    var checkpoint: [UInt8]?
  }

  /// The same parsed, with what could be asked of it alone.
  final class Row: Sendable {
    let stored: StoredRow
    let computedLeaf: Digest
    /// `nil` where it is none; that its lines are its signers' is not asked yet.
    let record: Record?
    let id: NoteID?
    let signaturesAreValid: Bool
    let checkpoint: CheckpointAudit.Row?

    var number: UInt64 { stored.number }

    /// - Parameters:
    ///   - keys: the ledger's keys so far.
    ///   - origin: the ledger that the records most likely are of.
    fileprivate init(_ stored: StoredRow, keys: [VerifierKey], origin: Origin?) {
      self.stored = stored
      computedLeaf = Merkle.leafHash(stored.bytes)
      record = try? Record(form: stored.bytes, likelyOf: origin)
      id = record?.text.id
      signaturesAreValid = record?.signaturesAreValid ?? false
      checkpoint = stored.checkpoint.map { bytes in
        CheckpointAudit.Row(
          bytes: bytes, signed: try? SignedCheckpoint(parsing: bytes, verifiedBy: keys))
      }
    }
  }
}

/// Reads records in chunks and examines them on all cores.
struct RecordReader {
  /// Records read at once.
  static let chunk = 2_048
  /// Records examined in one go.
  private static let stripe = 64

  let log: LogTables

  /// A chunk that is being examined.
  final class Chunk: Sendable {
    private let group = DispatchGroup()
    private let parts: Mutex<[[Audit.Row]]>
    /// The number of the last row, `nil` where there is none left.
    let lastNumber: UInt64?

    fileprivate init(_ stored: [[Audit.StoredRow]], keys: [VerifierKey], spent: SpentRows) {
      lastNumber = stored.last?.last?.number
      let origin = keys.first.flatMap { Origin($0.name) }
      parts = Mutex(Array(repeating: [], count: stored.count))
      for (index, part) in stored.enumerated() {
        DispatchQueue.global().async(group: group) { [self] in
          var old = spent.part()
          var examined: [Audit.Row] = []
          examined.reserveCapacity(part.count)
          for row in part {
            examined.append(Audit.Row(row, keys: keys, origin: origin))
            _ = old.popLast()
          }
          parts.withLock { $0[index] = examined }
        }
      }
    }

    /// The rows in parts, the last part first, once all are examined. They are given out once.
    func rows() -> [[Audit.Row]] {
      group.wait()
      return parts.withLock { parts in
        defer { parts = [] }
        return parts.reversed()
      }
    }
  }

  /// Rows that were played and are let go one by one where others are made: what one gives back the next one takes, and
  /// the threads need not ask each other for memory.
  final class SpentRows: Sendable {
    private let parts = Mutex<[[Audit.Row]]>([])

    /// Takes over rows that nobody else refers to any more.
    func add(_ part: [Audit.Row]) { parts.withLock { $0.append(part) } }

    fileprivate func part() -> [Audit.Row] { parts.withLock { $0.popLast() } ?? [] }
  }

  /// The next rows from a number on; examining them goes on beside the caller.
  ///
  /// - Parameters:
  ///   - keys: the ledger's keys so far.
  ///   - spent: rows to let go meanwhile.
  func chunk(from start: UInt64, keys: [VerifierKey], spent: SpentRows) throws(StoreError) -> Chunk {
    let statement = try log.database.statement(
      "SELECT number, time, record, leaf FROM records WHERE number >= ?1 ORDER BY number LIMIT ?2"
    ).bind(Int64(start), Int64(RecordReader.chunk))
    var rows: [Audit.StoredRow] = []
    rows.reserveCapacity(RecordReader.chunk)
    while try statement.step() {
      rows.append(
        Audit.StoredRow(
          number: try statement.unsigned(0), time: statement.integer(1), bytes: statement.bytes(2),
          leaf: statement.digest(3)))
    }
    if let last = rows.last { try addCheckpoints(to: &rows, from: Int64(start), Int64(last.number) + 1) }
    let parts = stride(from: 0, to: rows.count, by: RecordReader.stripe).map {
      Array(rows[$0..<min(rows.count, $0 + RecordReader.stripe)])
    }
    return Chunk(parts, keys: keys, spent: spent)
  }

  private func addCheckpoints(
    to rows: inout [Audit.StoredRow], from start: Int64, _ end: Int64
  ) throws(StoreError) {
    let statement = try log.database.statement(
      "SELECT size, note FROM checkpoints WHERE size > ?1 AND size <= ?2 ORDER BY size"
    ).bind(start, end)
    var place = 0
    while try statement.step() {
      // In a damaged tree a row may bear a key that the query did not ask for.
      let size = try statement.unsigned(0)
      guard size > 0 else { throw .damaged("checkpoints") }
      while place < rows.count, rows[place].number < size - 1 { place += 1 }
      guard place < rows.count, rows[place].number == size - 1 else { continue }
      rows[place].checkpoint = statement.bytes(1)
    }
  }
}
