import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

extension Audit {
  /// One row of `records`, parsed, with what could be asked of it alone, and the checkpoint behind it.
  struct Row: Sendable {
    let number: UInt64
    let time: Int64
    let bytes: [UInt8]
    let leaf: [UInt8]
    var checkpoint: CheckpointAudit.Row?
    var record: Record?
    var id: NoteID?
    var computedLeaf: Digest?
    var signaturesAreValid = false
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

    fileprivate init(_ rows: [Audit.Row], keys: [VerifierKey]) {
      lastNumber = rows.last?.number
      let starts = Array(stride(from: 0, to: rows.count, by: stripe))
      parts = Mutex(Array(repeating: [], count: starts.count))
      for (index, start) in starts.enumerated() {
        let part = Array(rows[start..<min(rows.count, start + stripe)])
        DispatchQueue.global().async(group: group) { [self] in
          let examined = part.map { RecordReader.examined($0, keys: keys) }
          parts.withLock { $0[index] = examined }
        }
      }
    }

    /// The rows in parts, once all are examined.
    func rows() -> [[Audit.Row]] {
      group.wait()
      return parts.withLock { $0 }
    }
  }

  /// The next rows from a number on; examining them goes on beside the caller.
  ///
  /// - Parameter keys: the ledger's keys so far.
  func chunk(from start: UInt64, keys: [VerifierKey]) throws(StoreError) -> Chunk {
    let statement = try log.database.statement(
      "SELECT number, time, record, leaf FROM records WHERE number >= ?1 ORDER BY number LIMIT ?2"
    ).bind(Int64(start), Int64(RecordReader.chunk))
    var rows: [Audit.Row] = []
    rows.reserveCapacity(RecordReader.chunk)
    while try statement.step() {
      rows.append(
        Audit.Row(
          number: try statement.unsigned(0), time: statement.integer(1), bytes: statement.bytes(2),
          leaf: statement.bytes(3)))
    }
    if let last = rows.last { try addCheckpoints(to: &rows, from: Int64(start), Int64(last.number) + 1) }
    return Chunk(rows, keys: keys)
  }

  private func addCheckpoints(
    to rows: inout [Audit.Row], from start: Int64, _ end: Int64
  ) throws(StoreError) {
    let statement = try log.database.statement(
      "SELECT size, note FROM checkpoints WHERE size > ?1 AND size <= ?2 ORDER BY size"
    ).bind(start, end)
    var place = 0
    while try statement.step() {
      let number = try statement.unsigned(0) - 1
      while place < rows.count, rows[place].number < number { place += 1 }
      guard place < rows.count, rows[place].number == number else { continue }
      rows[place].checkpoint = CheckpointAudit.Row(bytes: statement.bytes(1))
    }
  }

  private static func examined(_ row: Audit.Row, keys: [VerifierKey]) -> Audit.Row {
    var row = row
    row.computedLeaf = Merkle.leafHash(row.bytes)
    row.record = try? Record(parsing: row.bytes)
    row.id = row.record?.text.id
    row.signaturesAreValid = row.record?.signaturesAreValid ?? false
    if let bytes = row.checkpoint?.bytes {
      row.checkpoint?.signed = try? SignedCheckpoint(parsing: bytes, verifiedBy: keys)
    }
    return row
  }
}
