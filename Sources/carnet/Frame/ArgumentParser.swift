import CarnetLedger

/// From arguments to a command and its invocation. Nothing is opened yet.
enum ArgumentParser {
  enum Parsed {
    case run(CommandSpec, Invocation)
    /// Help for the commands under these words; all of them for none.
    case help([String])
  }

  static func parse(_ arguments: [String], language: Language) throws -> Parsed {
    let arguments = commandFirst(arguments)
    guard let first = arguments.first else { return .help([]) }
    if ["help", "-h", "--help"].contains(first) {
      return .help(Array(arguments.dropFirst().prefix { !$0.hasPrefix("-") }))
    }
    let words = Array(arguments.prefix { !$0.hasPrefix("-") })
    guard let command = command(of: words) else {
      if CommandTable.isGroup(words.prefix(1)) {
        let wantsHelp =
          words.count == 1 && arguments.dropFirst().allSatisfy { ["-h", "--help"].contains($0) }
        if wantsHelp { return .help(words) }
      }
      throw unknownCommand(words.isEmpty ? [first] : words, language)
    }
    let rest = Array(arguments.dropFirst(command.path.count))
    return try invocation(of: command, rest, language)
  }

  /// The same arguments with options that stand before the command moved behind it.
  private static func commandFirst(_ arguments: [String]) -> [String] {
    var (leading, rest) = ([String](), arguments[...])
    while let argument = rest.first, argument.hasPrefix("--"), argument != "--help",
      let option = OptionSpec.common.first(where: { $0.name == split(argument).0 })
    {
      leading.append(rest.removeFirst())
      if option.value != nil, split(argument).1 == nil, let value = rest.popFirst() { leading.append(value) }
    }
    guard !leading.isEmpty, !rest.isEmpty else { return arguments }
    return rest + leading
  }

  /// The command whose path these words start with, the longest one first.
  static func command(of words: [String]) -> CommandSpec? {
    CommandTable.all.filter { words.starts(with: $0.path) }.max { $0.path.count < $1.path.count }
  }

  private static func invocation(of command: CommandSpec, _ arguments: [String], _ language: Language) throws
    -> Parsed
  {
    var (operands, options) = ([String](), [String: String]())
    var rest = arguments[...]
    var isLiteral = false
    while let argument = rest.popFirst() {
      guard !isLiteral, argument.hasPrefix("-"), argument != "-", !isNegativeNumber(argument) else {
        operands.append(argument)
        continue
      }
      if argument == "--" {
        isLiteral = true
        continue
      }
      if argument == "-h" || argument == "--help" { return .help(command.path) }
      let (name, given) = split(argument)
      guard let option = command.allOptions.first(where: { $0.name == name || $0.short == name }) else {
        throw unknownOption(name, of: command, language)
      }
      guard options[option.name] == nil else {
        throw Failure.usage(Phrase.errorOptionTwice(language, option.name), command)
      }
      options[option.name] = try value(of: option, given: given, &rest, command, language)
    }
    try checkCounts(command, operands, options, language)
    return .run(command, Invocation(operands: operands, options: options))
  }

  private static func value(
    of option: OptionSpec, given: String?, _ rest: inout ArraySlice<String>, _ command: CommandSpec,
    _ language: Language
  ) throws -> String {
    guard option.value != nil else {
      guard given == nil else {
        throw Failure.usage(Phrase.errorFlagWithValue(language, option.name), command)
      }
      return ""
    }
    guard let value = given ?? rest.popFirst() else {
      throw Failure.usage(Phrase.errorValueMissing(language, option.name), command)
    }
    return value
  }

  private static func checkCounts(
    _ command: CommandSpec, _ operands: [String], _ options: [String: String], _ language: Language
  ) throws {
    let needed = command.operands.filter { !$0.isOptional }.count
    guard operands.count >= needed else {
      throw Failure.usage(
        Phrase.errorOperandMissing(language, command.operands[operands.count].name), command)
    }
    guard operands.count <= command.operands.count else {
      throw Failure.usage(
        Phrase.errorOperandTooMany(language, Printable.line(operands[command.operands.count])), command)
    }
    if let missing = command.options.first(where: { $0.isRequired && options[$0.name] == nil }) {
      throw Failure.usage(Phrase.errorOptionMissing(language, missing.name), command)
    }
  }

  private static func split(_ argument: String) -> (String, String?) {
    guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
  }

  private static func isNegativeNumber(_ argument: String) -> Bool {
    argument.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func unknownCommand(_ words: [String], _ language: Language) -> Failure {
    let typed = words.prefix(2).joined(separator: " ")
    let names = CommandTable.visible.map(\.name) + CommandTable.groups
    let near = Suggestions.nearest(to: typed, among: names) ?? Suggestions.nearest(to: words[0], among: names)
    return Failure(
      exit: .usage, code: "usage", message: Phrase.errorUnknownCommand(language, Printable.line(typed)),
      hint: near.map { Phrase.hintDidYouMean(language, "carnet \($0)") }
        ?? Phrase.hintSeeHelp(language, "carnet help"))
  }

  private static func unknownOption(_ name: String, of command: CommandSpec, _ language: Language) -> Failure
  {
    let near = Suggestions.nearest(to: name, among: command.allOptions.map(\.name))
    return Failure(
      exit: .usage, code: "usage", message: Phrase.errorUnknownOption(language, Printable.line(name)),
      hint: near.map { Phrase.hintDidYouMean(language, $0) }
        ?? Phrase.hintSeeHelp(language, "carnet help \(command.name)"))
  }
}

/// What someone probably meant.
enum Suggestions {
  /// The name with the fewest changes from what was typed, where they are few.
  static func nearest(to typed: String, among names: [String]) -> String? {
    let rated = names.map { ($0, distance(Array(typed.utf8), Array($0.utf8))) }
    guard let best = rated.min(by: { $0.1 < $1.1 }), best.1 <= max(1, best.0.utf8.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Insertions, removals and exchanges of one byte, and swaps of two, that make one text the other
  /// (Damerau's distance, restricted).
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard left.count <= 64, right.count <= 64 else { return .max }
    var rows = [Array(0...right.count)]
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var least = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { least = min(least, rows[i - 1][j - 1] + 1) }
        row.append(least)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
