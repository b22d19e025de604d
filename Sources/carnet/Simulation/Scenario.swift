import CarnetLedger
import CarnetNotes

/// A scenario folder: what currency a place has, and what happened there in order.
package struct Scenario {
  let currency: Currency
  /// Hundredths of a percent of a reconversion.
  let fee: Int64
  package let events: [Event]

  enum Kind: String {
    case join, change, payment, reconversion, suspend, restore, limit
  }

  package struct Event: Sendable {
    /// In the file, counted from 1.
    let line: Int
    let time: Timestamp
    let kind: String
    let from: String
    let to: String
    let currency: String
    package let amount: String
    let reference: String
    /// `ok` or a refusal's code.
    let expected: String
  }

  /// What is wrong with a folder, in one word or a line's number.
  package struct Fault: Error {
    let place: String
  }

  /// Reads `scenario.json` and `events.csv`.
  package init(description: [UInt8], events text: [UInt8]) throws(Fault) {
    guard let json = try? JSON(parsing: description),
      let code = json["currency"]?.string.flatMap({ CurrencyCode($0) }),
      let kind = json["kind"]?.string.flatMap({ CurrencyKind(rawValue: $0) }),
      let scale = json["scale"]?.integer.flatMap({ Int(exactly: $0) }), Currency.scales.contains(scale),
      let name = FreeText(code.description)
    else { throw Fault(place: "scenario.json") }
    currency = Currency(
      code: code, kind: kind, scale: scale, name: name,
      limits: BalanceLimits(
        floor: json["floor"]?.integer ?? (kind == .backed ? 0 : nil), ceiling: json["ceiling"]?.integer))
    fee = json["fee"]?.integer ?? 0
    guard (0...10_000).contains(fee) else { throw Fault(place: "scenario.json fee") }
    let rows: [(line: Int, fields: [String])]
    do throws(CSVReader.Fault) {
      rows = try CSVReader.rows(
        text, columns: ["time", "kind", "from", "to", "currency", "amount", "reference", "expect"])
    } catch { throw Fault(place: "events.csv \(error.line)") }
    var events: [Event] = []
    events.reserveCapacity(rows.count)
    for (line, fields) in rows {
      guard let time = Timestamp(rfc3339: fields[0]), Kind(rawValue: fields[1]) != nil,
        events.last.map({ $0.time <= time }) ?? true
      else { throw Fault(place: "events.csv \(line)") }
      events.append(
        Event(
          line: line, time: time, kind: fields[1], from: fields[2], to: fields[3], currency: fields[4],
          amount: fields[5], reference: fields[6], expected: fields[7]))
    }
    self.events = events
  }

  /// An amount as the file writes it: digits, a point before decimals, `-` before a negative one; `nil` for another text.
  package func minorUnits(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let parts = text.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.count <= 2, !whole.isEmpty else { return nil }
    let decimals = parts.count == 2 ? String(parts[1]) : ""
    guard decimals.utf8.count <= currency.scale,
      (whole + decimals).utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    let digits = whole + decimals + String(repeating: "0", count: currency.scale - decimals.utf8.count)
    guard let value = Int64(digits), value <= Quantity.max else { return nil }
    return isNegative ? -value : value
  }
}
