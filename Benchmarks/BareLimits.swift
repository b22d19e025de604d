import CMicrohttpd
import CSQLite
import Foundation
import Glibc
import Support

/// What the machine and the libraries give with nothing of Carnet in between, on the same disk.
struct BareLimits {
  let isSmoke: Bool

  func run(into report: inout Report) throws {
    let folder = try TemporaryFolder()
    report.add("bare: write and fdatasync of 4 KiB, median", try sync(folder.file("sync")), "ms")
    report.add("bare: SQLite, a payment's rows in commits of 100", try rows(folder.file("rows")), "µs")
    let constant = try Constant()
    let count = isSmoke ? 200 : 60_000
    let requests = Array(repeating: LoadRequest.bytes("GET", "/"), count: count)
    try LoadFile.write(requests, to: folder.file("requests"))
    let data = try Subprocess(
      Subprocess.itself, ["--load", "\(constant.port)", "64", folder.file("requests")]
    ).readAll()
    let outcome = try JSONDecoder().decode(LoadClient.Outcome.self, from: data)
    report.add("bare: libmicrohttpd, a constant, 64 connections", Double(count) / outcome.seconds, "1/s")
    constant.stop()
  }

  /// Milliseconds.
  private func sync(_ path: String) throws -> Double {
    let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failed() }
    defer { close(file) }
    let page = [UInt8](repeating: 7, count: 4_096)
    var times: [Double] = []
    for _ in 0..<(isSmoke ? 10 : 300) {
      times.append(
        try seconds {
          guard unsafe pwrite(file, page, page.count, 0) == page.count, fdatasync(file) == 0 else {
            throw Failed()
          }
        } * 1_000)
    }
    return times.sorted()[times.count / 2]
  }

  /// Microseconds a payment: a record of 700 bytes, its id, two entries, in a log that is synced.
  private func rows(_ path: String) throws -> Double {
    var handle: OpaquePointer?
    guard unsafe sqlite3_open(path, &handle) == SQLITE_OK, let database = unsafe handle else {
      throw Failed()
    }
    defer { unsafe sqlite3_close(database) }
    func execute(_ sql: String) throws {
      guard unsafe sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK else { throw Failed() }
    }
    try execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    try execute("CREATE TABLE records (number INTEGER PRIMARY KEY, time, record, leaf)")
    try execute("CREATE TABLE ids (number INTEGER PRIMARY KEY, id)")
    try execute("CREATE TABLE entries (entry INTEGER PRIMARY KEY, account, amount, balance)")
    let sql = [
      "INSERT INTO records VALUES (?1, 1767225600000, zeroblob(700), zeroblob(32))",
      "INSERT INTO ids VALUES (?1, randomblob(32))", "INSERT INTO entries VALUES (?1 * 2, 17, -1250, 100000)",
      "INSERT INTO entries VALUES (?1 * 2 + 1, 18, 1250, 100000)",
    ]
    let statements = unsafe try sql.map { unsafe try prepare($0, in: database) }
    let places = unsafe statements.indices
    defer { for index in places { unsafe sqlite3_finalize(statements[index]) } }
    let batches = isSmoke ? 3 : 200
    let took = try seconds {
      for batch in 0..<batches {
        try execute("BEGIN IMMEDIATE")
        for row in 0..<100 {
          for index in places {
            unsafe sqlite3_bind_int64(statements[index], 1, Int64(batch * 100 + row))
            guard unsafe sqlite3_step(statements[index]) == SQLITE_DONE else { throw Failed() }
            unsafe sqlite3_reset(statements[index])
          }
        }
        try execute("COMMIT")
      }
    }
    return took / Double(batches * 100) * 1e6
  }

  private func prepare(_ text: String, in database: OpaquePointer) throws -> OpaquePointer {
    var statement: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(database, text, -1, &statement, nil) == SQLITE_OK,
      let statement = unsafe statement
    else { throw Failed() }
    return unsafe statement
  }

  struct Failed: Error {}

  /// A server that says the same to everyone, with the threads that the endpoint has.
  @safe private final class Constant {
    private let daemon: OpaquePointer
    let port: UInt16

    init() throws {
      let flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_EPOLL.rawValue
      let (listening, port) = try Constant.listen()
      var options = unsafe [
        MHD_OptionItem(option: MHD_OPTION.LISTEN_SOCKET, value: Int(listening), ptr_value: nil),
        MHD_OptionItem(option: MHD_OPTION.THREAD_POOL_SIZE, value: 2, ptr_value: nil),
        MHD_OptionItem(option: MHD_OPTION.CONNECTION_LIMIT, value: 1_024, ptr_value: nil),
        MHD_OptionItem(option: MHD_OPTION.END, value: 0, ptr_value: nil),
      ]
      let daemon = unsafe options.withUnsafeMutableBufferPointer { items in
        unsafe withVaList([MHD_OPTION.ARRAY.rawValue, items.baseAddress!, MHD_OPTION.END.rawValue]) { list in
          unsafe MHD_start_daemon_va(flags, port, nil, nil, answer, nil, list)
        }
      }
      guard let daemon = unsafe daemon else { throw Failed() }
      unsafe self.daemon = daemon
      self.port = port
    }

    /// A socket of this machine alone, on a port of the system's choice.
    private static func listen() throws -> (socket: Int32, port: UInt16) {
      let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      let isListening = unsafe withUnsafeMutablePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
          var size = socklen_t(MemoryLayout<sockaddr_in>.size)
          return unsafe bind(number, generic, size) == 0 && Glibc.listen(number, 511) == 0
            && getsockname(number, generic, &size) == 0
        }
      }
      guard isListening else { throw Failed() }
      return (number, UInt16(bigEndian: address.sin_port))
    }

    func stop() { unsafe MHD_stop_daemon(daemon) }
  }
}

/// 700 bytes, 200; at the second call, as libmicrohttpd wants it: the first one tells of the headers.
private let answer: MHD_AccessHandlerCallback = { _, connection, _, _, _, _, _, context in
  guard let connection = unsafe connection, let context = unsafe context else { return .NO }
  guard unsafe context.pointee != nil else {
    unsafe context.pointee = UnsafeMutableRawPointer(connection)
    return .YES
  }
  var body = [UInt8](repeating: 0x61, count: 700)
  let response = unsafe body.withUnsafeMutableBytes { bytes in
    unsafe MHD_create_response_from_buffer(bytes.count, bytes.baseAddress, .RESPMEM_MUST_COPY)
  }
  guard let response = unsafe response else { return .NO }
  defer { unsafe MHD_destroy_response(response) }
  return unsafe MHD_queue_response(connection, 200, response)
}
