public import CarnetNotes

/// Webhooks, for officers. What comes back is shown, not worked with: it stays as it came.
extension LedgerClient {
  /// Has events sent to an address.
  public func makeWebhook(
    _ url: String, events: [String]?, till: String?, isPrivate: Bool
  ) throws(ClientError) -> JSON {
    var members = [JSON.Member("url", .string(url)), JSON.Member("private", .bool(isPrivate))]
    if let events { members.append(JSON.Member("events", .array(events.map { .string($0) }))) }
    if let till { members.append(JSON.Member("till", .string(till))) }
    return try json(
      TransportRequest(
        method: "POST", target: "/v1/webhooks", headers: ["Content-Type": "application/json"],
        body: JSON.object(members).serialized()))
  }

  public func webhooks() throws(ClientError) -> [JSON] {
    try get("/v1/webhooks")["webhooks"]?.array ?? []
  }

  public func removeWebhook(_ id: String) throws(ClientError) {
    _ = try send(TransportRequest(method: "DELETE", target: LedgerClient.webhook(id)))
  }

  /// Sends an event without meaning; tells what came of it.
  public func testWebhook(_ id: String) throws(ClientError) -> JSON {
    try json(TransportRequest(method: "POST", target: LedgerClient.webhook(id) + "/test"))
  }

  /// Gives a webhook a new key.
  public func rotateWebhook(_ id: String) throws(ClientError) -> JSON {
    try json(TransportRequest(method: "POST", target: LedgerClient.webhook(id) + "/rotate"))
  }

  /// Deliveries to a webhook, or to all, newest first.
  public func deliveries(of id: String?) throws(ClientError) -> [JSON] {
    try rows(LedgerClient.webhook(id ?? "all") + "/deliveries", "deliveries")
  }

  public func redeliver(_ delivery: String) throws(ClientError) {
    let target = "/v1/webhooks/all/deliveries/\(LedgerClient.encoded(delivery))"
    _ = try send(TransportRequest(method: "POST", target: target))
  }

  private static func webhook(_ id: String) -> String { "/v1/webhooks/\(encoded(id))" }

  private func json(_ request: TransportRequest) throws(ClientError) -> JSON {
    let response = try send(request)
    guard let json = try? JSON(parsing: response.body) else { throw .badAnswer(request.target) }
    return json
  }
}
