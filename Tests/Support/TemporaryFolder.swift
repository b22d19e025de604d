import Foundation

/// A folder of a test's own, removed with all that is in it when the value goes.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() throws {
    path = NSTemporaryDirectory() + "carnet-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// A path in it.
  package func file(_ name: String) -> String { "\(path)/\(name)" }
}

extension TemporaryFolder {
  /// Removes a file where it is there.
  package func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: file(name))
  }
}
