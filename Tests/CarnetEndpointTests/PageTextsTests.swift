import CarnetLedger
import Foundation
import Support
import Testing

@testable import CarnetEndpoint

/// The texts that the pages' scripts are given.
@Suite struct PageTextsTests {
  /// The names that scripts ask texts for, where they stand as such in them.
  private func asked(by scripts: [String]) throws -> Set<String> {
    var names: Set<String> = []
    for script in scripts where script.hasSuffix(".js") {
      let source = try String(
        contentsOf: Project.file("Sources/CarnetEndpoint/Pages/Assets/\(script)"), encoding: .utf8)
      for match in source.matches(of: #/\bt\('([A-Za-z0-9-]+)'/#) { names.insert(String(match.1)) }
    }
    return names
  }

  @Test("each page is given every text that its scripts name, and none twice")
  func complete() throws {
    let members = PageTexts.forMembers.map(\.key)
    let tills = PageTexts.forTills.map(\.key)
    #expect(Set(members).count == members.count && Set(tills).count == tills.count)
    let pages = [(Page.pay, members), (.me, members), (.join, members), (.till, tills)]
    for (page, given) in pages {
      let scripts = page.modules + [page.script] + (page.script == "till.js" ? ["desk.js"] : [])
      let asked = try asked(by: scripts)
      #expect(asked.count > 20 && asked.subtracting(given) == [], "\(page.script)")
    }
  }
}
