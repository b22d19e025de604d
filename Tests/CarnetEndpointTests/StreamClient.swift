import CarnetEndpoint
import Foundation
import Glibc
import Testing

/// A socket that says one thing and listens as long as a test wants.
final class StreamClient {
  private let number: Int32
  private var heard: [UInt8] = []

  init(to address: Server.Address, saying text: String) throws {
    number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = address.port.bigEndian
    _ = unsafe inet_pton(AF_INET, address.host, &target.sin_addr)
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = unsafe withUnsafePointer(to: &target) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(number, $0, size) }
    }
    try #require(code == 0)
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    let bytes = Array(text.utf8)
    try #require(unsafe send(number, bytes, bytes.count, 0) == bytes.count)
  }

  deinit { Glibc.close(number) }

  /// Says more; `false` once the other side listens no longer.
  func say(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return unsafe send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count
  }

  /// What is still heard is of the next answer.
  func forget() { heard = [] }

  /// All that was heard once it contains the words; with `nil`, once the other side is done.
  func read(until words: String?) throws -> String {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let text = String(decoding: heard, as: UTF8.self)
      if let words, text.contains(words) { return text }
      let count = unsafe recv(number, &buffer, buffer.count, 0)
      guard count > 0 else {
        if words == nil { return text }
        Issue.record("heard only: \(text)")
        return text
      }
      heard += buffer[..<count]
    }
  }
}
