import CarnetNotes
import CarnetWallet
import Foundation
import Testing

@Suite struct RecoveryWordsTests {
  struct Vector: Decodable, Sendable {
    let entropy: String
    let mnemonic: String
  }

  static let vectors: [Vector] = {
    guard let url = Bundle.module.resourceURL?.appendingPathComponent("Vectors/bip39/english.json"),
      let data = try? Data(contentsOf: url)
    else { return [] }
    return (try? JSONDecoder().decode([Vector].self, from: data)) ?? []
  }()

  @Test("every published vector encodes and decodes")
  func published() throws {
    #expect(RecoveryWordsTests.vectors.count >= 20)
    for vector in RecoveryWordsTests.vectors {
      let entropy = try #require(Hex.decode(vector.entropy) as [UInt8]?)
      let words = vector.mnemonic.split(separator: " ").map(String.init)
      #expect(RecoveryWords.encode(entropy) == words)
      #expect(try RecoveryWords.decode(words, count: words.count) == entropy)
    }
  }

  @Test("words are read in any case and by their first four letters; a wrong one is named")
  func typed() throws {
    let seed = SecureRandom.bytes(32)
    let words = RecoveryWords.encode(seed)
    #expect(words.count == 24)
    #expect(try RecoveryWords.decode(words.map { String($0.uppercased().prefix(4)) }) == seed)
    #expect(throws: RecoveryWords.Fault.wrongCount(23)) { try RecoveryWords.decode(Array(words.dropLast())) }
    var wrong = words
    wrong[6] = "zzzz"
    #expect(throws: RecoveryWords.Fault.unknownWord(position: 7)) { try RecoveryWords.decode(wrong) }
    var swapped = words
    swapped[0] = words[0] == "abandon" ? "ability" : "abandon"
    #expect(throws: RecoveryWords.Fault.checksum) { try RecoveryWords.decode(swapped) }
  }
}
