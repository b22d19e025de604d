import CarnetNotes

/// The shapes of /openapi.json, by name. A test compares them with what the routes really give.
enum OpenAPISchemas {
  static let all: [(name: String, schema: JSON)] =
    tills + webhooks + invitations + [
      ("Note", text("A signed note (C2SP signed-note), at most 16 KiB")),
      ("Receipt", text("A receipt (C2SP tlog-proof)")), ("Metrics", text("Prometheus text format")),
      ("Page", text("HTML")), ("Style", text("CSS")), ("Image", text("SVG")),
      ("Script", text("JavaScript")),
      ("Tile", text("1 to 256 hashes of 32 bytes")),
      ("OpenAPI", .object(["type": .string("object")])),
      (
        "NoteWithTexts",
        object(
          [("note", string)], optional: [("texts", array(object([("salt", string), ("text", string)])))])
      ),
      (
        "Answer",
        object([
          ("id", string), ("number", integer), ("time", string), ("postings", array(posting)),
          ("receipt", string),
        ])
      ),
      (
        "NoteStanding",
        object([
          ("id", string), ("state", string), ("record", nullable("integer")), ("time", nullable("string")),
        ])
      ),
      (
        "Token",
        object([("token", string), ("scope", string), ("account", nullable("string")), ("expires", string)])
      ),
      (
        "Ledger",
        object([
          ("origin", string), ("name", string), ("purpose", string), ("verifier_key", string),
          ("ledger_keys", array(string)), ("rules", integer), ("size", integer), ("time", string),
          ("currencies", array(currency)), ("reconversion_fee", integer),
        ])
      ), ("Directory", object([("members", array(entry)), ("next", nullable("string"))])),
      (
        "Consistency",
        object([("from", integer), ("to", integer), ("proof", array(string)), ("checkpoint", string)])
      ),
      (
        "Account",
        object([
          ("number", string), ("handle", nullable("string")), ("name", nullable("string")),
          ("kind", nullable("string")),
          ("status", nullable("string")), ("roles", array(string)), ("accredited", boolean),
          ("balances", array(balance)),
          ("as_of", nullable("object")),
        ])
      ),
      (
        "Statement",
        object([
          ("account", string), ("currency", string), ("opening", integer), ("lines", array(line)),
          ("closing", integer),
          ("next", nullable("string")),
        ])
      ), ("Members", object([("members", array(member)), ("next", nullable("string"))])),
      (
        "Balances",
        object([
          (
            "balances",
            array(object([("account", string), ("currency", string), ("balance", integer)]))
          ), ("next", nullable("string")),
        ])
      ), ("ReferenceSecret", object([("secret", string)])), ("Health", object([("status", string)])),
      ("Closings", object([("closings", array(cutoff))])),
      (
        "ClosingDraft",
        object([
          ("cutoff", integer), ("period", string), ("state", string), ("reserve", integer),
          ("totals", array(string)),
        ])
      ), ("ClosingProof", text("The proof that a balance is counted in a closing")),
      ("PaymentRequest", object(requestFields, optional: tillFields)),
      (
        "PaymentRequests",
        object([
          (
            "requests",
            array(
              object(
                requestFields + [
                  ("reference", nullable("string")), ("number", integer), ("paid_in", nullable("integer")),
                ]))
          ), ("next", nullable("string")),
        ])
      ),
      (
        "Problem",
        object([
          ("type", string), ("title", string), ("status", integer), ("detail", string), ("code", string),
          ("request_id", string), ("retryable", boolean),
        ])
      ),
    ]

  static let string: JSON = .object(["type": .string("string")])
  static let integer: JSON = .object(["type": .string("integer")])
  static let boolean: JSON = .object(["type": .string("boolean")])

  private static let cutoff = object([
    ("cutoff", integer), ("period", string), ("time", string),
    (
      "sums",
      array(
        object([
          ("currency", string), ("positive", integer), ("negative", integer), ("circulation", integer),
        ]))
    ), ("reserve", integer), ("state", string), ("closing", nullable("object")),
  ])
  private static let posting = object([("account", string), ("currency", string), ("amount", integer)])
  static let currency = object([
    ("code", string), ("kind", string), ("scale", integer), ("name", string), ("floor", nullable("integer")),
    ("ceiling", nullable("integer")),
  ])
  private static let balance = object([
    ("currency", string), ("balance", integer), ("floor", nullable("integer")),
    ("ceiling", nullable("integer")),
  ])
  static let requestFields: [(String, JSON)] = [
    ("code", nullable("string")), ("id", string), ("state", string), ("to", string),
    ("handle", nullable("string")), ("name", nullable("string")), ("currency", string), ("amount", integer),
    ("expires", string), ("link", nullable("string")),
  ]
  /// What only the till that made a request sees of it.
  static let tillFields: [(String, JSON)] = [
    ("reference", nullable("string")), ("till", nullable("string")), ("cashier", nullable("string")),
    ("number", integer), ("paid_in", nullable("integer")), ("time", nullable("string")),
  ]
  private static let entryFields: [(String, JSON)] = [
    ("number", string), ("handle", nullable("string")), ("name", nullable("string")), ("kind", string),
    ("accredited", boolean), ("town", nullable("string")), ("sector", nullable("string")),
  ]
  private static let entry = object(entryFields, optional: [("card", nullable("object"))])
  private static let member = object(
    entryFields + [
      ("status", string), ("roles", array(string)), ("keys", array(.object(["type": .string("object")]))),
      ("balances", array(balance)),
    ])
  private static let line = object([
    ("number", integer), ("time", string), ("kind", string), ("account", string),
    ("handle", nullable("string")),
    ("name", nullable("string")), ("amount", integer), ("balance", integer), ("memo", nullable("string")),
    ("id", string),
  ])

  static func text(_ description: String) -> JSON {
    .object(["type": .string("string"), "description": .string(description)])
  }

  static func array(_ items: JSON) -> JSON {
    .object(["type": .string("array"), "items": items])
  }

  static func nullable(_ type: String) -> JSON {
    .object(["type": .array([.string(type), .string("null")])])
  }

  static func object(_ fields: [(String, JSON)], optional: [(String, JSON)] = []) -> JSON {
    .object([
      "type": .string("object"),
      "properties": .object((fields + optional).map { JSON.Member($0.0, $0.1) }),
      "required": .array(fields.map { .string($0.0) }), "additionalProperties": .bool(false),
    ])
  }
}
