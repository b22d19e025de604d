import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch
import Synchronization

/// Calls that are made once, however often they are sent (draft-ietf-httpapi-idempotency-key-header).
extension TillService {
  typealias Completion = @Sendable (@escaping Route.DeferredReply) -> Void

  /// One call under its key.
  struct OnceCall: Sendable {
    let key: ServiceStore.CallKey
    /// SHA-256 of what is asked.
    let request: Digest

    /// - Parameter scope: who calls; two callers may use the same key.
    init(_ call: Call, scope: String) throws(Problem) {
      guard let header = call.request.headers["idempotency-key"] else {
        throw Problem(400, "idempotency-key-missing", .problemKeyMissing)
      }
      // A string of a structured field (RFC 9651, section 3.3.3), or the bare word that many send.
      let isQuoted = header.utf8.count >= 2 && header.hasPrefix("\"") && header.hasSuffix("\"")
      let text = isQuoted ? String(header.dropFirst().dropLast()) : header
      let isPlain = text.utf8.allSatisfy { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
      guard isPlain, let key = ServiceStore.CallKey(scope: scope, key: text) else {
        throw .badValue("Idempotency-Key")
      }
      self.key = key
      request = Digest.sha256(Array("\(call.request.method) \(call.request.path)\n".utf8) + call.request.body)
    }
  }

  /// Runs `work` on the queue unless the key's call is under way or done, in which case that is what is told.
  ///
  /// `work` is given what a call that was cut off had prepared, and calls `finished` once.
  func once(
    _ call: OnceCall, _ completion: @escaping Completion,
    work:
      @escaping @Sendable (
        _ prepared: [UInt8]?, _ finished: @escaping @Sendable (Result<Response, Problem>) -> Void
      )
      throws(Problem) -> Void
  ) {
    guard underWay.withLock({ $0.insert(call.key).inserted }) else {
      return completion { () throws(Problem) in
        throw Problem(
          409, "idempotency-in-progress", .problemInProgress, headers: [("Retry-After", "1")],
          isRetryable: true)
      }
    }
    let finished: @Sendable (Result<Response, Problem>) -> Void = { [self] result in
      underWay.withLock { _ = $0.remove(call.key) }
      completion { () throws(Problem) in try result.get() }
    }
    store.queue.async { [self] in
      do throws(Problem) {
        let saved = try query { () throws(StoreError) in try store.call(call.key, now: journal.clock.now) }
        guard let saved else { return try work(nil, finished) }
        guard saved.request == call.request else {
          throw Problem(422, "idempotency-key-reused", .problemKeyReused)
        }
        guard let answer = saved.answer else { return try work(saved.prepared, finished) }
        finished(.success(Response(answer)))
      } catch { finished(.failure(error)) }
    }
  }

  /// Runs a query of the store and turns its failure into a problem.
  func query<Result>(_ body: () throws(StoreError) -> Result) throws(Problem) -> Result {
    do throws(StoreError) { return try body() } catch { throw Problem(error) }
  }

  /// Answers on the queue.
  func answer(
    _ completion: @escaping Completion, _ body: @escaping @Sendable () throws(Problem) -> Response
  ) {
    work(completion) { () throws(Problem) in
      let response = try body()
      completion { () in response }
    }
  }

  /// Begins on the queue what is answered when it is; what it throws is the answer.
  func work(_ completion: @escaping Completion, _ body: @escaping @Sendable () throws(Problem) -> Void) {
    store.queue.async {
      do throws(Problem) { try body() } catch { completion { () throws(Problem) in throw error } }
    }
  }
}

extension Response {
  init(_ answer: SavedCall.Answer) {
    self.init(status: answer.status, type: "application/json", body: answer.body)
    if let location = answer.location { headers.append((name: "Location", value: location)) }
  }
}

extension Problem {
  static let tooMany = Problem(
    429, "too-many", .problemTooMany, headers: [("Retry-After", "60")], isRetryable: true)
}
