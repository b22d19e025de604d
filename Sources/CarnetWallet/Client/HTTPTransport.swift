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
    var headers: [String: String] = [:]
    for (name, value) in response.allHeaderFields {
      if let name = name as? String { headers[name.lowercased()] = "\(value)" }
    }
    return .success(
      TransportResponse(status: response.statusCode, headers: headers, body: [UInt8](data ?? Data())))
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

  private static let session: URLSession = {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpShouldSetCookies = false
    configuration.httpCookieAcceptPolicy = .never
    configuration.urlCache = nil
    return URLSession(configuration: configuration, delegate: NoRedirects(), delegateQueue: nil)
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
