import CarnetNotes

/// A secret as words to write down: BIP-39's encoding of entropy with a checksum, 24 words for the 32 bytes of a seed.
///
/// Only the encoding is BIP-39's; the seed itself is the entropy, no key is derived from the sentence.
public enum RecoveryWords {
  /// Words for a seed of 32 bytes.
  public static let count = 24

  /// Why words are not a secret.
  public enum Fault: Error, Hashable, Sendable {
    /// There must be 24.
    case wrongCount(Int)
    /// The word at this place, counted from 1, is not in the list.
    case unknownWord(position: Int)
    /// Every word is in the list, but they do not belong together: one is wrong or two are swapped.
    case checksum
  }

  /// The words for 16, 20, 24, 28 or 32 bytes; any other count is a programmer's error.
  public static func encode(_ entropy: [UInt8]) -> [String] {
    precondition(entropy.count.isMultiple(of: 4) && (16...32).contains(entropy.count))
    let checksum = Digest.sha256(entropy).bytes[0]
    let bits = entropy.count * 8
    var words: [String] = []
    for word in 0..<(bits + bits / 32) / 11 {
      var index = 0
      for bit in (word * 11)..<(word * 11 + 11) {
        let byte = bit < bits ? entropy[bit / 8] : checksum
        index = index << 1 | Int(byte >> UInt8(7 - bit % 8) & 1)
      }
      words.append(WordList.words[index])
    }
    return words
  }

  /// The bytes that encode to these words, given in any case; the first four letters of a word are enough.
  public static func decode(_ words: [String], count: Int = count) throws(Fault) -> [UInt8] {
    guard words.count == count else { throw .wrongCount(words.count) }
    var bits: [UInt8] = []
    for (position, word) in words.enumerated() {
      guard let index = index(of: word) else { throw .unknownWord(position: position + 1) }
      for bit in (0..<11).reversed() { bits.append(UInt8(index >> bit & 1)) }
    }
    let byteCount = bits.count * 32 / 33 / 8
    let entropy = (0..<byteCount).map { byte in bits[(byte * 8)..<(byte * 8 + 8)].reduce(0) { $0 << 1 | $1 } }
    guard encode(entropy).elementsEqual(words.compactMap { index(of: $0).map { WordList.words[$0] } }) else {
      throw .checksum
    }
    return entropy
  }

  /// The place of a word, or of the one word that starts with these four letters.
  private static func index(of typed: String) -> Int? {
    let word = typed.lowercased()
    guard word.utf8.count >= 3, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) else { return nil }
    return WordList.words.firstIndex { $0 == word }
      ?? (word.utf8.count == 4 ? WordList.words.firstIndex { $0.hasPrefix(word) } : nil)
  }
}
