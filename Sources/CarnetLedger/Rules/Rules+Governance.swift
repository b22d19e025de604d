import CarnetNotes

extension LedgerState {
  /// `rules`: the rules number of all records behind this one.
  func effect(of raise: RulesRaise) throws(Refusal) -> Effect {
    guard raise.rules > rules, raise.rules <= LedgerState.rulesNewest else { throw .rulesUnsupported }
    return Effect(changes: [.rules(raise.rules)])
  }

  /// `ledgerkey`: a new key signs the checkpoints.
  func effect(of change: LedgerKeyChange, in context: RuleContext) throws(Refusal) -> Effect {
    guard change.old == ledgerKeys.current else { throw .noSuchKey }
    try checkNewKey(change.new)
    return Effect(changes: [.ledgerKey(change.new, at: context.time)])
  }

  /// `currency`: a new unit of account.
  func effect(of currency: Currency) throws(Refusal) -> Effect {
    guard self.currency(currency.code) == nil else { throw .currencyTaken }
    return Effect(changes: [.currency(currency)])
  }

  /// `setting`: a vote, in force from a date that is not past.
  func effect(of change: SettingChange, in context: RuleContext) throws(Refusal) -> Effect {
    guard Timestamp(seconds: change.starts) >= context.time else { throw .startsInPast }
    try checkValue(of: change, at: context.time)
    let entry = Timeline.Entry(starts: change.starts, number: context.number, value: change.value)
    return Effect(changes: [.setting(change.name, entry)])
  }

  private func checkValue(of change: SettingChange, at time: Timestamp) throws(Refusal) {
    let isAllowed: Bool
    switch change.name {
    case .quorum: isAllowed = change.value.map { (1...Int64(Limits.quorumMax)).contains($0) } ?? false
    case .reconversionFee: isAllowed = change.value.map { (0...Limits.basisPoints).contains($0) } ?? false
    case .keyDelay:
      isAllowed =
        change.value.map { (Limits.keyDelaySecondsMin...Limits.keyDelaySecondsMax).contains($0) } ?? false
    case .floor(let code):
      guard let currency = currency(code) else { throw .currencyMismatch(code) }
      isAllowed = currency.kind == .backed ? change.value == 0 : change.value ?? 0 <= 0
    case .ceiling(let code):
      guard currency(code) != nil else { throw .currencyMismatch(code) }
      isAllowed = change.value ?? 0 >= 0
    }
    guard isAllowed else { throw .settingInvalid }
  }

  /// Refuses what would leave fewer officers than the largest quorum in force or to come asks for.
  func checkOfficersLeft(
    after effect: Effect, _ operation: Operation, at time: Timestamp
  ) throws(Refusal) {
    var needed = largestQuorum(at: time, scheduled: true)
    if case .setting(let change) = operation, case .quorum = change.name {
      needed = max(needed, change.value.map { Int($0) } ?? 1)
    }
    var left = activeOfficers(at: time)
    for case .member(let member) in effect.changes {
      let acts = member.isOfficer && member.status == .active && member.hasActiveKey(at: time)
      if acts { left.insert(member.number) } else { left.remove(member.number) }
    }
    guard left.count >= needed else { throw .officersTooFew(left: left.count, needed: needed) }
  }
}
