import CarnetLedger

/// Places to try things out in.
enum TrialCommands {
  static let all = [
    CommandSpec(
      path: ["simulate"], summary: .commandSimulate, operands: [.init(name: "DIR")],
      options: [OptionSpec(name: "--through-endpoint", summary: .optionThroughEndpoint)],
      examples: ["simulate scenarios/la-balise --ledger /tmp/balise.carnet --json"],
      run: { invocation, context in try SimulateCommand(invocation, context).run() }),
    CommandSpec(
      path: ["demo"], summary: .commandDemo, options: [OptionSpec(name: "--once", summary: .optionOnce)],
      examples: ["demo", "demo --once"],
      run: { invocation, context in try DemoCommand(invocation, context).run() }),
  ]
}
