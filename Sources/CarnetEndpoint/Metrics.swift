import CarnetJournal
import CarnetLedger
import Synchronization

/// What was counted since the start, in the text format that Prometheus reads.
final class Metrics: Sendable {
  private struct Key: Hashable {
    let route: String
    let status: Int
  }

  private let requests = Mutex<[Key: UInt64]>([:])

  func count(status: Int, route: String) {
    requests.withLock { $0[Key(route: route, status: status), default: 0] += 1 }
  }

  func text(of journal: Journal) -> String {
    var lines = ["# HELP carnet_requests_total Requests answered.", "# TYPE carnet_requests_total counter"]
    let counted = requests.withLock { $0 }
    for (key, count) in counted.sorted(by: { ($0.key.route, $0.key.status) < ($1.key.route, $1.key.status) })
    {
      lines.append("carnet_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} \(count)")
    }
    let (size, members) = journal.read { ($0.size, $0.members.count) }
    for (name, help, value) in [
      ("carnet_records", "Records in the journal.", Int(clamping: size)),
      ("carnet_members", "Members ever enrolled.", members),
      ("carnet_notes_waiting", "Notes that wait for the writer.", journal.waitingCount),
    ] {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge", "\(name) \(value)"]
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
