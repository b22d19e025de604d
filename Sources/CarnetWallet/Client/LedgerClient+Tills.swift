public import CarnetLedger
public import CarnetNotes

/// A till as its merchant sees it.
public struct TillInfo: Sendable {
  /// As it came.
  public let json: JSON
  public let id: String
  public let name: String
  public let key: PublicKey
  /// Whose till it is.
  public let number: MemberNumber
  /// Whether its key may sign now.
  public let isEnrolled: Bool
  public let isEnded: Bool
}

/// A till just made; its token is shown this once.
public struct NewTill: Sendable {
  public let id: String
  public let key: PublicKey
  public let token: String
}

extension LedgerClient {
  /// Makes a till for a member.
  public func makeTill(_ name: String, timeZone: String, of member: MemberNumber) throws(ClientError)
    -> NewTill
  {
    var members = [JSON.Member("name", .string(name)), JSON.Member("time_zone", .string(timeZone))]
    // A token says whose till it is; whoever has the file itself says so in the call.
    if !needsToken { members.append(JSON.Member("member", .string(member.description))) }
    let response = try send(
      TransportRequest(
        method: "POST", target: "/v1/tills", headers: ["Content-Type": "application/json"],
        body: JSON.object(members).serialized()))
    guard let json = try? JSON(parsing: response.body), let id = json["id"]?.string,
      let key = json["key"]?.string.flatMap({ PublicKey(base64: $0) }), let token = json["token"]?.string
    else { throw .badAnswer("/v1/tills") }
    return NewTill(id: id, key: key, token: token)
  }

  /// The tills of whoever asks, ended ones too.
  public func tills() throws(ClientError) -> [TillInfo] {
    var tills: [TillInfo] = []
    for item in try get("/v1/tills")["tills"]?.array ?? [] {
      guard let id = item["id"]?.string, let name = item["name"]?.string,
        let key = item["key"]?.string.flatMap({ PublicKey(base64: $0) }),
        let number = item["number"]?.string.flatMap({ MemberNumber($0) })
      else { throw .badAnswer("/v1/tills") }
      tills.append(
        TillInfo(
          json: item, id: id, name: name, key: key, number: number,
          isEnrolled: item["enrolled"]?.bool ?? false, isEnded: item["ended"].map { !$0.isNull } ?? false))
    }
    return tills
  }

  /// Ends a till: its token opens nothing any more.
  public func endTill(_ id: String) throws(ClientError) {
    _ = try send(TransportRequest(method: "DELETE", target: "/v1/tills/\(LedgerClient.encoded(id))"))
  }

  /// What a till took in since its last close.
  public func tillReport(_ id: String) throws(ClientError) -> JSON {
    try get("/v1/tills/\(LedgerClient.encoded(id))/report")
  }

  /// Closes a till; the same key again gives the same close.
  public func closeTill(_ id: String, idempotencyKey: String) throws(ClientError) -> JSON {
    let path = "/v1/tills/\(LedgerClient.encoded(id))/closes"
    let response = try send(
      TransportRequest(method: "POST", target: path, headers: ["Idempotency-Key": "\"\(idempotencyKey)\""]))
    guard let json = try? JSON(parsing: response.body) else { throw .badAnswer(path) }
    return json
  }

  /// Every close of a till, newest first.
  public func tillCloses(_ id: String) throws(ClientError) -> [JSON] {
    try rows("/v1/tills/\(LedgerClient.encoded(id))/closes", "closes")
  }

  /// A close as a table (CSV).
  public func tillCloseTable(_ id: String, number: Int64) throws(ClientError) -> [UInt8] {
    try send(
      TransportRequest(
        method: "GET", target: "/v1/tills/\(LedgerClient.encoded(id))/closes/\(number)",
        headers: ["Accept": "text/csv"])
    ).body
  }
}

extension LedgerClient {
  /// The till whose token is borne: its id and name.
  public func ownTill() throws(ClientError) -> (id: String, name: String) {
    let json = try get("/v1/tills/own")
    guard let id = json["id"]?.string, let name = json["name"]?.string else {
      throw .badAnswer("/v1/tills/own")
    }
    return (id, name)
  }

  /// What happened at a till since an event; waits some seconds for the next one where there is none.
  ///
  /// - Parameter last: goes on behind the event of that id; `nil` asks where the till stands, which is an id alone.
  public func events(of till: String, after last: String?) throws(ClientError) -> [ServerEvent] {
    var request = TransportRequest(
      method: "GET",
      target: "/v1/tills/\(LedgerClient.encoded(till))/events?wait=\(Limits.requestWaitSeconds)")
    request.headers = ["Accept": "text/event-stream"]
    request.headers["Last-Event-ID"] = last
    var reader = EventStreamReader()
    let events = reader.read(try send(request).body)
    guard !reader.isBroken else { throw .badAnswer("an event is too large") }
    return events
  }
}
