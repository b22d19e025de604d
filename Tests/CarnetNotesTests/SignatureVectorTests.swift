import CarnetNotes
import Foundation
import Testing

@Suite("Ed25519 against published vectors") struct SignatureVectorTests {
  struct SigningVector: Decodable { let seed, `public`, message, signature: String }

  @Test("RFC 8032, section 7.1: keys, signatures and verdicts are those published")
  func signs() throws {
    let vectors = try VectorFiles.decode([SigningVector].self, from: "ed25519/rfc8032-7.1.json")
    #expect(!vectors.isEmpty)
    for vector in vectors {
      let key = try #require(SecretKey(seed: hex(vector.seed)))
      let message = try hex(vector.message)
      #expect(key.publicKey.hex == vector.public)
      let signature = key.sign(message)
      #expect(try signature.bytes == hex(vector.signature))
      #expect(key.publicKey.isValid(signature, for: message))
      #expect(!key.publicKey.isValid(signature, for: message + [0]))
      #expect(key.publicKey.isValidPoint)
    }
  }

  struct WycheproofFile: Decodable {
    struct Group: Decodable { let publicKey: Key, tests: [Case] }
    struct Key: Decodable { let pk: String }
    struct Case: Decodable { let tcId: Int, comment, msg, sig, result: String }
    let numberOfTests: Int
    let testGroups: [Group]
  }

  @Test("Wycheproof: every verdict is the published one")
  func wycheproof() throws {
    let file = try VectorFiles.decode(WycheproofFile.self, from: "ed25519/wycheproof-ed25519_test.json")
    var count = 0
    for group in file.testGroups {
      let key = try #require(PublicKey(hex(group.publicKey.pk)))
      for test in group.tests {
        // Signatures of another length than 64 bytes are no `Signature` at all.
        let signature = try Signature(hex(test.sig))
        let isValid = try signature.map { key.isValid($0, for: try hex(test.msg)) } ?? false
        #expect(isValid == (test.result == "valid"), "case \(test.tcId): \(test.comment)")
        count += 1
      }
    }
    #expect(count == file.numberOfTests)
  }

  struct SpeccheckCase: Decodable {
    let `case`: Int
    let message, pubKey, signature: String
    let expectLibsodium1018: Bool
  }

  @Test("speccheck: every verdict is that of the strict rule without cofactor")
  func speccheck() throws {
    let cases = try VectorFiles.decode([SpeccheckCase].self, from: "ed25519/speccheck.json")
    #expect(cases.count == 12)
    for vector in cases {
      let key = try #require(PublicKey(hex(vector.pubKey)))
      let signature = try #require(Signature(hex(vector.signature)))
      let isValid = key.isValid(signature, for: try hex(vector.message))
      #expect(isValid == vector.expectLibsodium1018, "case \(vector.case)")
    }
  }

  @Test("the self-test accepts this library")
  func selfTest() {
    #expect(SelfTest.run())
  }

  struct CCTVCase: Decodable { let number: Int, key, sig, msg: String }
  struct CCTVExpected: Decodable { let accepted, validPointKeys: [Int] }

  @Test("CCTV: exactly the listed signatures are accepted, exactly the listed keys may be enrolled")
  func cctv() throws {
    let cases = try VectorFiles.decode([CCTVCase].self, from: "ed25519/cctv-ed25519vectors.json")
    let expected = try VectorFiles.decode(CCTVExpected.self, from: "ed25519/cctv-expected.json")
    var accepted: [Int] = []
    var validKeys: [Int] = []
    for vector in cases {
      let key = try #require(PublicKey(hex(vector.key)))
      let signature = try #require(Signature(hex(vector.sig)))
      if key.isValid(signature, for: ascii(vector.msg)) { accepted.append(vector.number) }
      if key.isValidPoint { validKeys.append(vector.number) }
    }
    #expect(cases.count == 914)
    #expect(accepted == expected.accepted)
    #expect(validKeys == expected.validPointKeys)
  }
}
