import CarnetEndpoint
import CarnetWallet
import Foundation
import Synchronization

/// The routes of a ledger's file in this very process, for whoever may read the file.
struct LocalTransport: Transport {
  let endpoint: Endpoint
  let host: String? = nil

  func send(_ request: TransportRequest) throws(TransportError) -> TransportResponse {
    var headers: [String: String] = [:]
    for (name, value) in request.headers { headers[name.lowercased()] = value }
    guard
      let inner = Request(
        method: request.method, target: request.target, headers: headers, body: request.body)
    else { throw .unreachable("target") }
    let ended = DispatchSemaphore(value: 0)
    let reply = Mutex<Reply?>(nil)
    endpoint.respond(to: inner, as: .local) { made in
      reply.withLock { $0 = made }
      ended.signal()
    }
    ended.wait()
    guard let response = reply.withLock({ $0 })?() else { throw .lost("no answer") }
    var answered: [String: String] = [:]
    for (name, value) in response.headers { answered[name.lowercased()] = value }
    return TransportResponse(status: response.status, headers: answered, body: response.body)
  }
}
