import Dispatch
import Synchronization

/// SQLite's own checks of a file, run on a thread and a connection of their own.
final class IntegrityCheck: Sendable {
  private let group = DispatchGroup()
  private let outcome = Mutex<Result<[Finding], StoreError>>(.success([]))

  /// Begins to check; what is committed meanwhile may be checked too.
  init(_ path: String) {
    DispatchQueue.global().async(group: group) { [self] in
      let found: Result<[Finding], StoreError>
      do throws(StoreError) { found = .success(try IntegrityCheck.findings(in: path)) } catch {
        found = .failure(error)
      }
      outcome.withLock { $0 = found }
    }
  }

  /// Waits for the end.
  func findings() throws(StoreError) -> [Finding] {
    group.wait()
    return try outcome.withLock { $0 }.get()
  }

  private static func findings(in path: String) throws(StoreError) -> [Finding] {
    let database = try Database(path, .read)
    var findings: [Finding] = []
    for check in ["integrity_check", "foreign_key_check"] {
      let statement = try Statement("PRAGMA \(check)", in: database)
      while try statement.step(), findings.count < findingsMax {
        guard statement.text(0) != "ok" else { continue }
        findings.append(
          Finding(.database, nil, check, expected: "ok", found: Audit.visible(statement.text(0))))
      }
    }
    return findings
  }

  /// Findings of SQLite's that are passed on.
  private static let findingsMax = 20
}
