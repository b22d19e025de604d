import CarnetLedger
import Support
import Testing

@Suite struct MemberNumberTests {
  // The first two from PROTOCOL, section 2; the others computed by a separate program.
  @Test(
    "a number is nine symbols and their check symbol",
    arguments: ["7Q4M2K9XA5", "9H5N1R7VEZ", "0000000000", "ZZZZZZZZZ9", "AAAAAAAAAM"])
  func reads(_ text: String) throws {
    let number = try #require(MemberNumber(text))
    #expect(number.description == text)
    #expect(number.bytes == Array(text.utf8))
  }

  @Test(
    "what is no number is none",
    arguments: [
      "", "7Q4M2K9XA", "7Q4M2K9XA55", "7Q4M2K9XA6", "7q4m2k9xa5", "7Q4M-2K9XA5", " 7Q4M2K9XA5",
      "7Q4M2K9XA5\n",
      "IIIIIIIIII", "OOOOOOOOOO", "7Q4M2K9XÀ5", "UUUUUUUUUU",
    ])
  func refuses(_ text: String) {
    #expect(MemberNumber(text) == nil)
  }

  @Test("the check symbol finds every single wrong symbol")
  func singleErrors() {
    let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    let right = Array("7Q4M2K9XA5".utf8)
    for index in right.indices {
      for symbol in symbols where symbol != right[index] {
        var wrong = right
        wrong[index] = symbol
        #expect(MemberNumber(wrong) == nil)
      }
    }
  }

  @Test("the check symbol finds a swap of neighbours, but for 0 and Z")
  func swaps() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      let right = MemberNumber.random(using: &generator).bytes
      for index in 0..<9 where right[index] != right[index + 1] {
        var wrong = right
        wrong.swapAt(index, index + 1)
        let pair = Set([right[index], right[index + 1]])
        #expect((MemberNumber(wrong) == nil) != (pair == Set("0Z".utf8)))
      }
    }
  }

  @Test(
    "people may type it in any case, with hyphens and spaces, o for 0, i and l for 1",
    arguments: [
      ("7q4m2k9xa5", "7Q4M2K9XA5"), ("7Q4-M2K-9XA5", "7Q4M2K9XA5"), (" 9h5n i r7vez ", "9H5N1R7VEZ"),
      ("9h5n lr7vez", "9H5N1R7VEZ"), ("9h5nir7vez", "9H5N1R7VEZ"), ("oOoOo ooooo", "0000000000"),
      ("7q4m2k9xa", nil), ("7q4m2k9xa5u", nil), ("7q4m2k9xa_5", nil),
    ] as [(String, String?)])
  func typed(_ text: String, _ expected: String?) {
    #expect(MemberNumber(typed: text)?.description == expected)
  }

  @Test("numbers drawn at random read back, and order like their texts")
  func drawn() {
    var generator = SeededGenerator(seed: 5)
    let numbers = (0..<500).map { _ in MemberNumber.random(using: &generator) }
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers.allSatisfy { MemberNumber($0.description) == $0 })
    let texts = numbers.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(numbers.sorted().map(\.description) == texts)
  }
}
