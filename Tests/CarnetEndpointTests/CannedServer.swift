import Foundation
import Glibc
import Synchronization

/// A socket on this machine that takes connections and answers each with the same bytes, whatever is asked.
final class CannedServer: Sendable {
  let port: UInt16
  private let number: Int32
  private let heard = Mutex<[[UInt8]]>([])

  /// - Parameters:
  ///   - answer: sent in two pieces once a request's head was heard; `nil` says nothing and keeps the connection.
  ///   - isOpen: whether the connection stays open behind the answer.
  ///   - asksNothing: whether it answers whatever comes first.
  init(_ answer: String?, isOpen: Bool = false, asksNothing: Bool = false) {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    unsafe withUnsafeMutablePointer(to: &place) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        _ = unsafe bind(number, pointer, size)
        _ = unsafe getsockname(number, pointer, &size)
      }
    }
    listen(number, 16)
    (self.number, port) = (number, UInt16(bigEndian: place.sin_port))
    Thread.detachNewThread { [self] in
      while case let client = accept(number, nil, nil), client >= 0 {
        serve(client, answer.map { Array($0.utf8) }, isOpen, asksNothing)
      }
    }
  }

  /// What was asked, one request after the other.
  var requests: [String] { heard.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }

  func close() { shutdown(number, Int32(SHUT_RDWR)) }

  private func serve(_ client: Int32, _ answer: [UInt8]?, _ isOpen: Bool, _ asksNothing: Bool) {
    var request: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while request.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
      let count = unsafe recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      request += buffer[..<count]
      if asksNothing { break }
    }
    heard.withLock { [request] in $0.append(request) }
    guard let answer else { return }
    for piece in [answer.prefix(7), answer.dropFirst(7)] {
      unsafe piece.withUnsafeBytes {
        _ = unsafe send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      usleep(20_000)
    }
    if !isOpen { Glibc.close(client) }
  }
}
