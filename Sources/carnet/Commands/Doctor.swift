import CarnetJournal
import CarnetLedger
import CarnetNotes
import Glibc

/// Looks at an installation without changing it: files, rights, space, clock, head, witnesses, copies.
struct Doctor {
  /// Bytes that must be free where the ledger lies: a commit and its log with room to spare.
  static let freeBytesMin: UInt64 = 64 * 1024 * 1024

  private let files: LedgerFiles
  private let language: Language

  struct Check {
    let name: String
    /// What is wrong, `nil` where all is well.
    let fault: String?
  }

  init(_ path: String, credential: String?, _ language: Language) {
    (files, self.language) = (LedgerFiles(path, credential: credential), language)
  }

  func checks() -> [Check] {
    [
      Check(
        name: Phrase.checkSelfTest(language), fault: SelfTest.run() ? nil : Phrase.errorSelfTest(language)),
      Check(name: Phrase.checkLedger(language, files.ledger), fault: ledger()),
      Check(name: Phrase.checkKey(language, files.key), fault: key()),
      Check(name: Phrase.checkKeyPlace(language), fault: keyPlace()),
      Check(name: Phrase.checkHead(language, files.head), fault: head()),
      Check(name: Phrase.checkRights(language), fault: rights()),
      Check(name: Phrase.checkUser(language), fault: user()),
      Check(name: Phrase.checkSpace(language), fault: space()),
      Check(name: Phrase.checkClock(language), fault: clock()),
      Check(name: Phrase.checkWitnesses(language), fault: witnesses()),
    ]
  }

  private func ledger() -> String? {
    fault { () throws(StoreError) in try Journal(reading: files.ledger).close() }
  }

  private func key() -> String? {
    fault { () throws(StoreError) in _ = try files.secrets() }
  }

  private func fault(_ body: () throws(StoreError) -> Void) -> String? {
    do throws(StoreError) {
      try body()
      return nil
    } catch { return error.message(in: language) }
  }

  /// The key may lie beside the ledger; a second one there, forgotten after it was handed to the service manager, not.
  private func keyPlace() -> String? {
    guard files.credential != nil else { return nil }
    let beside = LedgerFiles(files.ledger).key
    return FileSystemProbe.exists(beside) ? Phrase.faultKeyTwice(language, beside) : nil
  }

  private func head() -> String? {
    FileSystemProbe.exists(files.head) ? nil : StoreError.headMissing.message(in: language)
  }

  /// Others may read a public place's books if it wants them to, but never write them or put files beside them.
  private func rights() -> String? {
    let folder = files.ledger.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let place = folder.isEmpty ? "." : folder == [""] ? "/" : folder.joined(separator: "/")
    let exposed = [place, files.ledger, files.head, files.lock].filter { path in
      guard let mode = FileSystemProbe.mode(path) else { return false }
      // A shared folder where each may only remove what is theirs is as good.
      return mode & 0o022 != 0 && mode & S_ISVTX == 0
    }
    return exposed.isEmpty ? nil : Phrase.faultRights(language, exposed.joined(separator: ", "))
  }

  /// A server needs no right that root has.
  private func user() -> String? {
    files.servedAt != nil && FileSystemProbe.owner(files.lock) == 0 ? Phrase.faultRoot(language) : nil
  }

  private func space() -> String? {
    var status = statvfs()
    guard unsafe statvfs(files.ledger, &status) == 0 else { return StoreError.missing.message(in: language) }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    return free >= Doctor.freeBytesMin ? nil : StoreError.full.message(in: language)
  }

  private func clock() -> String? {
    guard let journal = try? Journal(reading: files.ledger) else { return nil }
    defer { journal.close() }
    let newest = journal.read { $0.time }
    return SystemClock().now >= newest ? nil : Phrase.problemClock(language)
  }

  /// Whoever has a policy has cosignatures: a newest checkpoint that enough witnesses signed.
  private func witnesses() -> String? {
    guard FileSystemProbe.exists(files.policy) else { return nil }
    return FileSystemProbe.exists(files.cosigned) ? nil : Phrase.faultWitnesses(language)
  }
}
