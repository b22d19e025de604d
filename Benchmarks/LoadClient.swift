import CMicrohttpd
import Foundation
import Glibc

/// A load over HTTP on loopback: some keep-alive connections, each with one request under way at a time.
///
/// It runs in a process of its own, so that what it costs is not counted as the server's.
final class LoadClient {
  /// What came of a load.
  struct Outcome: Codable {
    let count: Int
    let seconds: Double
    /// Milliseconds from the first byte sent to the last one received.
    let median: Double
    let p99: Double
    /// Seconds of the processors that the load itself used.
    let processorTime: Double
    /// Answers by status.
    let statuses: [String: Int]
  }

  enum Fault: Error {
    case cannotConnect, connectionLost, malformedAnswer
  }

  private struct Connection {
    let socket: Int32
    var received: [UInt8] = []
    var began: UInt64 = 0
    var isBusy = false
  }

  private var connections: [Connection] = []
  private let requests: [[UInt8]]
  private var next = 0
  private var latencies: [UInt64] = []
  private var statuses: [String: Int] = [:]
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

  /// - Parameter requests: whole requests as they go over the wire, sent once each in this order.
  init(port: UInt16, connections count: Int, requests: [[UInt8]]) throws {
    self.requests = requests
    for _ in 0..<count { connections.append(Connection(socket: try LoadClient.connect(to: port))) }
  }

  deinit {
    for connection in connections { close(connection.socket) }
  }

  func run() throws -> Outcome {
    let began = LoadClient.nanoseconds()
    let used = ProcessorTime.now()
    for place in connections.indices { try send(on: place) }
    var polls = connections.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
    while latencies.count < requests.count {
      guard unsafe poll(&polls, nfds_t(polls.count), 30_000) > 0 else { throw Fault.connectionLost }
      for place in polls.indices where polls[place].revents != 0 { try receive(on: place) }
    }
    let seconds = Double(LoadClient.nanoseconds() - began) / 1e9
    latencies.sort()
    return Outcome(
      count: latencies.count, seconds: seconds, median: milliseconds(50), p99: milliseconds(99),
      processorTime: ProcessorTime.now() - used, statuses: statuses)
  }

  private func milliseconds(_ percent: Int) -> Double {
    Double(latencies[min(latencies.count - 1, latencies.count * percent / 100)]) / 1e6
  }

  private func send(on place: Int) throws {
    guard next < requests.count else { return }
    let request = requests[next]
    next += 1
    connections[place].began = LoadClient.nanoseconds()
    connections[place].isBusy = true
    // A note is far smaller than a socket's buffer.
    guard
      unsafe Glibc.send(connections[place].socket, request, request.count, Int32(MSG_NOSIGNAL))
        == request.count
    else { throw Fault.connectionLost }
  }

  private func receive(on place: Int) throws {
    let count = unsafe recv(connections[place].socket, &buffer, buffer.count, 0)
    guard count > 0 else { throw Fault.connectionLost }
    connections[place].received.append(contentsOf: buffer[..<count])
    guard let status = try LoadClient.status(ofWhole: connections[place].received) else { return }
    latencies.append(LoadClient.nanoseconds() - connections[place].began)
    statuses[status, default: 0] += 1
    connections[place].received.removeAll(keepingCapacity: true)
    try send(on: place)
  }

  /// The status of an answer that is all there; `nil` while more is to come.
  ///
  /// Looks at bytes only: what the load costs is taken from the cores that the server has.
  private static func status(ofWhole answer: [UInt8]) throws -> String? {
    let (line, colon) = (UInt8(ascii: "\n"), UInt8(ascii: ":"))
    var (start, length) = (0, Int?.none)
    while let end = answer[start...].firstIndex(of: line) {
      if end - start == 1 {
        guard let length, answer.count > 12 else { throw Fault.malformedAnswer }
        return answer.count >= end + 1 + length ? String(decoding: answer[9..<12], as: UTF8.self) : nil
      }
      // `Content-Length: `: no other header of these answers has 14 bytes with an l and an h there.
      if end - start > 16, answer[start + 14] == colon, answer[start + 13] | 0x20 == UInt8(ascii: "h"),
        answer[start + 8] | 0x20 == UInt8(ascii: "l")
      {
        let digits = answer[(start + 16)..<end].filter { (48...57).contains($0) }
        length = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
      }
      start = end + 1
    }
    return nil
  }

  private static func connect(to port: UInt16) throws -> Int32 {
    let number = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let code = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        unsafe Glibc.connect(number, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Fault.cannotConnect }
    var yes: Int32 = 1
    _ = unsafe setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    return number
  }

  static func nanoseconds() -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension LoadClient {
  /// The load process: `--load PORT CONNECTIONS FILE`; the file holds each request behind its length (four bytes,
  /// big-endian). Prints the outcome as JSON.
  static func main(_ arguments: [String]) throws {
    guard arguments.count == 3, let port = UInt16(arguments[0]), let connections = Int(arguments[1]) else {
      throw Fault.malformedAnswer
    }
    let requests = try LoadFile.read(arguments[2])
    let outcome = try LoadClient(port: port, connections: connections, requests: requests).run()
    print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
  }
}

/// Requests on their way to the load process.
enum LoadFile {
  static func write(_ requests: [[UInt8]], to path: String) throws {
    var data = Data()
    for request in requests {
      let count = UInt32(request.count)
      data.append(contentsOf: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) })
      data.append(contentsOf: request)
    }
    try data.write(to: URL(fileURLWithPath: path))
  }

  static func read(_ path: String) throws -> [[UInt8]] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var (requests, place) = ([[UInt8]](), 0)
    while place + 4 <= bytes.count {
      let count = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 4 + count <= bytes.count else { throw LoadClient.Fault.malformedAnswer }
      requests.append(Array(bytes[(place + 4)..<(place + 4 + count)]))
      place += 4 + count
    }
    return requests
  }
}
