import Glibc

/// An open file (`open`, `close`), closed once.
struct FileDescriptor: ~Copyable {
  let number: Int32

  /// Opens a file without following a symbolic link in its last part: `open`.
  ///
  /// - Parameter mode: permissions of a file that is made.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(StoreError) {
    let number = unsafe open(path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
    guard number >= 0 else { throw StoreError(system: errno, during: "open", missing: .missing) }
    self.number = number
  }

  deinit {
    close(number)
  }

  /// The whole content; a file beyond `bytesMax` is refused.
  borrowing func read(bytesMax: Int) throws(StoreError) -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = unsafe pread(number, &buffer, buffer.count, off_t(content.count))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw StoreError(system: errno, during: "read") }
      guard count > 0 else { return content }
      content += buffer[..<count]
      guard content.count <= bytesMax else { throw .damaged("a file beside the ledger is too large") }
    }
  }

  /// Writes all bytes at the offset: `pwrite`.
  borrowing func write(_ bytes: [UInt8], at offset: Int = 0) throws(StoreError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          number, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done, off_t(offset + done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw StoreError(system: errno, during: "write") }
      done += count
    }
  }

  /// Sets the length: `ftruncate`.
  borrowing func truncate(to count: Int) throws(StoreError) {
    guard ftruncate(number, off_t(count)) == 0 else { throw StoreError(system: errno, during: "truncate") }
  }

  /// Returns once the content is on the disk: `fdatasync`.
  borrowing func sync() throws(StoreError) {
    guard fdatasync(number) == 0 else { throw StoreError(system: errno, during: "sync") }
  }

  /// The file's permissions and its owner.
  borrowing func permissions() throws(StoreError) -> (mode: mode_t, owner: uid_t) {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw StoreError(system: errno, during: "stat") }
    return (status.st_mode & 0o777, status.st_uid)
  }
}

extension StoreError {
  /// The case of a system error number.
  init(system code: Int32, during action: String, missing: StoreError? = nil) {
    switch code {
    case ENOENT, ENOTDIR: self = missing ?? .system(action, code: code)
    case EACCES, EPERM, EROFS: self = .readOnly
    case ENOSPC, EDQUOT: self = .full
    default: self = .system(action, code: code)
    }
  }
}

/// What is done to files by name.
enum FileSystem {
  static func exists(_ path: String) -> Bool {
    unsafe access(path, F_OK) == 0
  }

  /// Whether there is a file of that name that is not empty.
  static func hasContent(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_size > 0
  }

  /// Makes a folder for its owner alone; one that is there is left as it is.
  static func makeFolder(_ path: String) throws(StoreError) {
    guard unsafe mkdir(path, 0o700) != 0, errno != EEXIST else { return }
    throw StoreError(system: errno, during: "mkdir")
  }

  /// The folder that a file lies in.
  static func folder(of path: String) -> String {
    guard let end = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// Whether files may be made and removed beside that one.
  static func mayWrite(inFolderOf path: String) -> Bool {
    unsafe access(folder(of: path), W_OK) == 0
  }

  /// Makes a file's entry in its folder durable: `fsync` of the folder.
  static func syncFolder(of path: String) throws(StoreError) {
    let number = unsafe open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw StoreError(system: errno, during: "open folder") }
    defer { close(number) }
    guard fsync(number) == 0 else { throw StoreError(system: errno, during: "sync folder") }
  }

  /// Writes a file beside its place, syncs it, and puts it there in one step: whoever looks sees the old or the new one.
  static func replace(_ path: String, with content: [UInt8], mode: mode_t) throws(StoreError) {
    let draft = "\(path).new"
    _ = unsafe unlink(draft)
    let file = try FileDescriptor(draft, O_WRONLY | O_CREAT | O_EXCL, mode: mode)
    try file.write(content)
    try file.sync()
    guard unsafe rename(draft, path) == 0 else { throw StoreError(system: errno, during: "rename") }
    try syncFolder(of: path)
  }
}
