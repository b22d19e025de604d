public import CarnetNotes

/// What is sent back.
public struct Response: Sendable {
  public var status: Int
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Where it is there, the body goes on as long as it does.
  var stream: EventStream?

  public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
    (self.status, self.headers, self.body) = (status, headers, body)
  }

  /// A body of a media type.
  public init(status: Int = 200, type: String, body: [UInt8]) {
    self.init(status: status, headers: [("Content-Type", type)], body: body)
  }

  /// Text that is whole as it stands: a receipt, a checkpoint, a proof.
  public init(status: Int = 200, text: [UInt8]) {
    self.init(status: status, type: "text/plain; charset=utf-8", body: text)
  }

  /// A JSON body.
  public init(status: Int = 200, json: JSON) {
    self.init(status: status, type: "application/json", body: json.serialized())
  }

  /// The value of a header, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// What every response carries: nothing is guessed, framed, kept or referred to.
  static let guards: [(name: String, value: String)] = [
    ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Resource-Policy", "same-origin"), ("Cache-Control", "no-store"),
    (
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
  ]
}
