import CarnetJournal
import CarnetLedger
import CarnetNotes
import Glibc

/// Looks at an installation without changing it: files, rights, space, clock, head.
struct Doctor {
  private let files: LedgerFiles
  private let language: Language

  struct Check {
    let name: String
    /// What is wrong, `nil` where all is well.
    let fault: String?
  }

  init(_ path: String, _ language: Language) {
    (files, self.language) = (LedgerFiles(path), language)
  }

  func checks() -> [Check] {
    [
      Check(
        name: Phrase.checkSelfTest(language), fault: SelfTest.run() ? nil : Phrase.errorSelfTest(language)),
      Check(name: Phrase.checkLedger(language, files.ledger), fault: ledger()),
      Check(name: Phrase.checkKey(language, files.key), fault: key()),
      Check(name: Phrase.checkHead(language, files.head), fault: head()),
      Check(name: Phrase.checkSpace(language), fault: space()),
      Check(name: Phrase.checkClock(language), fault: clock()),
    ]
  }

  private func ledger() -> String? {
    do throws(StoreError) {
      let journal = try Journal(reading: files.ledger)
      journal.close()
      return nil
    } catch { return error.message(in: language) }
  }

  private func key() -> String? {
    do throws(StoreError) {
      _ = try LedgerSecrets(path: files.key)
      return nil
    } catch { return error.message(in: language) }
  }

  private func head() -> String? {
    FileSystemProbe.exists(files.head) ? nil : StoreError.headMissing.message(in: language)
  }

  /// At least 64 MiB free where the ledger lies: a commit and its log with room to spare.
  private func space() -> String? {
    var status = statvfs()
    guard unsafe statvfs(files.ledger, &status) == 0 else { return StoreError.missing.message(in: language) }
    let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    return free >= 64 * 1024 * 1024 ? nil : StoreError.full.message(in: language)
  }

  private func clock() -> String? {
    guard let journal = try? Journal(reading: files.ledger) else { return nil }
    defer { journal.close() }
    let newest = journal.read { $0.time }
    return SystemClock().now >= newest ? nil : Phrase.problemClock(language)
  }
}
