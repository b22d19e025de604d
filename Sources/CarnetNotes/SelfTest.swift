/// Asks at every start whether the library of signatures and hashes at hand is the one this protocol needs.
public enum SelfTest {
  /// Whether all is well; a program that gets `false` stops with status 70.
  public static func run() -> Bool {
    hashesAsPublished && signsAsPublished && refusesCofactoredSignature
  }

  /// SHA-256 of `abc`: FIPS 180-4, published example.
  private static var hashesAsPublished: Bool {
    Digest.sha256(Array("abc".utf8)).hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  }

  /// RFC 8032, section 7.1, test 1: the empty message.
  private static var signsAsPublished: Bool {
    guard let seed = Hex.decode("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"),
      let expected = signature(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
      ), let key = SecretKey(seed: seed)
    else { return false }
    return key.sign([]) == expected && key.publicKey.isValid(expected, for: [])
      && !key.publicKey.isValid(expected, for: [0])
  }

  /// Case 4 of the vectors of Chalkias, Garillot and Nikolaenko ("Taming the many EdDSAs"): a signature that only a
  /// verifier with cofactor accepts.
  private static var refusesCofactoredSignature: Bool {
    guard let message = Hex.decode("e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c"),
      let key = PublicKey(hex: "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d"),
      let signature = signature(
        "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed5125ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09"
      )
    else { return false }
    return !key.isValid(signature, for: message)
  }

  private static func signature(_ hex: String) -> Signature? {
    Hex.decode(hex).flatMap { Signature($0) }
  }
}
