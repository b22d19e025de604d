import Foundation

/// What was measured, as a table for people and JSON for programs. Figures are rounded to three digits.
struct Report {
  private var rows: [(name: String, value: Double, unit: String)] = []

  mutating func add(_ name: String, _ value: Double, _ unit: String) {
    rows.append((name, value, unit))
  }

  func print() {
    let width = rows.map { $0.name.count }.max() ?? 0
    for row in rows {
      let name = row.name.padding(toLength: width, withPad: " ", startingAt: 0)
      Swift.print("\(name)  \(Report.rounded(row.value)) \(row.unit)")
    }
  }

  var json: String {
    let fields = rows.map { "  \"\($0.name) (\($0.unit))\": \(Report.rounded($0.value))" }
    return "{\n\(fields.joined(separator: ",\n"))\n}\n"
  }

  private static func rounded(_ value: Double) -> String {
    value >= 100 ? String(format: "%.0f", value) : String(format: "%.3g", value)
  }
}

/// Seconds that a piece of work takes, by the monotonic clock.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let duration = try clock.measure { try body() }
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
}
