import Glibc

/// A folder of the wallet's, mode 0700, with files that are written whole or not at all.
public struct Folder: Sendable {
  public let path: String

  /// Bytes of a file, unless more are asked for.
  public static let fileBytesMax = Limits.fileBytesMax

  /// Why a file or folder cannot be used.
  public enum Fault: Error, Hashable, Sendable {
    /// The system's error number.
    case system(String, code: Int32)
    /// Others than its owner may read or write the file.
    case exposed(String)
    case tooLarge(String)
    case exists(String)
  }

  public init(_ path: String) {
    self.path = path
  }

  public func folder(_ name: String) -> Folder { Folder("\(path)/\(name)") }

  public func path(of name: String) -> String { "\(path)/\(name)" }

  /// Makes the folder and those above it.
  public func create() throws(Fault) {
    guard unsafe access(path, F_OK) != 0 else { return }
    var partial = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      partial += (partial.isEmpty && !path.hasPrefix("/") ? "" : "/") + part
      if partial == "/" || partial == "//" {
        partial = ""
        continue
      }
      guard unsafe mkdir(partial, 0o700) != 0 else {
        // A folder that is lost takes with it what was made durable inside.
        try Folder(Folder.above(partial)).sync()
        continue
      }
      guard errno == EEXIST || errno == EISDIR else { throw .system(partial, code: errno) }
    }
  }

  /// The folder that a path lies in.
  private static func above(_ path: String) -> String {
    guard let end = path.lastIndex(of: "/") else { return "." }
    return end == path.startIndex ? "/" : String(path[..<end])
  }

  /// The content of a file, `nil` where there is none.
  ///
  /// - Parameter isSecret: refuses a file that others may read or write.
  public func read(
    _ name: String, isSecret: Bool = false, bytesMax: Int = Folder.fileBytesMax
  ) throws(Fault) -> [UInt8]? {
    let number = unsafe open(path(of: name), O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .system(name, code: errno) }
      return nil
    }
    defer { close(number) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw .system(name, code: errno) }
    if isSecret && status.st_mode & 0o077 != 0 { throw .exposed(path(of: name)) }
    guard status.st_size <= bytesMax else { throw .tooLarge(name) }
    var content = [UInt8](repeating: 0, count: Int(status.st_size))
    var done = 0
    while done < content.count {
      let count = unsafe content.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(number, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
      }
      guard count > 0 else { throw .system(name, code: count < 0 ? errno : EIO) }
      done += count
    }
    return content
  }

  /// Writes a file so that it is on the disk under its name, whole, before this returns.
  public func write(_ name: String, _ content: [UInt8], mayReplace: Bool = true) throws(Fault) {
    try create()
    // What is never replaced is a key: nothing of one is to lie about.
    if !mayReplace { clearDrafts(of: name) }
    let draft = path(of: Folder.draft(of: name, by: getpid()))
    _ = unsafe unlink(draft)
    let number = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw .system(name, code: errno) }
    defer {
      close(number)
      // Gone already where it became the file.
      _ = unsafe unlink(draft)
    }
    var done = 0
    while done < content.count {
      let count = unsafe content.withUnsafeBytes { buffer in
        unsafe Glibc.write(number, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
      }
      guard count > 0 else { throw .system(name, code: errno) }
      done += count
    }
    guard fsync(number) == 0 else { throw .system(name, code: errno) }
    if mayReplace {
      guard unsafe rename(draft, path(of: name)) == 0 else { throw .system(name, code: errno) }
    } else {
      guard unsafe link(draft, path(of: name)) == 0 else {
        throw errno == EEXIST ? .exists(path(of: name)) : .system(name, code: errno)
      }
    }
    try sync()
  }

  private static func draft(of name: String, by process: pid_t) -> String { ".\(name).\(process).new" }

  /// Removes what processes that are gone left of a file.
  private func clearDrafts(of name: String) {
    for entry in entries() where entry.hasPrefix(".\(name).") && entry.hasSuffix(".new") {
      guard let process = pid_t(entry.dropFirst(name.utf8.count + 2).dropLast(4)), process > 0,
        entry == Folder.draft(of: name, by: process), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      _ = unsafe unlink(path(of: entry))
    }
  }

  public func remove(_ name: String) throws(Fault) {
    guard unsafe unlink(path(of: name)) == 0 || errno == ENOENT else { throw .system(name, code: errno) }
    try sync()
  }

  /// Names of the files with that ending, sorted; none where there is no folder.
  public func names(endingIn ending: String) -> [String] {
    entries().filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.sorted()
  }

  private func entries() -> [String] {
    guard let handle = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(handle) }
    guard let start = MemoryLayout<dirent>.offset(of: \.d_name) else { return [] }
    var names: [String] = []
    while let entry = unsafe readdir(handle) {
      // Read where it lies: an entry ends behind its name, not behind the 256 bytes that the field is declared with.
      names.append(
        unsafe String(
          cString: UnsafeRawPointer(entry).advanced(by: start).assumingMemoryBound(to: CChar.self)))
    }
    return names
  }

  private func sync() throws(Fault) {
    let number = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw .system(path, code: errno) }
    defer { close(number) }
    guard fsync(number) == 0 else { throw .system(path, code: errno) }
  }

  /// Runs `body` while no other process does the same in this folder: `flock`.
  public func locked<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try? create()
    let number = unsafe open(path(of: "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if number >= 0 { flock(number, LOCK_EX) }
    defer { if number >= 0 { close(number) } }
    return try body()
  }
}
