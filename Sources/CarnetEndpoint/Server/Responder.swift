/// A response that is made when it is asked for, on the thread that will send it.
public typealias Reply = @Sendable () -> Response

/// What answers the requests of a ``Server``.
protocol Responder: Sendable {
  /// Answers a request; `completion` is called once, on any thread.
  func respond(to request: Request, completion: @escaping @Sendable (@escaping Reply) -> Void)

  /// Answers whatever still waits for something to happen: the server is about to stop.
  func release()

  /// The response to a request that could not even be read, with all that every response has.
  func response(to problem: Problem, language: String?) -> Response
}

extension Responder {
  func release() {}
}
