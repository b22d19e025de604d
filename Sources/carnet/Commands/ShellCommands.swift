import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What helps at the prompt.
enum ShellCommands {
  static let all = [
    CommandSpec(
      path: ["completions"], summary: .commandCompletions, operands: [.init(name: "bash|zsh|fish")],
      examples: ["completions bash > /etc/bash_completion.d/carnet"], run: completions),
    CommandSpec(
      path: ["man"], summary: .commandMan, examples: ["man > /usr/local/share/man/man1/carnet.1"],
      run: { _, context in
        for line in Help.manual(context.language) { context.output.line(line) }
        return ExitStatus.done.rawValue
      }),
    CommandSpec(
      path: ["version"], summary: .commandVersion, examples: ["version"],
      run: { _, context in
        context.show(
          .object(["version": .string(Version.number), "rules": .integer(Int64(LedgerState.rulesNewest))])
        ) {
          ["carnet \(Version.number)"]
        }
        return ExitStatus.done.rawValue
      }),
    CommandSpec(
      path: ["__complete"], summary: .commandCompletions,
      operands: (0..<64).map { .init(name: "WORD\($0)", isOptional: true) }, examples: ["__complete -- me"],
      isHidden: true,
      run: complete),
  ]

  @Sendable private static func completions(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    guard let script = Completions.script(invocation.required(0)) else {
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorValue(context.language, "bash|zsh|fish"))
    }
    context.output.line(script)
    return ExitStatus.done.rawValue
  }

  @Sendable private static func complete(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let handles = (try? context.wallet).map { $0.handles + $0.contactNames } ?? []
    for candidate in Completions.candidates(invocation.operands, handles: handles) {
      context.output.line(candidate)
    }
    return ExitStatus.done.rawValue
  }
}

/// The version of this program.
enum Version {
  static let number = "0.1.0"
}
