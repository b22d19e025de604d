import CarnetJournal
import CarnetLedger
import CarnetNotes
import Glibc

/// What a new ledger begins with.
struct Founding {
  let origin: Origin
  let name: FreeText
  let purpose: Purpose
  let officer: Handle
  let key: SecretKey
  let number: MemberNumber
  let secrets = LedgerSecrets.generate()
  /// The last checkpoint of the ledger that this one goes on from.
  let previous: [UInt8]?

  init(
    origin: Origin, name: FreeText, purpose: Purpose, officer: Handle, key: SecretKey,
    previous: [UInt8]? = nil
  ) {
    (self.origin, self.name, self.purpose) = (origin, name, purpose)
    (self.officer, self.key, self.previous) = (officer, key, previous)
    var random = SystemRandomSource()
    number = MemberNumber.random(using: &random)
  }

  var verifierKey: VerifierKey { VerifierKey(origin: origin, publicKey: secrets.keys[0].publicKey) }

  /// Signs the genesis, as the officer and as the ledger, and writes the files.
  func open(at path: String, now: Timestamp, clock: any LedgerClock = SystemClock()) throws(LedgerError) {
    let card = Card(handle: officer, kind: .person)
    guard let salted = SubmittedText(card) else {
      preconditionFailure("a card is a salted text")
    }
    let genesis = Genesis(
      name: name, purpose: purpose, rules: LedgerState.rulesNewest, previous: previous,
      ledgerKey: secrets.keys[0].publicKey,
      card: salted.hash)
    let text = NoteText(
      ledger: origin, signer: number, operation: .genesis(genesis), nonce: .random(),
      until: now.seconds + 600,
      key: key.publicKey)
    let lines = [
      SignedNote.line(for: text.bytes, name: NoteText.keyName(number, at: origin), with: key),
      SignedNote.line(for: text.bytes, name: origin.description, with: secrets.keys[0]),
    ]
    let submission: Submission
    do throws(Refusal) {
      guard let note = try? SignedNote(text: text.bytes, lines: lines) else { throw .malformed("genesis") }
      submission = try Submission(note, texts: [salted])
    } catch { throw .refused(error) }
    try Journal.create(at: path, genesis: submission, secrets: secrets, clock: clock)
  }
}

/// Asks the file system without opening anything.
enum FileSystemProbe {
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The permissions of a file or a folder, `nil` where there is none.
  static func mode(_ path: String) -> mode_t? { status(path).map(\.st_mode) }

  /// Whose it is, `nil` where there is none.
  static func owner(_ path: String) -> uid_t? { status(path).map(\.st_uid) }

  private static func status(_ path: String) -> stat? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }
}
