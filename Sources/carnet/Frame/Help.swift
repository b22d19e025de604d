import CarnetLedger

/// Help, the man page and the completions, all from the table of commands.
enum Help {
  /// What is printed for the words behind `help`.
  static func lines(for words: [String], _ language: Language) throws -> [String] {
    guard !words.isEmpty else { return overview(language) }
    if let command = ArgumentParser.command(of: words), command.path.count == words.count {
      return details(command, language)
    }
    let members = CommandTable.visible.filter { $0.path.starts(with: words) }
    guard !members.isEmpty else {
      throw Failure(
        exit: .usage, code: "usage",
        message: Phrase.errorUnknownCommand(language, Printable.line(words.joined(separator: " "))),
        hint: Phrase.hintSeeHelp(language, "carnet help"))
    }
    return list(members, language)
  }

  private static func overview(_ language: Language) -> [String] {
    var lines = [Phrase.helpPromise(language), "", Phrase.helpExamples(language)]
    for example in ["demo --once", "pay boulangerie-martin 12,50", "balance", "audit"] {
      lines.append("  carnet \(example)")
    }
    lines += ["", Phrase.helpCommands(language)] + list(CommandTable.visible, language)
    return lines + ["", Phrase.helpMore(language)]
  }

  private static func list(_ commands: [CommandSpec], _ language: Language) -> [String] {
    let width = commands.map { $0.name.utf8.count }.max() ?? 0
    return commands.map { command in
      let padding = String(repeating: " ", count: width - command.name.utf8.count)
      return "  \(command.name)\(padding)  \(command.summary(language))"
    }
  }

  private static func details(_ command: CommandSpec, _ language: Language) -> [String] {
    var lines = [command.summary(language), "", Phrase.helpExamples(language)]
    lines += command.examples.map { "  carnet \($0)" }
    if let details = command.details {
      lines += [""] + details(language).split(separator: "\n").map(String.init)
    }
    lines += ["", Phrase.helpUsage(language), "  \(usage(command))", "", Phrase.helpOptions(language)]
    let rows = command.allOptions.map { (spelling($0), $0.summary(language)) }
    let width = rows.map { $0.0.utf8.count }.max() ?? 0
    return lines + rows.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.utf8.count))  \($0.1)" }
  }

  static func usage(_ command: CommandSpec) -> String {
    let operands = command.operands.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    let options = command.options.map { option in
      let text = option.name + (option.value.map { " \($0)" } ?? "")
      return option.isRequired ? text : "[\(text)]"
    }
    return (["carnet", command.name] + operands + options).joined(separator: " ")
  }

  private static func spelling(_ option: OptionSpec) -> String {
    (option.short.map { "\($0), " } ?? "") + option.name + (option.value.map { " \($0)" } ?? "")
  }

  /// A manual page in the man macros of troff.
  static func manual(_ language: Language) -> [String] {
    var lines = [
      ".TH CARNET 1", ".SH \(Phrase.manName(language))", "carnet \\- \(roff(Phrase.helpPromise(language)))",
      ".SH \(Phrase.manCommands(language))",
    ]
    for command in CommandTable.visible {
      lines += [".TP", ".B \(roff(usage(command)))", roff(command.summary(language))]
      if let details = command.details { lines += [".IP", roff(details(language))] }
      for option in command.options {
        lines += [".RS", ".TP", ".B \(roff(spelling(option)))", roff(option.summary(language)), ".RE"]
      }
    }
    lines.append(".SH \(Phrase.manOptions(language))")
    for option in OptionSpec.common {
      lines += [".TP", ".B \(roff(spelling(option)))", roff(option.summary(language))]
    }
    lines.append(".SH \(Phrase.manExit(language))")
    for status in ExitStatus.allCases {
      lines += [".TP", ".B \(status.rawValue)", roff(status.summary(language))]
    }
    return lines
  }

  private static func roff(_ text: String) -> String {
    let escaped = text.map { $0 == "\\" ? "\\e" : $0 == "-" ? "\\-" : String($0) }.joined()
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : escaped
  }
}

extension ExitStatus {
  fileprivate func summary(_ language: Language) -> String {
    let phrase: Phrase =
      switch self {
      case .done: .exitDone
      case .failed: .exitFailed
      case .cancelled: .exitCancelled
      case .refused: .exitRefused
      case .noRight: .exitNoRight
      case .usage: .exitUsage
      case .badData: .exitBadData
      case .inputMissing: .exitInputMissing
      case .unreachable: .exitUnreachable
      case .bug: .exitBug
      case .inputOutput: .exitInputOutput
      case .unknown: .exitUnknown
      case .configuration: .exitConfiguration
      case .interrupted: .exitInterrupted
      }
    return phrase(language)
  }
}

/// Completion scripts; all of them ask `carnet __complete WORD…` for the candidates.
enum Completions {
  static func script(_ shell: String) -> String? {
    switch shell {
    case "bash":
      """
      _carnet() {
        local IFS=$'\\n'
        COMPREPLY=($(carnet __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
      }
      complete -o default -F _carnet carnet
      """
    case "zsh":
      """
      #compdef carnet
      _carnet() {
        local -a candidates
        candidates=("${(@f)$(carnet __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        compadd -- ${candidates:#}
      }
      compdef _carnet carnet
      """
    case "fish":
      """
      complete -c carnet -f -a '(carnet __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
      """
    default: nil
    }
  }

  /// What may stand in the place of the last word.
  static func candidates(_ words: [String], handles: [String]) -> [String] {
    let (before, typed) = (Array(words.dropLast()), words.last ?? "")
    let plain = before.filter { !$0.hasPrefix("-") }
    var found: [String]
    if let command = ArgumentParser.command(of: plain) {
      let operand = plain.count - command.path.count
      let wantsHandle = operand < command.operands.count && command.operands[operand].isHandle
      found = typed.hasPrefix("-") ? command.allOptions.map(\.name) : wantsHandle ? handles : []
      if before.last == "--as" { found = handles }
    } else {
      found = CommandTable.visible.filter { $0.path.starts(with: plain) }.map { $0.path[plain.count] }
    }
    return Set(found).filter { $0.hasPrefix(typed) }.sorted()
  }
}
