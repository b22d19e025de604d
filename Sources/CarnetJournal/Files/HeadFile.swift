import CarnetNotes
import Glibc

/// `FILE.head`: the newest committed checkpoint, outside the database, overwritten in place after each commit.
///
/// SQLite drops silently what it cannot read at the end of its write-ahead log; this file remembers that it was there.
/// Invariants: 1. what it holds was committed before it was written; 2. at a start the journal must contain it;
/// 3. it is synced at most once a second and at the stop, so after a loss of power it may lag, never lead; 4. it is of
/// one length, within one sector of a disk, so that a loss of power leaves an old one or a new one and no mixture.
package final class HeadFile {
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

  /// A checkpoint without what fills a head's file up: blank lines, or zeros, which stand behind the bytes of a shorter file
  /// where a loss of power kept the length of a longer one.
  package static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let filling = bytes.reversed().prefix { $0 == UInt8(ascii: "\n") || $0 == 0 }.count
    return bytes.dropLast(filling) + [UInt8(ascii: "\n")]
  }

  /// The signed checkpoint in a file, `nil` where there is no file.
  static func read(_ path: String) throws(StoreError) -> SignedNote? {
    let file: FileDescriptor
    do throws(StoreError) {
      file = try FileDescriptor(path, O_RDONLY)
    } catch StoreError.missing { return nil }
    let content = trimmed(try file.read(bytesMax: Limits.smallFileBytesMax))
    guard let note = try? SignedNote(parsing: content) else {
      throw .damaged(LedgerFiles.place(of: path))
    }
    return note
  }

  /// Overwrites the checkpoint; `now` in milliseconds of a monotonic clock decides whether it is synced too.
  func write(_ checkpoint: SignedCheckpoint, at now: UInt64) throws(StoreError) {
    var bytes = checkpoint.bytes
    let rest = max(Limits.headBytes, lengthWritten) - bytes.count
    if rest > 0 { bytes += Array(repeating: UInt8(ascii: "\n"), count: rest) }
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
