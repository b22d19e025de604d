import Foundation
import Support
import Testing

/// A page in docs/ that is also there in French says the same: it has the same sections and shows the same code.
@Suite struct FrenchPagesTests {
  /// What two pages have in common whatever their language.
  private struct Shape {
    /// The level of each heading, in order.
    var headings: [Int] = []
    /// Each block of code, between fences or four spaces in, in order.
    var code: [String] = []

    init(_ text: String) {
      var (isFenced, isIndented, isAfterBlank) = (false, false, true)
      for line in text.components(separatedBy: "\n") {
        let isFence = line.hasPrefix("```")
        if isFence && !isFenced { code.append("") }
        if isFenced || isFence {
          code[code.count - 1] += line + "\n"
          if isFence { isFenced.toggle() }
        } else if line.hasPrefix("    ") && (isIndented || isAfterBlank) {
          if !isIndented { code.append("") }
          code[code.count - 1] += line + "\n"
          isIndented = true
        } else {
          isIndented = false
          let level = line.prefix { $0 == "#" }.count
          if level > 0 && line.dropFirst(level).hasPrefix(" ") { headings.append(level) }
        }
        isAfterBlank = line.isEmpty
      }
    }
  }

  /// The names, without their endings, of all pages that are there in French.
  private static func pages() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: Project.file("docs").path)
      .filter { $0.hasSuffix(".fr.md") }.map { String($0.dropLast(".fr.md".count)) }.sorted()
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOf: Project.file("docs/\(name)"), encoding: .utf8)
  }

  @Test("each French page in docs/ and its English one lead to each other at their top")
  func links() throws {
    let pages = try FrenchPagesTests.pages()
    #expect(pages.count >= 5, "\(pages)")
    for page in pages {
      let top = { (text: String) in
        text.components(separatedBy: "\n\n").prefix(3).joined(separator: "\n\n")
      }
      #expect(try top(read("\(page).md")).contains("*[En français](\(page).fr.md)*"), "\(page).md")
      #expect(try top(read("\(page).fr.md")).contains("*[In English](\(page).md)*"), "\(page).fr.md")
    }
  }

  @Test("each French page in docs/ has the headings and, byte for byte, the code of its English one")
  func shapes() throws {
    for page in try FrenchPagesTests.pages() {
      let (english, french) = (Shape(try read("\(page).md")), Shape(try read("\(page).fr.md")))
      #expect(english.headings.first == 1, "\(page)")
      #expect(french.headings == english.headings, "\(page)")
      #expect(french.code.count == english.code.count, "\(page)")
      // Strings are equal where only their accents are written another way; bytes are not.
      for (block, original) in zip(french.code, english.code) {
        #expect(block.utf8.elementsEqual(original.utf8), "\(page): \(block)")
      }
    }
  }
}
