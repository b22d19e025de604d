public import CarnetLedger
public import CarnetNotes
import Synchronization

/// The routes of a ledger as calls. What comes back is read strictly, and nothing in it is believed that can be proven.
public final class LedgerClient: Sendable {
  private let transport: any Transport
  private let language: Language
  private let pause: @Sendable (Int) -> Void
  private let token = Mutex<String?>(nil)

  /// - Parameter pause: waits that many seconds before a request is sent again.
  package init(_ transport: any Transport, language: Language, pause: @escaping @Sendable (Int) -> Void) {
    (self.transport, self.language, self.pause) = (transport, language, pause)
  }

  /// Whether reading private things takes a token.
  public var needsToken: Bool { transport.host != nil }

  /// Sends a request and gives the answer's body; problems and lost answers become errors.
  func send(_ request: TransportRequest) throws(ClientError) -> TransportResponse {
    var request = request
    request.headers["Accept-Language"] = language.rawValue
    if let token = token.withLock({ $0 }) { request.headers["Authorization"] = "Bearer \(token)" }
    for attempt in 1...Limits.triesMax {
      let response = try LedgerClient.once(request, transport)
      guard response.status >= 300 else { return response }
      let problem = LedgerClient.problem(in: response)
      guard let problem else { throw .outcomeUnknown("HTTP \(response.status)") }
      switch response.status {
      case 429, 503:
        guard attempt < Limits.triesMax else { throw .unreachable(problem.detail) }
        let asked = response.headers["retry-after"].flatMap { Int($0) } ?? 1
        pause(max(0, min(asked, Limits.retrySecondsMax)))
      case 500...:
        // That it is not known is said by whoever shows the error.
        throw .outcomeUnknown(
          problem.code == "outcome-unknown" ? "HTTP \(response.status)" : problem.detail)
      default: throw .refused(problem)
      }
    }
    throw .unreachable("busy")
  }

  private static func once(
    _ request: TransportRequest, _ transport: any Transport
  ) throws(ClientError) -> TransportResponse {
    do throws(TransportError) { return try transport.send(request) } catch {
      switch error {
      case .unreachable(let reason): throw .unreachable(reason)
      case .lost(let reason):
        // A request that changes nothing can simply be made again by whoever asked.
        throw request.method == "GET" ? .unreachable(reason) : .outcomeUnknown(reason)
      }
    }
  }

  /// Bears a token that was handed over, instead of one that a key asks for.
  public func bear(_ text: String) { token.withLock { $0 = text } }

  private static func problem(in response: TransportResponse) -> ClientError.Refused? {
    guard response.headers["content-type"]?.hasPrefix("application/problem+json") ?? false,
      let json = try? JSON(parsing: response.body), let code = json["code"]?.string
    else { return nil }
    return ClientError.Refused(status: response.status, code: code, detail: json["detail"]?.string ?? code)
  }

  /// A GET of JSON.
  func get(_ path: String, _ query: [(String, String?)] = []) throws(ClientError) -> JSON {
    let pairs = query.compactMap { name, value in value.map { "\(name)=\(LedgerClient.encoded($0))" } }
    let target = path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    let response = try send(TransportRequest(method: "GET", target: target))
    do throws(JSONError) {
      return try JSON(parsing: response.body, limits: .init(bytesMax: Limits.responseBytesMax))
    } catch {
      throw .badAnswer(error.description)
    }
  }

  /// Percent-encodes all but what RFC 3986 calls unreserved.
  static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.append(byte)
      default:
        let hex: [UInt8] = Hex.encode([byte])
        result += [UInt8(ascii: "%")] + hex.map { $0 >= 0x61 ? $0 - 32 : $0 }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Gets a token for what needs one; where none is needed nothing is done.
  public func authorize(as identity: Identity, scope: AccessScope, now: Timestamp) throws(ClientError) {
    guard let host = transport.host else { return }
    // One that has run out would be refused before the note is looked at.
    token.withLock { $0 = nil }
    let access = Access(
      host: host, scope: scope, account: nil, expires: now.seconds + Limits.tokenSeconds)
    let note = identity.signed(.access(access), now: now, lifetime: Limits.accessSeconds)
    let response = try send(
      TransportRequest(
        method: "POST", target: "/v1/tokens", headers: ["Content-Type": "text/plain"], body: note.bytes))
    guard let json = try? JSON(parsing: response.body), let text = json["token"]?.string else {
      throw .badAnswer("token")
    }
    token.withLock { $0 = text }
  }
}

/// A member as whom a wallet acts: number, key, and the ledger they belong to.
public struct Identity: Sendable {
  public let origin: Origin
  public let number: MemberNumber
  public let key: SecretKey

  public init(origin: Origin, number: MemberNumber, key: SecretKey) {
    (self.origin, self.number, self.key) = (origin, number, key)
  }

  /// A new note, signed.
  public func signed(_ operation: Operation, now: Timestamp, lifetime: Int64) -> SignedNote {
    let text = NoteText(
      ledger: origin, signer: number, operation: operation, nonce: .random(), until: now.seconds + lifetime,
      key: key.publicKey)
    do {
      return try SignedNote.sign(text.bytes, name: NoteText.keyName(number, at: origin), with: key)
    } catch {
      preconditionFailure("a text of the ledger's grammar is a note")
    }
  }

  /// One more signature under a note that someone else began.
  public func cosigned(_ note: SignedNote) throws(NoteError) -> SignedNote {
    try note.adding(signatureBy: key, name: NoteText.keyName(number, at: origin))
  }
}
