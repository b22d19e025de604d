import Foundation
import Support
import Testing

/// The pages in a real browser: Debian's chromium, driven by `Tests/Browser/suite.py` against the real command. Pictures
/// of each state are kept in `.build/screenshots`.
@Suite struct BrowserTests {
  @Test("a browser pays, is paid and reads as the pages promise, and axe finds nothing")
  func pages() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", Project.file("Tests/Browser/suite.py").path,
      Project.binaries.appendingPathComponent("carnet").path,
      Project.file(".build/screenshots").path,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let printed = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(printed)")
    #expect(printed.contains("ok "), "\(printed)")
  }
}
