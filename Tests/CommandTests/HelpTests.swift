import CarnetLedger
import Testing

@testable import carnet

@Suite struct HelpTests {
  @Test(
    "every command has examples, and each parses as that command", arguments: CommandTable.all.map(\.name))
  func examples(_ name: String) throws {
    let command = try #require(CommandTable.all.first { $0.name == name })
    #expect(!command.examples.isEmpty)
    for example in command.examples {
      let words = words(of: example)
      guard case .run(let found, _) = try ArgumentParser.parse(words, language: .english) else {
        Issue.record("\(example) does not run")
        continue
      }
      #expect(found.name == name)
    }
  }

  /// The words of a line as a shell would give them: quotes hold together, redirections and ellipses go.
  private func words(of line: String) -> [String] {
    var words: [String] = []
    for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      words += index.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
    }
    return Array(words.prefix { $0 != ">" })
  }

  @Test(
    "help is found in every spelling",
    arguments: [
      [], ["help"], ["-h"], ["--help"], ["help", "pay"], ["help", "pay", "--lang", "fr"], ["pay", "--help"],
      ["pay", "-h"],
      ["help", "member", "add"],
      ["member", "--help"], ["member", "add", "-h"],
    ])
  func spellings(_ arguments: [String]) throws {
    guard case .help(let words) = try ArgumentParser.parse(arguments, language: .english) else {
      Issue.record("no help")
      return
    }
    for language in Language.allCases { #expect(try Help.lines(for: words, language).count > 3) }
  }

  @Test(
    "a slip of the finger is met with what was probably meant",
    arguments: [
      (["pya", "bob"], "carnet pay"), (["member", "lsit"], "carnet member list"),
      (["balnce"], "carnet balance"),
      (["pay", "bob", "5", "--mem", "x"], "--memo"),
    ])
  func suggestions(_ arguments: [String], _ meant: String) throws {
    let failure = try #require(throws: Failure.self) {
      try ArgumentParser.parse(arguments, language: .english)
    }
    #expect(failure.exit == .usage)
    #expect(failure.hint?.contains(meant) == true)
  }
}
