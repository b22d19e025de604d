import CarnetNotes
import Testing

@Suite("signed notes and verifier keys against published vectors") struct SignedNoteVectorTests {
  struct NoteVector: Decodable {
    let name: String
    let vkeys: [String]
    let expect: String
    let note, noteBase64: String?

    var bytes: [UInt8]? { note.map { Array($0.utf8) } ?? noteBase64.flatMap { Base64.decode($0) } }
  }

  /// What the vector's own words say should come out: names of the signers, or why not.
  private func outcome(of vector: NoteVector) throws -> String {
    let bytes = try #require(vector.bytes)
    let keys = try vector.vkeys.map { try #require(VerifierKey($0)) }
    do throws(NoteError) {
      let note = try SignedNote(parsing: bytes)
      #expect(note.bytes == bytes)
      return try note.signers(among: keys).map(\.name).joined(separator: ", ")
    } catch {
      switch error {
      case .malformed, .tooLarge: return "reject: malformed"
      case .unsigned: return "reject: no verifiable signature"
      case .badSignature: return "reject"
      }
    }
  }

  @Test("every note has its published verdict")
  func notes() throws {
    let words = [
      "verified: example.com/foo": "example.com/foo", "verified: both": "PeterNeumann, EnochRoot",
      "verified: PeterNeumann; EnochRoot ignored": "PeterNeumann",
    ]
    let vectors = try VectorFiles.decode([NoteVector].self, from: "signed-note/notes.json")
    #expect(vectors.count == 15)
    for vector in vectors {
      #expect(try outcome(of: vector) == words[vector.expect] ?? vector.expect, "\(vector.name)")
    }
  }

  struct KeyVector: Decodable { let vkey: String, valid: Int }

  @Test("every verifier key has its published verdict and prints as it was read")
  func verifierKeys() throws {
    let vectors = try VectorFiles.decode([KeyVector].self, from: "signed-note/vkeys.json")
    #expect(vectors.count == 10)
    for vector in vectors {
      let key = VerifierKey(vector.vkey)
      #expect((key != nil) == (vector.valid == 1), "\(vector.vkey)")
      #expect(key?.description == (vector.valid == 1 ? vector.vkey : nil))
    }
  }
}
