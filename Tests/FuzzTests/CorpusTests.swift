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
    for file in files { target.run([UInt8](try Data(contentsOf: file))) }
    target.run([])
    target.run(Array(repeating: 0xFF, count: target.bytesMax))
  }

  @Test("each folder of the corpus belongs to a target")
  func folders() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: CorpusTests.corpus.path)
    #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
  }
}
