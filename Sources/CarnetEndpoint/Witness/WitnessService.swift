public import CarnetJournal
import CarnetLedger
import CarnetNotes

/// A witness for neighbouring places (C2SP tlog-witness): `POST /add-checkpoint`, and a page that says whose it is.
public final class WitnessService: Responder {
  private let store: WitnessStore
  private let clock: any LedgerClock

  public init(_ store: WitnessStore, clock: any LedgerClock = SystemClock()) {
    (self.store, self.clock) = (store, clock)
  }

  func respond(to request: Request, completion: @escaping @Sendable (@escaping Reply) -> Void) {
    let response = guarded(answer(to: request))
    completion { response }
  }

  func response(to problem: Problem, language: String?) -> Response {
    guarded(text(problem.status, problem.code))
  }

  private func answer(to request: Request) -> Response {
    switch (request.method, request.path) {
    case ("POST", "/add-checkpoint"): return add(request.body)
    case ("GET", "/"), ("HEAD", "/"): return text(200, store.verifierKey.description)
    case (_, "/add-checkpoint"):
      var response = text(405, "method-not-allowed")
      response.headers.append((name: "Allow", value: "POST"))
      return response
    default: return text(404, "not-found")
    }
  }

  private func add(_ body: [UInt8]) -> Response {
    let request: AddCheckpoint
    do throws(NoteError) { request = try AddCheckpoint(parsing: body) } catch {
      if case .tooLarge = error { return text(413, "too-large") }
      return text(400, "malformed")
    }
    do throws(WitnessStore.Refusal) {
      let line = try store.add(request, at: max(0, clock.now.seconds))
      return Response(text: line.bytes)
    } catch {
      switch error {
      case .malformed: return text(400, "malformed")
      case .unknownLog: return text(404, "unknown-log")
      case .badSignature: return text(403, "bad-signature")
      case .otherSize(let size):
        return Response(status: 409, type: AddCheckpoint.sizeType, body: Array("\(size)\n".utf8))
      case .inconsistent: return text(422, "inconsistent")
      case .storage(let error): return text(503, error.code)
      }
    }
  }

  /// A line of text: a witness speaks to programs, which read the status.
  private func text(_ status: Int, _ line: String) -> Response {
    Response(status: status, text: Array("\(line)\n".utf8))
  }

  private func guarded(_ response: Response) -> Response {
    var response = response
    response.headers += Response.guards
    return response
  }
}
