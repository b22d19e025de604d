import CarnetLedger
import CarnetWallet
import Glibc

/// Asking a person: by the terminal itself, whatever the standard streams are tied to.
struct Terminal: Sendable {
  let isInteractive: Bool
  let saysYes: Bool
  let language: Language

  /// Asks whether to go on; `--yes` answers, an empty answer is no. Cancelled ends with 2.
  func confirm(_ question: String) throws {
    guard !saysYes else { return }
    let answer = try ask("\(question) \(Phrase.askYesNo(language)) ").lowercased()
    guard ["y", "yes", "o", "oui"].contains(answer) else {
      throw Failure(exit: .cancelled, code: "cancelled", message: Phrase.errorCancelled(language))
    }
  }

  /// One line, without its end.
  func ask(_ question: String) throws -> String {
    String(decoding: try read(question, isSecret: false), as: UTF8.self)
  }

  /// One line that is not shown while it is typed.
  func secret(_ question: String) throws -> [UInt8] { try read("\(question) ", isSecret: true) }

  private func read(_ question: String, isSecret: Bool) throws -> [UInt8] {
    let missing = Failure(
      exit: isSecret ? .noRight : .cancelled, code: isSecret ? "passphrase-missing" : "cancelled",
      message: isSecret ? Phrase.errorPassphraseMissing(language) : Phrase.errorNoTerminal(language),
      hint: isSecret ? Phrase.hintPassphraseMissing(language) : Phrase.hintYes(language))
    guard isInteractive else { throw missing }
    let tty = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard tty >= 0 else { throw missing }
    defer { close(tty) }
    let prompt = Array(question.utf8)
    _ = unsafe write(tty, prompt, prompt.count)
    var settings = termios()
    let isSet = unsafe tcgetattr(tty, &settings) == 0
    let before = settings
    if isSecret && isSet {
      settings.c_lflag &= ~tcflag_t(ECHO)
      _ = unsafe tcsetattr(tty, TCSAFLUSH, &settings)
    }
    defer {
      var restored = before
      if isSecret && isSet {
        _ = unsafe tcsetattr(tty, TCSAFLUSH, &restored)
        _ = unsafe write(tty, "\n", 1)
      }
    }
    return try line(from: tty)
  }

  private func line(from number: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count <= KeyFile.passphraseBytesMax {
      let count = unsafe Glibc.read(number, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count == 1 else {
        throw Failure(exit: .cancelled, code: "cancelled", message: Phrase.errorCancelled(language))
      }
      if byte == UInt8(ascii: "\n") { return bytes }
      bytes.append(byte)
    }
    throw Failure(exit: .cancelled, code: "cancelled", message: Phrase.errorTooLong(language))
  }
}

/// Passphrases from where a script keeps them: never from an argument or the environment.
enum PassphraseReader {
  /// The first line of a file.
  static func file(_ path: String, _ language: Language) throws -> [UInt8] {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else {
      throw Failure(
        exit: .inputMissing, code: "passphrase-missing", message: Phrase.errorFileUnreadable(language, path))
    }
    defer { close(number) }
    return try descriptor(number, language)
  }

  /// The first line that an open descriptor gives.
  static func descriptor(_ number: Int32, _ language: Language) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    while bytes.count <= KeyFile.passphraseBytesMax {
      let count = unsafe read(number, &byte, 1)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw Failure(
          exit: .inputMissing, code: "passphrase-missing", message: Phrase.errorPassphraseMissing(language))
      }
      if count == 0 || byte == UInt8(ascii: "\n") { return bytes }
      bytes.append(byte)
    }
    throw Failure(exit: .badData, code: "passphrase-missing", message: Phrase.errorTooLong(language))
  }
}
