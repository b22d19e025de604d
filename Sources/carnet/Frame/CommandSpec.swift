import CarnetLedger
import CarnetNotes

/// One command as it is declared: parsing, help, the man page and the completions are all made from it.
struct CommandSpec: Sendable {
  /// `["member", "add"]`.
  let path: [String]
  let summary: Phrase
  var operands: [Operand] = []
  var options: [OptionSpec] = []
  /// What has to be known beyond the summary, for help and the manual.
  var details: Phrase?
  /// Lines to type, without the leading `carnet`.
  let examples: [String]
  /// Whether it is left out of help and completions.
  var isHidden = false
  let run: @Sendable (Invocation, Context) throws -> Int32

  struct Operand: Sendable {
    let name: String
    var isOptional = false
    /// Whether a handle of a contact completes it.
    var isHandle = false
  }

  var name: String { path.joined(separator: " ") }

  /// Its own options and those that all commands have.
  var allOptions: [OptionSpec] { options + OptionSpec.common }
}

/// An option: a flag, or a name with a value.
struct OptionSpec: Sendable {
  /// With its dashes.
  let name: String
  /// One letter with its dash.
  var short: String?
  /// What stands for the value in help; `nil` for a flag.
  var value: String?
  var isRequired = false
  let summary: Phrase

  static let common: [OptionSpec] = [
    OptionSpec(name: "--ledger", value: "FILE|URL", summary: .optionLedger),
    OptionSpec(name: "--as", value: "HANDLE", summary: .optionAs),
    OptionSpec(name: "--json", summary: .optionJSON),
    OptionSpec(name: "--lang", value: "fr|en", summary: .optionLang),
    OptionSpec(name: "--yes", short: "-y", summary: .optionYes),
    OptionSpec(name: "--no-input", summary: .optionNoInput),
    OptionSpec(name: "--passphrase-file", value: "F", summary: .optionPassphraseFile),
    OptionSpec(name: "--passphrase-fd", value: "N", summary: .optionPassphraseFD),
    OptionSpec(name: "--help", short: "-h", summary: .optionHelp),
  ]
}

/// What was typed, taken apart by a command's declaration.
struct Invocation: Sendable {
  let operands: [String]
  private let options: [String: String]

  init(operands: [String], options: [String: String]) {
    (self.operands, self.options) = (operands, options)
  }

  /// The operand at a place, `nil` where it was left out.
  func operand(_ index: Int) -> String? {
    index < operands.count ? operands[index] : nil
  }

  /// An operand that the declaration requires.
  func required(_ index: Int) -> String { operands[index] }

  subscript(_ option: String) -> String? { options[option] }

  /// A record's number as people type it, called by its operand or option where it is none.
  static func recordNumber(_ text: String, of name: String, _ language: Language) throws -> UInt64 {
    guard let number = DecimalText.unsigned(text) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, name))
    }
    return number
  }

  func has(_ flag: String) -> Bool { options[flag] != nil }
}
