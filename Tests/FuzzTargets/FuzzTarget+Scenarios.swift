import CarnetLedger
import CarnetNotes
import carnet

extension FuzzTarget {
  /// What `carnet simulate` reads.
  static let scenarios: [FuzzTarget] = [
    FuzzTarget(name: "csv", bytesMax: 4_096) { bytes in
      guard let rows = try? CSVReader.rows(bytes, columns: ["a", "b"]) else { return false }
      precondition(rows.allSatisfy { $0.fields.count == 2 && $0.line > 1 }, "a row has its columns")
      return true
    },
    // The description, a line feed that ends it, the events.
    FuzzTarget(name: "scenario", bytesMax: 4_096) { bytes in
      let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
      let events = parts.count == 2 ? Array(parts[1]) : []
      guard let scenario = try? Scenario(description: Array(parts[0]), events: events) else { return false }
      for event in scenario.events {
        guard let amount = scenario.minorUnits(event.amount) else { continue }
        precondition(Quantity.balances.contains(amount), "an amount is within its bounds")
      }
      return true
    },
  ]
}
