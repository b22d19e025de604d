import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// What surrounds a command: language, streams, home, and how to ask a person. Commands reach the outside only by it.
struct Context: Sendable {
  let environment: [String: String]
  let language: Language
  let isJSON: Bool
  let output: Output
  let terminal: Terminal
  /// FILE or URL, where one was given.
  private(set) var ledger: String?
  /// The handle to act as, where one was given.
  let actsAs: String?
  let passphraseSource: PassphraseSource

  enum PassphraseSource: Sendable {
    case ask
    case file(String)
    case descriptor(Int32)
  }

  /// The ledger's key as the service manager hands it over (`LoadCredential=ledger.key:…`, systemd.exec), `nil` where it
  /// does not.
  var credential: String? {
    guard let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else { return nil }
    let path = "\(folder)/ledger.key"
    return FileSystemProbe.exists(path) ? path : nil
  }

  init(_ invocation: Invocation, environment: [String: String], language: Language, output: Output) throws {
    (self.environment, self.language, self.output) = (environment, language, output)
    isJSON = invocation.has("--json")
    terminal = Terminal(
      isInteractive: !invocation.has("--no-input"), saysYes: invocation.has("--yes"), language: language)
    ledger = invocation["--ledger"] ?? environment["CARNET_LEDGER"]
    actsAs = invocation["--as"]
    switch (invocation["--passphrase-file"], invocation["--passphrase-fd"]) {
    case (let path?, nil): passphraseSource = .file(path)
    case (nil, let text?):
      guard let number = Int32(text), number >= 0, !text.hasPrefix("+") else {
        throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--passphrase-fd"))
      }
      passphraseSource = .descriptor(number)
    case (nil, nil): passphraseSource = .ask
    case (_?, _?):
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorOptionTwice(language, "--passphrase-file"))
    }
  }

  /// The same for another ledger.
  func at(_ ledger: String) -> Context {
    var context = self
    context.ledger = ledger
    return context
  }

  /// `--lang`, else LC_ALL, LC_MESSAGES, LANG.
  static func language(_ arguments: [String], _ environment: [String: String]) -> Language {
    for (index, argument) in arguments.enumerated() {
      if argument.hasPrefix("--lang="), let language = Language(rawValue: String(argument.dropFirst(7))) {
        return language
      }
      if argument == "--lang", index + 1 < arguments.count,
        let language = Language(rawValue: arguments[index + 1])
      {
        return language
      }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
    return Language(locale: locale ?? "")
  }

  /// CARNET_HOME, else `carnet` in XDG_DATA_HOME, else `.local/share/carnet` in HOME.
  var wallet: Wallet {
    get throws {
      if let home = environment["CARNET_HOME"], !home.isEmpty { return Wallet(home: Folder(home)) }
      if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
        return Wallet(home: Folder("\(data)/carnet"))
      }
      guard let home = environment["HOME"], !home.isEmpty else {
        throw Failure(exit: .configuration, code: "no-home", message: Phrase.errorNoHome(language))
      }
      return Wallet(home: Folder("\(home)/.local/share/carnet"))
    }
  }

  /// The passphrase for a key that is there.
  func passphrase(for handle: String) throws -> [UInt8] {
    switch passphraseSource {
    case .file(let path): return try PassphraseReader.file(path, language)
    case .descriptor(let number): return try PassphraseReader.descriptor(number, language)
    case .ask: return try terminal.secret(Phrase.askPassphrase(language, handle))
    }
  }

  /// A passphrase for a new key, asked for twice.
  func newPassphrase(for handle: String) throws -> [UInt8] {
    guard case .ask = passphraseSource else { return try passphrase(for: handle) }
    let first = try terminal.secret(Phrase.askNewPassphrase(language, handle))
    guard !first.isEmpty else {
      throw Failure(
        exit: .cancelled, code: "cancelled", message: Phrase.errorPassphraseEmpty(language),
        hint: Phrase.hintNoPassphrase(language))
    }
    guard try terminal.secret(Phrase.askPassphraseAgain(language)) == first else {
      throw Failure(exit: .cancelled, code: "cancelled", message: Phrase.errorPassphrasesDiffer(language))
    }
    return first
  }

  /// Prints JSON where `--json` was given, else lines.
  func show(_ json: @autoclosure () -> JSON, _ lines: () -> [String]) {
    if isJSON { output.write(json().pretty()) } else { for line in lines() { output.line(line) } }
  }

  /// The time by this machine's clock.
  var now: Timestamp {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
  }
}

/// Where a command writes: data on standard output, messages on standard error.
struct Output: Sendable {
  /// Whether people look at it right now, and want colour.
  let isTerminal: Bool
  let isErrorTerminal: Bool
  private let hasColour: Bool

  init(environment: [String: String]) {
    isTerminal = isatty(1) == 1
    isErrorTerminal = isatty(2) == 1
    hasColour = isTerminal && environment["NO_COLOR"]?.isEmpty ?? true && environment["TERM"] != "dumb"
  }

  func write(_ bytes: [UInt8]) { Output.writeAll(bytes, to: 1) }

  func line(_ text: String) { write(Array(text.utf8) + [UInt8(ascii: "\n")]) }

  func message(_ text: String) { Output.writeAll(Array("\(text)\n".utf8), to: 2) }

  func bold(_ text: String) -> String { hasColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// Shows how far long work has come; on a terminal alone, and wiped when done.
  func progress(_ text: String) {
    guard isErrorTerminal else { return }
    Output.writeAll(Array("\r\u{1B}[K\(text)".utf8), to: 2)
  }

  private static func writeAll(_ bytes: [UInt8], to number: Int32) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(number, buffer.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      // Whoever read our output has gone: there is nobody to tell.
      guard count > 0 else { exit(errno == EPIPE ? 0 : ExitStatus.inputOutput.rawValue) }
      done += count
    }
  }
}
