import Foundation
import Support
import Testing

@Suite struct SecurityPageTests {
  @Test("every test that docs/SECURITY.md rests on is there")
  func testsAreThere() throws {
    let page = try String(contentsOf: Project.file("docs/SECURITY.md"), encoding: .utf8)
    let claims = page.matches(of: /\*\(([A-Za-z]+Tests): ([^*]+)\)\*/)
    #expect(claims.count > 20)
    let sources = try sources()
    for claim in claims {
      let (suite, name) = (String(claim.1), String(claim.2))
      let source = try #require(sources["\(suite).swift"], "\(suite) is no suite")
      #expect(source.contains("\"\(name)\""), "\(suite) has no test \"\(name)\"")
    }
  }

  /// The tests' files by name.
  private func sources() throws -> [String: String] {
    let folder = Project.file("Tests").path
    var sources: [String: String] = [:]
    for path in FileManager.default.enumerator(atPath: folder)?.allObjects ?? [] {
      guard let path = path as? String, path.hasSuffix("Tests.swift"),
        let name = path.split(separator: "/").last
      else { continue }
      sources[String(name)] = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }
    return sources
  }
}
