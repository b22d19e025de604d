import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// The witnesses of a ledger and how many of them are enough, in `FILE.policy`.
struct PolicyFile {
  private let path: String
  private let language: Language

  init(_ files: LedgerFiles, _ language: Language) {
    (path, self.language) = (files.policy, language)
  }

  /// The policy, `nil` where the ledger has none.
  func read() throws -> CosignerPolicy? {
    guard FileSystemProbe.exists(path) else { return nil }
    return try PolicyFile.read(path, language)
  }

  func write(_ policy: CosignerPolicy) throws { try FileText.write(policy.bytes, to: path, language) }

  /// A policy that someone names.
  static func read(_ path: String, _ language: Language) throws -> CosignerPolicy {
    let bytes = try FileText.read(path, language)
    do throws(NoteError) { return try CosignerPolicy(parsing: bytes) } catch {
      throw Failure(
        exit: .badData, code: "bad-policy", message: Phrase.errorPolicy(language, path, error.description))
    }
  }
}

extension CosignerPolicy {
  /// How many of the witnesses are enough, where the policy is of the plain form that Carnet writes.
  var threshold: Int? {
    guard let quorum else { return 0 }
    guard groups.count == 1, let group = groups.first, group.name == quorum,
      group.members == witnesses.map(\.name)
    else { return nil }
    return group.threshold
  }
}
