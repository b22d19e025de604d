import Foundation
import Support
import Testing

/// The README's session, run as it stands in an empty folder with an empty home.
@Suite struct ReadmeTests {
  @Test("the session of each README runs to its end", arguments: ["README.md", "README.fr.md"])
  func session(_ page: String) throws {
    let text = try String(contentsOf: Project.root.appendingPathComponent(page), encoding: .utf8)
    let blocks = text.components(separatedBy: "```sh\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    let session = try #require(blocks.first { $0.contains("carnet init") })
    let (status, output, errors) = try Shell.run(session)
    #expect(status == 0, "\(errors)")
    #expect(output.contains("-12.50 MEL"))
    #expect(output.contains("all is well: 6 records"))
    #expect(output.contains("valid: record 5 of mel.example/lille"))
    #expect(output.contains(") 12.50 MEL on 20") && !output.contains("minor units"), "\(output)")
  }
}

/// Runs the built command as a person would.
enum Shell {
  /// The same on a thread of its own: a long script holds up no other test.
  static func aside(_ script: String, seconds: Int) async throws -> (
    status: Int32, output: String, errors: String
  ) {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try run(script, seconds: seconds) })
      }
    }
  }

  /// A script in an empty folder, with an empty home and the built `carnet` first in the path.
  static func run(_ script: String, in folder: TemporaryFolder? = nil, seconds: Int = 60) throws -> (
    status: Int32, output: String, errors: String
  ) {
    let folder = try folder ?? TemporaryFolder()
    let environment = ProcessInfo.processInfo.environment
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    // Whatever a script left running ends with it; gentler signals may be blocked in what a test starts.
    let guarded = "trap 'kill -KILL $(jobs -p) 2>/dev/null || true' EXIT\n" + script
    process.arguments = ["\(seconds)", "/bin/bash", "-euo", "pipefail", "-c", guarded]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = [
      "PATH": "\(Project.binaries.path):/usr/bin:/bin", "HOME": folder.path, "LANG": "C",
    ]
    for name in ["ASAN_OPTIONS", "TSAN_OPTIONS"] { process.environment?[name] = environment[name] }
    let (output, errors) = (folder.file(".out"), folder.file(".err"))
    for path in [output, errors] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: output)
    process.standardError = FileHandle(forWritingAtPath: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let read = { (path: String) in
      String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return (process.terminationStatus, read(output), read(errors))
  }
}
