import CSQLite
import Glibc
import Synchronization

/// A file system for SQLite in front of the system's own, registered as the default one for the whole process.
///
/// Files in the folder of a ``FaultDisk`` are watched and fail as it says; all others are opened by the system's file
/// system itself, as if this one were not there.
enum FaultVFS {
  private static let disks = Mutex<[String: FaultDisk]>([:])
  /// Set once by `register`, and then only read.
  nonisolated(unsafe) private static let system: UnsafeMutablePointer<sqlite3_vfs>? = unsafe register()

  /// Puts a disk under the files of its folder.
  static func attach(_ disk: FaultDisk) {
    precondition(unsafe system != nil, "SQLite took no second file system")
    disks.withLock { $0[disk.folder] = disk }
  }

  static func detach(_ disk: FaultDisk) {
    _ = disks.withLock { $0.removeValue(forKey: disk.folder) }
  }

  /// Adds a copy of the system's file system with two functions of its own: `sqlite3_vfs_register`.
  private static func register() -> UnsafeMutablePointer<sqlite3_vfs>? {
    guard let system = unsafe sqlite3_vfs_find(nil) else { return nil }
    let ours = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    unsafe ours.initialize(to: system.pointee)
    unsafe ours.pointee.zName = UnsafePointer(strdup("carnet-faults"))
    unsafe ours.pointee.xOpen = { _, path, file, flags, given in
      unsafe FaultVFS.open(path, file, flags, given)
    }
    unsafe ours.pointee.xDelete = { _, path, syncsFolder in unsafe FaultVFS.delete(path, syncsFolder) }
    guard unsafe sqlite3_vfs_register(ours, 1) == SQLITE_OK else { return nil }
    return unsafe system
  }

  /// The disk of a path and the file's name on it.
  private static func place(of path: UnsafePointer<CChar>?) -> (disk: FaultDisk, name: String)? {
    guard let path = unsafe path else { return nil }
    let text = unsafe String(cString: path)
    guard let slash = text.lastIndex(of: "/"),
      let disk = disks.withLock({ $0[String(text[..<slash])] })
    else { return nil }
    return (disk, String(text[text.index(after: slash)...]))
  }

  private static func open(
    _ path: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>?, _ flags: Int32,
    _ given: UnsafeMutablePointer<Int32>?
  ) -> Int32 {
    guard let system = unsafe system, let file = unsafe file else { return SQLITE_INTERNAL }
    guard let (disk, name) = unsafe place(of: path) else {
      return unsafe system.pointee.xOpen(system, path, file, flags, given)
    }
    unsafe file.pointee.pMethods = nil
    if let code = disk.begin(.open) { return code }
    var flags = flags
    if disk.isReadOnly, flags & SQLITE_OPEN_READWRITE != 0 {
      guard disk.has(name) else { return SQLITE_CANTOPEN }
      flags = flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_READONLY
    }
    disk.willOpen(name)
    let below = unsafe UnsafeMutableRawPointer.allocate(
      byteCount: Int(system.pointee.szOsFile), alignment: 16)
    unsafe below.initializeMemory(as: UInt8.self, repeating: 0, count: Int(system.pointee.szOsFile))
    let real = unsafe below.assumingMemoryBound(to: sqlite3_file.self)
    let code = unsafe system.pointee.xOpen(system, path, real, flags, given)
    guard code == SQLITE_OK else {
      unsafe below.deallocate()
      return code
    }
    disk.didOpen()
    disk.end(.open)
    unsafe FaultFile(disk: disk, name: name, real: real).put(into: file)
    return SQLITE_OK
  }

  private static func delete(_ path: UnsafePointer<CChar>?, _ syncsFolder: Int32) -> Int32 {
    guard let system = unsafe system else { return SQLITE_INTERNAL }
    guard let (disk, name) = unsafe place(of: path) else {
      return unsafe system.pointee.xDelete(system, path, syncsFolder)
    }
    if let code = disk.begin(.delete) { return code }
    let code = unsafe system.pointee.xDelete(system, path, 0)
    if code == SQLITE_OK { disk.deleted(name, isDurable: syncsFolder != 0) }
    disk.end(.delete)
    return code
  }
}

/// One open file on a ``FaultDisk``, over the system's own open file.
@safe final class FaultFile {
  private let disk: FaultDisk
  private let name: String
  private let real: UnsafeMutablePointer<sqlite3_file>

  init(disk: FaultDisk, name: String, real: UnsafeMutablePointer<sqlite3_file>) {
    (self.disk, self.name) = (disk, name)
    unsafe self.real = real
  }

  /// Behind the methods' address of an `sqlite3_file` lies the address of the object.
  private static let place = unsafe MemoryLayout<sqlite3_file>.stride

  /// Makes what SQLite holds an open file of ours; the object lives until it is closed.
  func put(into file: UnsafeMutablePointer<sqlite3_file>) {
    let address = unsafe UnsafeRawPointer(Unmanaged.passRetained(self).toOpaque())
    unsafe UnsafeMutableRawPointer(file).storeBytes(
      of: address, toByteOffset: FaultFile.place, as: UnsafeRawPointer.self)
    unsafe file.pointee.pMethods = UnsafePointer(FaultFile.methods)
  }

  private static func handle(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Unmanaged<FaultFile> {
    guard let file = unsafe file else { preconditionFailure("SQLite names the file") }
    return unsafe Unmanaged.fromOpaque(
      UnsafeRawPointer(file).load(fromByteOffset: FaultFile.place, as: UnsafeRawPointer.self))
  }

  private static func of(_ file: UnsafeMutablePointer<sqlite3_file>?) -> FaultFile {
    unsafe handle(file).takeUnretainedValue()
  }

  private var below: sqlite3_io_methods { unsafe real.pointee.pMethods.pointee }

  /// Version 2: shared memory, but no mapped reading, so that every read is seen.
  nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    unsafe methods.initialize(to: sqlite3_io_methods())
    unsafe methods.pointee.iVersion = 2
    unsafe methods.pointee.xClose = { file in unsafe FaultFile.close(file) }
    unsafe methods.pointee.xRead = { file, bytes, count, offset in
      unsafe FaultFile.of(file).read(bytes, count, offset)
    }
    unsafe methods.pointee.xWrite = { file, bytes, count, offset in
      unsafe FaultFile.of(file).write(bytes, count, offset)
    }
    unsafe methods.pointee.xTruncate = { file, size in unsafe FaultFile.of(file).truncate(size) }
    unsafe methods.pointee.xSync = { file, _ in unsafe FaultFile.of(file).sync() }
    unsafe passOn(&methods.pointee)
    return unsafe methods
  }()

  /// Sizes and locks are the system's; so is shared memory, once it is there.
  private static func passOn(_ methods: inout sqlite3_io_methods) {
    unsafe methods.xFileSize = { file, size in
      unsafe FaultFile.of(file).below.xFileSize(FaultFile.of(file).real, size)
    }
    unsafe methods.xLock = { file, lock in
      unsafe FaultFile.of(file).below.xLock(FaultFile.of(file).real, lock)
    }
    unsafe methods.xUnlock = { file, lock in
      unsafe FaultFile.of(file).below.xUnlock(FaultFile.of(file).real, lock)
    }
    unsafe methods.xCheckReservedLock = { file, result in
      unsafe FaultFile.of(file).below.xCheckReservedLock(FaultFile.of(file).real, result)
    }
    unsafe methods.xFileControl = { file, operation, argument in
      unsafe FaultFile.of(file).below.xFileControl(FaultFile.of(file).real, operation, argument)
    }
    unsafe methods.xSectorSize = { file in
      unsafe FaultFile.of(file).below.xSectorSize(FaultFile.of(file).real)
    }
    unsafe methods.xDeviceCharacteristics = { file in
      unsafe FaultFile.of(file).below.xDeviceCharacteristics(FaultFile.of(file).real)
    }
    unsafe methods.xShmMap = { file, region, size, extends, address in
      unsafe FaultFile.of(file).share(region, size, extends, address)
    }
    unsafe methods.xShmLock = { file, offset, count, flags in
      unsafe FaultFile.of(file).below.xShmLock(FaultFile.of(file).real, offset, count, flags)
    }
    unsafe methods.xShmBarrier = { file in
      unsafe FaultFile.of(file).below.xShmBarrier(FaultFile.of(file).real)
    }
    unsafe methods.xShmUnmap = { file, deletes in
      unsafe FaultFile.of(file).below.xShmUnmap(FaultFile.of(file).real, deletes)
    }
  }
}

extension FaultFile {
  private static func close(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Int32 {
    let handle = unsafe handle(file)
    let closing = unsafe handle.takeUnretainedValue()
    let code = unsafe closing.below.xClose(closing.real)
    unsafe closing.real.deallocate()
    closing.disk.didClose()
    unsafe handle.release()
    return code
  }

  private func read(_ bytes: UnsafeMutableRawPointer?, _ count: Int32, _ offset: Int64) -> Int32 {
    if let code = disk.begin(.read) { return code }
    defer { disk.end(.read) }
    return unsafe below.xRead(real, bytes, count, offset)
  }

  /// A write that fails may have got part of the way.
  private func write(_ bytes: UnsafeRawPointer?, _ count: Int32, _ offset: Int64) -> Int32 {
    let fault = disk.begin(.write)
    let done = fault == nil ? count : disk.part(of: count)
    if done > 0 {
      let code = unsafe below.xWrite(real, bytes, done, offset)
      guard code == SQLITE_OK else { return code }
      disk.wrote(
        unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(done))), to: name, at: Int(offset))
    }
    disk.end(.write)
    return fault ?? SQLITE_OK
  }

  private func truncate(_ size: Int64) -> Int32 {
    if let code = disk.begin(.truncate) { return code }
    let code = unsafe below.xTruncate(real, size)
    if code == SQLITE_OK { disk.truncated(name, to: Int(size)) }
    disk.end(.truncate)
    return code
  }

  /// Nothing real is synced: what would be on the disk is what ``FaultDisk`` keeps.
  private func sync() -> Int32 {
    if let code = disk.begin(.sync) {
      disk.failedToSync(name)
      return code
    }
    disk.synced(name)
    disk.end(.sync)
    return SQLITE_OK
  }

  private func share(
    _ region: Int32, _ size: Int32, _ extends: Int32,
    _ address: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> Int32 {
    if let code = disk.begin(.share) { return code }
    defer { disk.end(.share) }
    return unsafe below.xShmMap(real, region, size, extends, address)
  }
}
