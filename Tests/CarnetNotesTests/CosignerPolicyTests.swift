import CarnetNotes
import Testing

@Suite struct CosignerPolicyTests {
  static func key(_ byte: UInt8) -> SecretKey {
    guard let key = SecretKey(seed: Array(repeating: byte, count: 32)) else { preconditionFailure("a seed") }
    return key
  }

  static func witness(_ byte: UInt8) -> VerifierKey {
    VerifierKey(name: "w\(byte).example", publicKey: key(byte).publicKey, algorithm: .cosignature)
  }

  static let log = VerifierKey(name: "mel.example/lille", publicKey: key(9).publicKey)

  private func policy(_ lines: String...) throws(NoteError) -> CosignerPolicy {
    try CosignerPolicy(parsing: Array((lines.joined(separator: "\n") + "\n").utf8))
  }

  @Test("two levels of groups count as the specification's example does")
  func groups() throws {
    let lines = (1...6).map { "witness x\($0) \(CosignerPolicyTests.witness(UInt8($0)))" }
    let policy = try CosignerPolicy(
      parsing: Array(
        ("# who vouches\nlog \(CosignerPolicyTests.log)\n\n" + lines.joined(separator: "\n")
          + "\ngroup  x 2 x1\tx2 x3\n group y any x4 x5 x6\ngroup both all x y\nquorum both\n").utf8))
    let signers = { (numbers: [UInt8]) in numbers.map { CosignerPolicyTests.witness($0) } }
    #expect(!policy.isSatisfied(by: signers([1, 2])) && !policy.isSatisfied(by: signers([1, 4])))
    #expect(
      policy.isSatisfied(by: signers([1, 3, 6])) && policy.isSatisfied(by: signers([1, 2, 3, 4, 5, 6])))
    #expect(!policy.isSatisfied(by: signers([1, 7, 4])) && !policy.isSatisfied(by: []))
    let again = try CosignerPolicy(parsing: policy.bytes)
    #expect(again == policy)
  }

  @Test("none asks for nothing, one witness for itself")
  func simple() throws {
    #expect(try policy("quorum none").isSatisfied(by: []))
    let single = try policy("witness a \(CosignerPolicyTests.witness(1)) https://w.example/x", "quorum a")
    #expect(!single.isSatisfied(by: []) && single.isSatisfied(by: [CosignerPolicyTests.witness(1)]))
    #expect(single.witnesses.first?.url == "https://w.example/x")
    let built = CosignerPolicy(
      log: .init(name: "l", key: CosignerPolicyTests.log, url: nil),
      witnesses: [1, 2, 3].map { .init(name: "w\($0)", key: CosignerPolicyTests.witness($0), url: nil) },
      threshold: 2)
    #expect(built.isSatisfied(by: [1, 3].map { CosignerPolicyTests.witness($0) }))
    #expect(try CosignerPolicy(parsing: built.bytes).bytes == built.bytes)
  }

  @Test(
    "what is not a policy is refused",
    arguments: [
      "", "quorum a", "quorum none\nquorum none", "quorum", "quorum none none", "grp x 1 y\nquorum none",
      "witness a W1\nwitness a W2\nquorum a", "witness a W1\nwitness b W1\nquorum a",
      "witness a L\nquorum a", "log W1\nquorum none", "log L\nlog L\nquorum none",
      "witness none W1\nquorum none",
      "witness a W1\ngroup g 0 a\nquorum g", "witness a W1\ngroup g 2 a\nquorum g",
      "witness a W1\ngroup g any a a\nquorum g", "witness a W1\ngroup g any a\ngroup h any a\nquorum h",
      "group g any g\nquorum g", "witness a W1\ngroup a any a\nquorum a",
      "witness a W1\ngroup g any\nquorum a",
      "witness a W1\ngroup g 01 a\nquorum g", "quorum none\rx", "witness a W1 u v\nquorum a",
    ])
  func refused(_ text: String) {
    let filled =
      text.replacing("W1", with: "\(CosignerPolicyTests.witness(1))")
      .replacing("W2", with: "\(CosignerPolicyTests.witness(2))")
      .replacing("L", with: "\(CosignerPolicyTests.log)")
    #expect(throws: NoteError.self) { try CosignerPolicy(parsing: Array((filled + "\n").utf8)) }
  }

  @Test("64 parties are taken, one more is not, nor a file beyond its limit")
  func limits() throws {
    let lines = { (count: Int) in
      (1...count).map { "witness a\($0) \(CosignerPolicyTests.witness(UInt8($0)))\n" }.joined()
        + "quorum none\n"
    }
    #expect(try CosignerPolicy(parsing: Array(lines(64).utf8)).witnesses.count == 64)
    #expect(throws: NoteError.self) { try CosignerPolicy(parsing: Array(lines(65).utf8)) }
    let padding = Array(repeating: UInt8(ascii: "\n"), count: CosignerPolicy.bytesMax)
    #expect(throws: NoteError.tooLarge(limit: CosignerPolicy.bytesMax)) {
      try CosignerPolicy(parsing: padding + Array("quorum none\n".utf8))
    }
  }
}
