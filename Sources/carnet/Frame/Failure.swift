import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// Why a command did not do what was asked: what it says, and how the process ends.
struct Failure: Error {
  let exit: ExitStatus
  /// Stable, with hyphens; the same as the ledger's where it is its.
  let code: String
  let message: String
  var hint: String?

  static func usage(_ message: String, _ command: CommandSpec) -> Failure {
    Failure(exit: .usage, code: "usage", message: message, hint: "carnet help \(command.name)")
  }

  init(exit: ExitStatus, code: String, message: String, hint: String? = nil) {
    (self.exit, self.code, self.message, self.hint) = (exit, code, message, hint)
  }

  init(_ refusal: Refusal, _ language: Language) {
    self.init(
      exit: ExitStatus(refusal), code: refusal.code, message: refusal.message(in: language),
      hint: refusal.hint(in: language))
  }

  /// - Parameter hint: what to do where that is known better than by the error.
  init(_ error: StoreError, _ language: Language, hint: String? = nil) {
    self.init(
      exit: ExitStatus(error), code: error.code, message: error.message(in: language),
      hint: hint ?? error.hint(in: language))
  }

  init(address: String, _ error: HTTPTransport.AddressError, _ language: Language) {
    let phrase: Phrase = error == .insecure ? .errorInsecure : .errorAddress
    self.init(exit: .usage, code: "bad-address", message: phrase(language, Printable.line(address)))
  }

  init(_ error: Server.StartError, _ address: Server.Address, _ language: Language) {
    guard case .cannotListen(let code) = error else {
      self.init(exit: .unreachable, code: "cannot-listen", message: "\(address)")
      return
    }
    self.init(
      exit: .unreachable, code: "cannot-listen",
      message: Phrase.errorListen(language, address.description, unsafe String(cString: strerror(code))))
  }

  init(_ error: LedgerError, _ language: Language) {
    switch error {
    case .refused(let refusal): self.init(refusal, language)
    case .storage(let store): self.init(store, language)
    case .busy: self.init(exit: .unreachable, code: error.code, message: Phrase.problemBusy(language))
    case .clock: self.init(exit: .unreachable, code: error.code, message: Phrase.problemClock(language))
    case .stopping: self.init(exit: .unreachable, code: error.code, message: Phrase.problemStopping(language))
    case .outcomeUnknown:
      self.init(exit: .unknown, code: error.code, message: Phrase.problemOutcomeUnknown(language))
    }
  }

  init(_ error: ClientError, _ language: Language) {
    switch error {
    case .unreachable(let reason):
      self.init(
        exit: .unreachable, code: "unreachable",
        message: Phrase.errorUnreachable(language, Printable.line(reason)),
        hint: Phrase.hintUnreachable(language))
    case .refused(let refused):
      self.init(
        exit: ExitStatus(http: refused.status), code: refused.code, message: Printable.line(refused.detail))
    case .outcomeUnknown(let reason):
      self.init(
        exit: .unknown, code: "outcome-unknown",
        message: Phrase.errorOutcomeUnknown(language, Printable.line(reason)),
        hint: Phrase.hintOutcomeUnknown(language))
    case .badAnswer(let reason):
      self.init(
        exit: .badData, code: "bad-answer", message: Phrase.errorBadAnswer(language, Printable.line(reason)))
    }
  }

  init(_ error: WalletError, _ language: Language) {
    switch error {
    case .client(let client): self.init(client, language)
    case .folder(.exposed(let path)):
      self.init(
        exit: .noRight, code: "file-exposed", message: Phrase.errorExposed(language, path),
        hint: Phrase.hintChmod(language, path))
    case .folder(.exists(let path)):
      self.init(exit: .refused, code: "key-exists", message: Phrase.errorKeyExists(language, path))
    case .folder(.tooLarge(let name)), .damaged(let name):
      self.init(exit: .badData, code: "wallet-damaged", message: Phrase.errorWalletDamaged(language, name))
    case .folder(.system(let name, let code)):
      self.init(
        exit: .inputOutput, code: "input-output", message: Phrase.errorSystem(language, name, "\(code)"),
        hint: Phrase.storeSystemHint(language))
    case .key(let fault): self.init(fault, language)
    case .contradiction(let evidence, let file):
      self.init(evidence, file, language)
    case .chequesFull(let limit):
      self.init(
        exit: .refused, code: "cheques-full", message: Phrase.errorChequesFull(language, "\(limit)"),
        hint: Phrase.hintChequesFull(language))
    case .nameChanged(let handle, let was, let now):
      self.init(
        exit: .badData, code: "name-changed",
        message: Phrase.errorNameChanged(language, handle.description, was.description, now.description),
        hint: Phrase.hintNameChanged(language))
    }
  }

  init(_ evidence: Evidence, _ file: String, _ language: Language) {
    let hint = Phrase.hintEvidence(language, file)
    switch evidence.contradiction {
    case .keyChanged:
      self.init(
        exit: .badData, code: "ledger-key-changed",
        message: Phrase.errorLedgerKeyChanged(
          language, evidence.key.description, evidence.shownKey.description), hint: hint)
    case .shrunk:
      self.init(
        exit: .badData, code: "ledger-shrunk", message: Phrase.errorLedgerShrunk(language), hint: hint)
    case .fork:
      self.init(
        exit: .badData, code: "ledger-forked", message: Phrase.errorLedgerForked(language), hint: hint)
    case .rewritten:
      self.init(
        exit: .badData, code: "ledger-rewritten", message: Phrase.errorLedgerRewritten(language),
        hint: hint)
    }
  }

  init(_ fault: KeyFile.Fault, _ language: Language) {
    switch fault {
    case .malformed:
      self.init(exit: .badData, code: "key-malformed", message: Phrase.errorKeyMalformed(language))
    case .passphraseMissing:
      self.init(
        exit: .noRight, code: "passphrase-missing", message: Phrase.errorPassphraseMissing(language),
        hint: Phrase.hintPassphraseMissing(language))
    case .passphraseWrong:
      self.init(exit: .noRight, code: "passphrase-wrong", message: Phrase.errorPassphraseWrong(language))
    }
  }
}

/// How the process ends: DESIGN, section 6 (BSD's sysexits where they fit).
enum ExitStatus: Int32, CaseIterable {
  case done = 0
  case failed = 1
  case cancelled = 2
  /// The rules said no, nothing moved.
  case refused = 3
  /// The key is locked or the right is missing.
  case noRight = 4
  case usage = 64
  case badData = 65
  case inputMissing = 66
  /// Nothing was sent.
  case unreachable = 69
  case bug = 70
  case inputOutput = 74
  /// Run the same command again.
  case unknown = 75
  case configuration = 78
  case interrupted = 130

  init(http status: Int) {
    switch status {
    case 400, 413, 415, 422: self = .badData
    case 401, 403: self = .noRight
    case 404: self = .inputMissing
    case 409: self = .refused
    case 429, 503: self = .unreachable
    default: self = .unknown
    }
  }

  init(_ refusal: Refusal) {
    switch refusal {
    case .tooLarge, .malformed, .notCanonical, .unknownKind, .textMissing, .wrongLedger: self = .badData
    case .unknownKey, .badSignature, .keyInactive, .roleMissing, .signaturesMissing: self = .noRight
    case .unknownMember, .unknownRecord, .unknownRequest, .unknownCutoff: self = .inputMissing
    default: self = .refused
    }
  }

  init(_ error: StoreError) {
    switch error {
    case .missing: self = .inputMissing
    case .exists: self = .refused
    case .notALedger, .newerSchema, .olderSchema, .damaged, .service(.newer), .service(.damaged),
      .recordsMissing, .headDiffers, .headMissing,
      .keyWrong:
      self = .badData
    case .locked, .busy: self = .unreachable
    case .keyMissing, .keyExposed, .service(.exposed): self = .noRight
    case .readOnly, .full, .system, .database: self = .inputOutput
    }
  }
}
