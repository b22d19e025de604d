import CarnetJournal
package import CarnetLedger
import CarnetNotes

/// What a till asks to be paid, as the body of POST /v1/requests says it.
package struct TillOrder: Sendable {
  let currency: CurrencyCode
  /// Minor units.
  package let amount: Int64
  package let reference: SubmittedText?
  /// Seconds from now.
  let seconds: Int64
  let cashier: String?

  package init(_ request: Request) throws(Problem) {
    let json = try JSONBody.object(
      request, members: ["amount", "currency", "reference", "expires_in", "cashier"])
    guard let amount = json["amount"]?.integer, (1...Quantity.max).contains(amount) else {
      throw Problem(400, "bad-amount", .problemAmount)
    }
    guard let currency = json["currency"]?.string.flatMap({ CurrencyCode($0) }) else {
      throw Problem(400, "bad-currency", .problemCurrency)
    }
    (self.amount, self.currency) = (amount, currency)
    reference = try json.optional("reference") { value in
      value.string.flatMap { $0.isEmpty ? nil : SubmittedText($0) }
    }
    seconds =
      try json.optional("expires_in") { value in
        value.integer.flatMap {
          (Limits.requestSecondsMin...Limits.requestSecondsMax).contains($0) ? $0 : nil
        }
      } ?? Limits.requestSecondsUsual
    cashier = try json.optional("cashier") { value in
      value.string.flatMap { Till.isName($0) ? $0 : nil }
    }
  }
}

/// Bodies that are one JSON object.
enum JSONBody {
  /// The object in a body, with no members but those.
  static func object(_ request: Request, members: [String]) throws(Problem) -> JSON {
    guard NoteRoutes.mediaType(of: request) == "application/json" else { throw .unsupportedType }
    let json: JSON
    do throws(JSONError) {
      json = try JSON(
        parsing: request.body, limits: JSON.Bounds(bytesMax: Limits.bodyBytesMax, depthMax: 4))
    } catch { throw Problem(400, "malformed", .problemBody, error.description) }
    guard let given = json.members, given.allSatisfy({ members.contains($0.key) }) else {
      throw Problem(
        400, "malformed", .problemBody, "expected an object of \(members.joined(separator: ", "))")
    }
    return json
  }
}

extension JSON {
  /// A member as whatever `parse` makes of it; `nil` where it is absent or null.
  func optional<Value>(_ name: String, _ parse: (JSON) -> Value?) throws(Problem) -> Value? {
    guard let value = self[name], !value.isNull else { return nil }
    guard let parsed = parse(value) else { throw .badValue(name) }
    return parsed
  }
}
