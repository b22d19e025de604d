package import Foundation

/// The project's own files as tests read and run them, and how much of the tests is asked for.
package enum Project {
  /// The folder with `Package.swift`.
  package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A file or folder by its path from the root.
  package static func file(_ path: String) -> URL { root.appendingPathComponent(path) }

  /// The folder with the built `carnet`; CARNET_BINARIES names another one, under the sanitizers.
  package static let binaries = file(ProcessInfo.processInfo.environment["CARNET_BINARIES"] ?? ".build/debug")

  /// Whether searching tests run in their long form: `CARNET_SOAK=1`.
  package static let isSoak = ProcessInfo.processInfo.environment["CARNET_SOAK"] == "1"
}
