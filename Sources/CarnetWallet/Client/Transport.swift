/// How a wallet reaches a ledger: a socket, or the routes in the same process.
public protocol Transport: Sendable {
  /// The host that access notes are made for, as the `Host` header names it; `nil` where no token is needed.
  var host: String? { get }

  func send(_ request: TransportRequest) throws(TransportError) -> TransportResponse
}

public struct TransportRequest: Sendable {
  public var method: String
  /// Path and query, encoded.
  public var target: String
  public var headers: [String: String]
  public var body: [UInt8]

  public init(method: String, target: String, headers: [String: String] = [:], body: [UInt8] = []) {
    (self.method, self.target, self.headers, self.body) = (method, target, headers, body)
  }
}

public struct TransportResponse: Sendable {
  public var status: Int
  /// By lower-case name.
  public var headers: [String: String]
  public var body: [UInt8]

  public init(status: Int, headers: [String: String], body: [UInt8]) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }
}

public enum TransportError: Error, Hashable, Sendable {
  /// Nothing was sent: no connection came about.
  case unreachable(String)
  /// Something may have arrived there, and no whole answer came back.
  case lost(String)
}
