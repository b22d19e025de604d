import CarnetLedger
import CarnetNotes
import Glibc

/// The whole command line as a function from arguments to an exit status.
enum Program {
  static func run(_ arguments: [String], environment: [String: String]) -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    let language = Context.language(arguments, environment)
    let output = Output(environment: environment)
    let isJSON = arguments.contains("--json")
    guard SelfTest.run() else {
      report(
        Failure(exit: .bug, code: "self-test", message: Phrase.errorSelfTest(language)), language, output,
        isJSON)
      return ExitStatus.bug.rawValue
    }
    do {
      switch try ArgumentParser.parse(arguments, language: language) {
      case .help(let words):
        for line in try Help.lines(for: words, language) { output.line(line) }
        return ExitStatus.done.rawValue
      case .run(let command, let invocation):
        return try command.run(
          invocation, Context(invocation, environment: environment, language: language, output: output))
      }
    } catch let failure as Failure {
      report(failure, language, output, isJSON)
      return failure.exit.rawValue
    } catch {
      // Commands turn every error into a failure; one that did not is a fault of theirs.
      let failure = Failure(exit: .bug, code: "bug", message: Phrase.errorBug(language, "\(type(of: error))"))
      report(failure, language, output, isJSON)
      return failure.exit.rawValue
    }
  }

  private static func report(_ failure: Failure, _ language: Language, _ output: Output, _ isJSON: Bool) {
    guard isJSON else {
      output.message("carnet: \(Phrase.wordError(language)): \(failure.message)")
      if let hint = failure.hint { output.message("carnet: \(Phrase.wordHint(language)): \(hint)") }
      return
    }
    let problem = JSON.object([
      "type": .string("about:blank"), "title": .string(failure.code),
      "status": .integer(Int64(failure.exit.rawValue)),
      "detail": .string(failure.message), "code": .string(failure.code), "hint": .optional(failure.hint),
    ])
    output.message(String(decoding: problem.serialized(), as: UTF8.self))
  }
}
