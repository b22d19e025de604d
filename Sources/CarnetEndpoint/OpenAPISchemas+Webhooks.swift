import CarnetNotes

/// The shapes of what is said of webhooks, and of what is sent to them.
extension OpenAPISchemas {
  static let webhooks: [(name: String, schema: JSON)] = [
    (
      "WebhookOrder",
      object(
        [("url", string)],
        optional: [
          ("events", .object(["type": .array([.string("array"), .string("null")]), "items": string])),
          ("till", nullable("string")), ("private", nullable("boolean")),
        ])
    ), ("Webhook", webhook), ("Webhooks", object([("webhooks", array(webhook))])),
    (
      "WebhookTest",
      object([
        ("delivered", boolean), ("status", nullable("integer")), ("fault", nullable("string")),
        ("milliseconds", integer),
      ])
    ),
    (
      "Deliveries",
      object([
        (
          "deliveries",
          array(
            object([
              ("id", integer), ("webhook", string), ("message", string), ("type", string), ("state", string),
              ("attempts", integer), ("made", string), ("tried", nullable("string")),
              ("next", nullable("string")), ("status", nullable("integer")), ("fault", nullable("string")),
            ]))
        ), ("next", nullable("string")),
      ])
    ),
  ]

  private static let webhook = object([
    ("id", string), ("url", string), ("events", array(string)), ("till", nullable("string")),
    ("private", boolean), ("key", string), ("previous_key", nullable("string")),
    ("previous_key_ends", nullable("string")), ("made", string), ("setter", nullable("string")),
    ("gone", nullable("string")),
  ])
}
