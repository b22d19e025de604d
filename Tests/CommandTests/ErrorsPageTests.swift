import CarnetJournal
import Foundation
import Support
import Testing

/// docs/ERRORS.md names every code that the sources give, and no other.
@Suite struct ErrorsPageTests {
  /// What the first group of a pattern finds in the Swift files below a folder.
  private func found(_ pattern: String, in folder: String) throws -> Set<String> {
    let expression = try NSRegularExpression(pattern: pattern)
    var codes: Set<String> = []
    let files = FileManager.default.enumerator(
      at: Project.file(folder), includingPropertiesForKeys: nil)
    for case let file as URL in files ?? .init() where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in expression.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
        if let range = Range(match.range(at: 1), in: text) { codes.insert(String(text[range])) }
      }
    }
    return codes
  }

  @Test("the page and the sources have the same codes")
  func codes() throws {
    var sources = try found(#"case \.\w+: "([a-z-]+)""#, in: "Sources/CarnetJournal")
    sources.formUnion(try found(#"case \.\w+: "([a-z-]+)""#, in: "Sources/CarnetLedger/Refusals"))
    sources.formUnion(try found(#"Problem\(\s*\d+, "([a-z-]+)""#, in: "Sources/CarnetEndpoint"))
    sources.formUnion(try found(#"code: (?:\w+ \? )?"([a-z-]+)""#, in: "Sources/carnet"))
    sources.formUnion(Finding.Code.allCases.map(\.rawValue))
    let page = try String(contentsOf: Project.file("docs/ERRORS.md"), encoding: .utf8)
    let listed = page.split(separator: "\n").compactMap { line -> String? in
      guard line.hasPrefix("| `") else { return nil }
      return String(line.dropFirst(3).prefix { $0 != "`" })
    }
    #expect(sources.subtracting(listed).sorted() == [])
    #expect(Set(listed).subtracting(sources).sorted() == [])
  }
}
