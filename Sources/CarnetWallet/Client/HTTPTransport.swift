import Foundation
import FoundationNetworking
import Synchronization

/// HTTP by Foundation's URLSession: no redirects, no cookies, no cache, bounded in time and size.
public struct HTTPTransport: Transport {
  /// Seconds that a request may take, the wait for a commit included.
  public static let secondsUsual = Limits.requestSecondsMax

  private let base: String
  private let seconds: Int
  public let host: String?

  /// Why an address is not used.
  public enum AddressError: Error, Hashable, Sendable {
    case malformed
    /// Plain http goes to this machine only: elsewhere anyone on the way could read along.
    case insecure
  }

  /// - Parameters:
  ///   - address: `http://127.0.0.1:8390`, or `https://…`.
  ///   - hasPath: whether a path may stand behind, in front of all targets.
  ///   - seconds: that a request may take.
  public init(
    _ address: String, hasPath: Bool = false, seconds: Int = HTTPTransport.secondsUsual
  ) throws(AddressError) {
    self.seconds = seconds
    guard let components = URLComponents(string: address), let host = components.host?.lowercased(),
      !host.isEmpty,
      let scheme = components.scheme?.lowercased(), ["http", "https"].contains(scheme),
      components.user == nil,
      components.query == nil, components.fragment == nil, hasPath || ["", "/"].contains(components.path)
    else { throw .malformed }
    let isLoopback = host == "localhost" || host.hasPrefix("127.") || host == "[::1]" || host == "::1"
    guard scheme == "https" || isLoopback else { throw .insecure }
    let authority = host + (components.port.map { ":\($0)" } ?? "")
    let path = components.percentEncodedPath
    let prefix = path.hasSuffix("/") ? String(path.dropLast()) : path
    (base, self.host) = ("\(scheme)://\(authority)\(prefix)", authority)
  }

  public func send(_ request: TransportRequest) throws(TransportError) -> TransportResponse {
    guard let url = URL(string: base + request.target) else { throw .unreachable("address") }
    var message = URLRequest(url: url, timeoutInterval: TimeInterval(seconds))
    message.httpMethod = request.method
    for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
    if !request.body.isEmpty { message.httpBody = Data(request.body) }
    return try HTTPTransport.wait(for: message)
  }

  public func stream(
    _ request: TransportRequest, _ receive: @escaping @Sendable ([UInt8]) -> Void
  ) throws(TransportError) -> TransportResponse {
    guard let url = URL(string: base + request.target) else { throw .unreachable("address") }
    // Of silence: the other side says something every fifteen seconds.
    var message = URLRequest(url: url, timeoutInterval: TimeInterval(Limits.silenceSecondsMax))
    message.httpMethod = request.method
    for (name, value) in request.headers { message.setValue(value, forHTTPHeaderField: name) }
    let reader = StreamReader(receive)
    let session = URLSession(
      configuration: HTTPTransport.configuration, delegate: reader, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: message).resume()
    let (head, body, error) = reader.wait()
    if let error { throw HTTPTransport.failure(error) }
    guard let head else { throw .lost("no answer") }
    return TransportResponse(
      status: head.statusCode, headers: HTTPTransport.headers(of: head), body: body)
  }

  private static func wait(for message: URLRequest) throws(TransportError) -> TransportResponse {
    let ended = DispatchSemaphore(value: 0)
    let outcome = Mutex<Result<TransportResponse, TransportError>>(.failure(.lost("no answer")))
    let task = session.dataTask(with: message) { data, response, error in
      let result = HTTPTransport.result(data, response, error)
      outcome.withLock { $0 = result }
      ended.signal()
    }
    task.resume()
    ended.wait()
    return try outcome.withLock { $0 }.get()
  }

  private static func result(
    _ data: Data?, _ response: URLResponse?, _ error: (any Error)?
  ) -> Result<TransportResponse, TransportError> {
    if let error = error as? URLError { return .failure(failure(error)) }
    guard let response = response as? HTTPURLResponse else { return .failure(.lost("no answer")) }
    guard (data?.count ?? 0) <= Limits.responseBytesMax else {
      return .failure(.lost("the answer is too large"))
    }
    return .success(
      TransportResponse(
        status: response.statusCode, headers: headers(of: response), body: [UInt8](data ?? Data())))
  }

  /// By lower-case name.
  private static func headers(of response: HTTPURLResponse) -> [String: String] {
    var headers: [String: String] = [:]
    for (name, value) in response.allHeaderFields {
      if let name = name as? String { headers[name.lowercased()] = "\(value)" }
    }
    return headers
  }

  /// Errors behind which certainly nothing was sent; any other leaves it open.
  private static func failure(_ error: URLError) -> TransportError {
    switch error.code {
    case .cannotConnectToHost, .cannotFindHost, .dnsLookupFailed, .notConnectedToInternet, .badURL,
      .unsupportedURL, .secureConnectionFailed, .serverCertificateUntrusted:
      .unreachable("\(error.code.rawValue)")
    default: .lost("\(error.code.rawValue)")
    }
  }

  private static let session = URLSession(
    configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)

  private static let configuration: URLSessionConfiguration = {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpShouldSetCookies = false
    configuration.httpCookieAcceptPolicy = .never
    configuration.urlCache = nil
    return configuration
  }()
}

/// Takes a redirect for the answer it is.
private final class NoRedirects: NSObject, URLSessionTaskDelegate {
  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }
}

/// Hands on what comes while it comes; what is no answer of 200 is collected instead.
private final class StreamReader: NSObject, URLSessionDataDelegate, Sendable {
  private struct State {
    var head: HTTPURLResponse?
    var body: [UInt8] = []
    var error: URLError?
  }

  private let state = Mutex(State())
  private let ended = DispatchSemaphore(value: 0)
  private let receive: @Sendable ([UInt8]) -> Void

  init(_ receive: @escaping @Sendable ([UInt8]) -> Void) { self.receive = receive }

  func wait() -> (HTTPURLResponse?, [UInt8], URLError?) {
    ended.wait()
    return state.withLock { ($0.head, $0.body, $0.error) }
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    state.withLock { $0.head = response as? HTTPURLResponse }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    if state.withLock({ $0.head?.statusCode }) == 200 { return receive([UInt8](data)) }
    state.withLock { state in
      state.body += data.prefix(Limits.responseBytesMax - state.body.count)
    }
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(nil)
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    state.withLock { $0.error = error.map { $0 as? URLError ?? URLError(.networkConnectionLost) } }
    ended.signal()
  }
}
