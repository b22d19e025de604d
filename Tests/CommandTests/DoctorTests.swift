import Testing

/// What `carnet doctor` says of an installation, and the key in the service manager's hands.
@Suite struct DoctorTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let script: String
    let says: String
  }

  static let faults = [
    Fault(
      testDescription: "a file that others may write", script: "chmod 666 l", says: "others may write: l"),
    Fault(
      testDescription: "a folder that others may write", script: "chmod 777 .", says: "others may write: ."),
    Fault(testDescription: "a key that others may read", script: "chmod 644 l.key", says: "others may read"),
    Fault(testDescription: "no key", script: "rm l.key", says: "FILE.key is missing"),
    Fault(testDescription: "no head", script: "rm l.head", says: "FILE.head is missing"),
    Fault(testDescription: "a cut file", script: "truncate -s 5000 l", says: "✗  ledger l"),
    Fault(
      testDescription: "a key left beside the one handed over",
      script: """
        mkdir -m 700 credentials; cp l.key credentials/ledger.key
        export CREDENTIALS_DIRECTORY="$PWD/credentials"
        """, says: "l.key is there too"),
    Fault(
      testDescription: "witnesses that never cosigned",
      script: "touch l.policy",
      says: "no checkpoint was cosigned"),
  ]

  @Test("each fault of an installation is named", arguments: faults)
  func fault(_ fault: Fault) throws {
    let (status, output, _) = try Shell.run(TranscriptTests.opening + fault.script + "\ncarnet doctor")
    #expect(status == 65)
    #expect(output.contains(fault.says), "\(output)")
  }

  @Test(
    "a sound installation has none; the key may be the service manager's, and a head is a checkpoint to audit since"
  )
  func sound() throws {
    let script = """
      carnet doctor
      mkdir -m 700 credentials; mv l.key credentials/ledger.key; chmod 440 credentials/ledger.key
      export CREDENTIALS_DIRECTORY="$PWD/credentials"
      carnet doctor
      carnet pay bakery 1 --as alice --yes
      cp l.head earlier
      carnet pay bakery 1 --as alice --yes
      carnet audit --since earlier
      """
    let (status, output, errors) = try Shell.run(TranscriptTests.opening + script)
    #expect(status == 0, "\(output)\(errors)")
    #expect(!output.contains("✗"))
  }
}
