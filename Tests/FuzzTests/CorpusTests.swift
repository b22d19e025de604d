import CarnetLedger
import Foundation
import FuzzTargets
import Support
import Testing

/// Every input that fuzzing kept, through its parser once more.
@Suite struct CorpusTests {
  private static let corpus = Project.file("Tests/Corpus")

  @Test("no input of the corpus breaks its parser", arguments: FuzzTarget.all.map(\.name))
  func replay(_ name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let folder = CorpusTests.corpus.appendingPathComponent(name)
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty, "\(name) has no corpus")
    var accepted = 0
    for file in files where target.run([UInt8](try Data(contentsOf: file))) { accepted += 1 }
    #expect(accepted > 0, "a corpus that is refused from end to end shows fuzzing no way in")
    #expect(!target.run([]) || name == "csv")
    #expect(!target.run(Array(repeating: 0xFF, count: target.bytesMax)))
  }

  @Test("the corpus shows fuzzing every kind of note", arguments: NoteKind.allCases)
  func kinds(_ kind: NoteKind) throws {
    for name in ["note-text"] + (kind.isRecorded ? ["record"] : []) {
      let target = try #require(FuzzTarget.named(name))
      let file = CorpusTests.corpus.appendingPathComponent("\(name)/\(kind.rawValue)")
      #expect(target.run([UInt8](try Data(contentsOf: file))), "\(name)/\(kind.rawValue)")
    }
  }

  @Test("each folder of the corpus belongs to a target")
  func folders() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: CorpusTests.corpus.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }
}
