import CarnetLedger

/// Places to try things out in.
enum TrialCommands {
  static let all: [CommandSpec] = []
}
