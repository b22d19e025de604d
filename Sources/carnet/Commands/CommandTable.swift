import CarnetLedger

/// Every command.
enum CommandTable {
  static let all: [CommandSpec] =
    PayCommands.all + ChequeCommands.all + RequestCommands.all + TillCommands.all + WebhookCommands.all
    + [ListenCommand.spec] + ReceiptCommands.all + KeyCommands.all
    + InviteCommands.all + JoinCommand.all + MemberCommands.all + OfficeCommands.all
    + PlaceCommands.all + ErasureCommands.all + ClosingCommands.all + WitnessCommands.all + FileCommands.all
    + TrialCommands.all + ShellCommands.all

  static var visible: [CommandSpec] { all.filter { !$0.isHidden } }

  /// The first words of commands that have two.
  static var groups: [String] {
    Array(Set(visible.filter { $0.path.count > 1 }.map { $0.path[0] })).sorted()
  }

  static func isGroup(_ words: some Sequence<String>) -> Bool {
    Array(words).first.map { groups.contains($0) } ?? false
  }
}

extension OptionSpec {
  /// The reason that an officer's note carries.
  static let reason = OptionSpec(name: "--reason", value: "TEXT", summary: .optionReason)
  static let draft = OptionSpec(name: "--draft", value: "FILE", summary: .optionDraft)
  static let noPassphrase = OptionSpec(name: "--no-passphrase", summary: .optionNoPassphrase)
}
