import Glibc

/// The lock of the one process that writes (`flock` on `FILE.lock`), held until it is closed or the process ends.
///
/// What stands in the file, process id and address, is information for people and for `carnet`, never trusted.
@safe final class LockFile: Sendable {
  private let file: FileDescriptor

  /// Takes the lock, or says who seems to have it.
  init(_ path: String) throws(StoreError) {
    file = try FileDescriptor(path, O_RDWR | O_CREAT, mode: 0o644)
    guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw StoreError(system: errno, during: "lock") }
      throw .locked(holder: LockFile.text(of: file))
    }
    try write(address: nil)
  }

  /// Leaves the process id, and the address under which the ledger is served.
  func write(address: String?) throws(StoreError) {
    try file.truncate(to: 0)
    try file.write(Array("\(getpid())\(address.map { " \($0)" } ?? "")\n".utf8))
  }

  /// Lets the lock go before the file is closed.
  func release() {
    flock(file.number, LOCK_UN)
  }

  /// The address a running endpoint left, `nil` where nobody holds the lock or it serves nothing.
  static func address(_ path: String) -> String? {
    guard let file = try? FileDescriptor(path, O_RDONLY) else { return nil }
    guard flock(file.number, LOCK_SH | LOCK_NB) != 0 else { return nil }
    let words = text(of: file).split(separator: " ")
    return words.count == 2 ? String(words[1]) : nil
  }

  private static func text(of file: borrowing FileDescriptor) -> String {
    let bytes = (try? file.read(bytesMax: Limits.smallFileBytesMax)) ?? []
    return String(decoding: bytes.filter { (0x20..<0x7F).contains($0) }.prefix(200), as: UTF8.self)
  }
}
