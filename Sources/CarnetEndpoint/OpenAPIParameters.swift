import CarnetNotes

/// The forms of parameters in /openapi.json, by their name: a name means the same in every route.
enum OpenAPIParameters {
  /// Text without control characters, which no parameter may hold.
  private static let plain = text("^[^\\u0000-\\u001F\\u007F-\\u009F]*$")

  static func schema(ofPath name: String) -> JSON {
    switch name {
    case "account": text("^([0-9A-HJKMNP-TV-Z]{10}|circulation|commons|fees|outside|reserve)$")
    case "id": text("^[0-9a-f]{8,64}$")
    case "cutoff": text("^(0|[1-9][0-9]{0,17})$")
    case "code": text("^[0-9A-Za-z]{4}-?[0-9A-Za-z]{4}$")
    case "invitation": text("^([0-9a-hjkmnp-tv-z]{8}|[0-9A-Za-z_-]{43})$")
    case "level": text("^[0-7]$")
    case "rest": text("^[0-9x/p.]{1,64}$")
    case "webhook": text("^([0-9a-hjkmnp-tv-z]{8}|all)$")
    case "delivery": text("^[1-9][0-9]{0,17}$")
    case "name": text("^[A-Za-z0-9._-]{1,64}$")
    default: plain
    }
  }

  static func schema(ofQuery name: String) -> JSON {
    switch name {
    case "limit": integer(from: 1, to: 200)
    case "wait": integer(from: 0, to: 30)
    case "from": integer(from: 0, to: Int64.max)
    case "currency": text("^[A-Z][A-Z0-9]{1,11}$")
    case "account", "number": text("^[0-9A-HJKMNP-TV-Z]{10}$")
    case "handle": text("^[a-z][a-z0-9-]{1,31}$")
    case "key": text("^[A-Za-z0-9+/]{43}=$")
    case "since", "until": .object(["type": .string("string"), "format": .string("date-time")])
    default: plain
    }
  }

  private static func text(_ pattern: String) -> JSON {
    .object(["type": .string("string"), "pattern": .string(pattern)])
  }

  private static func integer(from minimum: Int64, to maximum: Int64) -> JSON {
    .object(["type": .string("integer"), "minimum": .integer(minimum), "maximum": .integer(maximum)])
  }
}
