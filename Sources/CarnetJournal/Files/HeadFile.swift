import CarnetNotes
import Glibc

/// `FILE.head`: the newest committed checkpoint, outside the database, overwritten in place after each commit.
///
/// SQLite drops silently what it cannot read at the end of its write-ahead log; this file remembers that it was there.
/// Invariants: 1. what it holds was committed before it was written; 2. at a start the journal must contain it;
/// 3. it is synced at most once a second and at the stop, so after a loss of power it may lag, never lead.
final class HeadFile {
  private let file: FileDescriptor
  private var lastSync: UInt64 = 0
  private var lengthWritten: Int

  /// Opens the file for writing, making it where `creates` is set.
  init(_ path: String, creates: Bool = false) throws(StoreError) {
    do throws(StoreError) {
      file = try FileDescriptor(path, O_RDWR | (creates ? O_CREAT : 0), mode: 0o644)
    } catch StoreError.missing { throw .headMissing }
    lengthWritten = try file.read(bytesMax: Limits.smallFileBytesMax).count
  }

  /// The signed checkpoint in a file, `nil` where there is no file.
  static func read(_ path: String) throws(StoreError) -> SignedNote? {
    let file: FileDescriptor
    do throws(StoreError) {
      file = try FileDescriptor(path, O_RDONLY)
    } catch StoreError.missing { return nil }
    let bytes = try file.read(bytesMax: Limits.smallFileBytesMax)
    // A shorter checkpoint over a longer one leaves blank lines behind it; a loss of power that kept the length of a
    // longer one, and the bytes of a shorter one, leaves zeros.
    let content =
      bytes.reversed().drop { $0 == UInt8(ascii: "\n") || $0 == 0 }.reversed() + [UInt8(ascii: "\n")]
    guard let note = try? SignedNote(parsing: Array(content)) else { throw .damaged("FILE.head") }
    return note
  }

  /// Overwrites the checkpoint; `now` in milliseconds of a monotonic clock decides whether it is synced too.
  func write(_ checkpoint: SignedCheckpoint, at now: UInt64) throws(StoreError) {
    var bytes = checkpoint.bytes
    let count = bytes.count
    if count < lengthWritten { bytes += Array(repeating: UInt8(ascii: "\n"), count: lengthWritten - count) }
    try file.write(bytes)
    lengthWritten = bytes.count
    guard now >= lastSync + Limits.headSyncMilliseconds else { return }
    lastSync = now
    try file.sync()
  }

  func sync() throws(StoreError) {
    try file.sync()
  }
}
