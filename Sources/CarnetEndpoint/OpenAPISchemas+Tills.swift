import CarnetNotes

/// The shapes of what tills say and are told.
extension OpenAPISchemas {
  static let tills: [(name: String, schema: JSON)] = [
    (
      "TillOrder",
      object([("name", string), ("time_zone", string)], optional: [("member", string)])
    ), ("NewTill", object([("id", string), ("name", string), ("key", string), ("token", string)])),
    (
      "Tills",
      object([
        (
          "tills",
          array(
            object([
              ("id", string), ("name", string), ("number", string), ("key", string), ("enrolled", boolean),
              ("time_zone", string), ("made", string), ("ended", nullable("string")),
            ]))
        )
      ])
    ),
    (
      "Till",
      object([
        ("id", string), ("name", string), ("number", string), ("handle", nullable("string")),
        ("shop", nullable("string")), ("currencies", array(currency)), ("time_zone", string),
        ("trial", boolean),
      ])
    ), ("Events", text("Server-sent events; the data of each is a TillRequest")),
    (
      "RequestOrder",
      object(
        [("amount", integer), ("currency", string)],
        optional: [
          ("reference", nullable("string")), ("expires_in", nullable("integer")),
          ("cashier", nullable("string")),
        ])
    ),
    (
      "TillRequest",
      object(requestFields + tillFields, optional: [("refund", refund)])
    ),
    ("Sales", object([("sales", array(sale)), ("next", nullable("string"))])),
    ("TillReport", object(reportFields)), ("TillClose", object(reportFields + closeFields)),
    (
      "TillCloses",
      object([("closes", array(object(reportFields + closeFields))), ("next", nullable("string"))])
    ), ("CSV", text("A table, RFC 4180")),
  ]

  /// With the event refund.made.
  private static let refund = object([("number", integer), ("amount", integer), ("time", string)])
  private static let sale = object([
    ("number", integer), ("time", string), ("kind", string), ("currency", string), ("amount", integer),
    ("code", nullable("string")), ("request", string), ("reference", nullable("string")),
    ("cashier", nullable("string")), ("sale", nullable("integer")), ("refunded", nullable("integer")),
  ])
  private static let lineFields: [(String, JSON)] = [
    ("kind", string), ("currency", string), ("count", integer), ("total", integer),
  ]
  private static let reportFields: [(String, JSON)] = [
    ("till", string), ("number", integer), ("time", string), ("time_zone", string), ("from", integer),
    ("through", integer), ("first", nullable("integer")), ("last", nullable("integer")),
    ("totals", array(object(lineFields))), ("days", array(object([("day", string)] + lineFields))),
  ]
  private static let closeFields: [(String, JSON)] = [
    ("previous", nullable("string")), ("hash", string), ("text", string),
  ]
}
