import CarnetNotes

extension LedgerState {
  /// `member`: a new member with a first key.
  func effect(of enrolment: Enrolment, in context: RuleContext) throws(Refusal) -> Effect {
    guard members[enrolment.number] == nil else { throw .numberTaken }
    try checkNewKey(enrolment.memberKey)
    try checkHandle(of: context.card, for: enrolment.number)
    let key = MemberKey(
      publicKey: enrolment.memberKey, use: .pay, activeFrom: context.time, enrolledBy: context.id)
    let member = Member(
      number: enrolment.number, kind: enrolment.kind, roles: enrolment.roles, keys: [key], card: context.card,
      officialCard: enrolment.card.map { CardReference(record: context.number, hash: $0) },
      enrolledIn: context.number)
    return Effect(changes: [.member(member)])
  }

  /// `role`: the roles from now on.
  func effect(of change: RoleChange) throws(Refusal) -> Effect {
    var member = try known(change.number)
    member.roles = change.value
    return Effect(changes: [.member(member)])
  }

  /// `accreditation`: for businesses only.
  func effect(of change: AccreditationChange) throws(Refusal) -> Effect {
    var member = try known(change.number)
    guard !change.value || member.kind == .business else { throw .notAccredited }
    member.isAccredited = change.value
    return Effect(changes: [.member(member)])
  }

  /// `status`: closed only without any balance.
  func effect(of change: StatusChange, in context: RuleContext) throws(Refusal) -> Effect {
    var member = try known(change.number)
    if change.value == .closed {
      let isEmpty = currencies.allSatisfy { balance(of: AccountID(change.number, $0.code)) == 0 }
      guard isEmpty else { throw .balanceNotZero }
    }
    switch change.value {
    case .active: member.suspendedSince = nil
    case .suspended: member.suspendedSince = member.suspendedSince ?? context.time
    case .closed: break
    }
    member.status = change.value
    return Effect(changes: [.member(member)])
  }

  /// `limits`: floor and ceiling of one balance.
  func effect(of change: LimitsChange, in context: RuleContext) throws(Refusal) -> Effect {
    var member = try known(change.number)
    guard let currency = currency(change.currency) else { throw .currencyMismatch(change.currency) }
    let general = generalLimits(of: change.currency, at: context.time)
    let limits = BalanceLimits(
      floor: change.floor ?? general.floor, ceiling: change.ceiling ?? general.ceiling)
    guard limits.areOrdered, currency.kind == .mutual || change.floor ?? 0 >= 0 else { throw .limitsInvalid }
    let isOwn = change.floor != nil || change.ceiling != nil
    member.limits[change.currency] =
      isOwn ? BalanceLimits(floor: change.floor, ceiling: change.ceiling) : nil
    return Effect(changes: [.member(member)])
  }

  /// `card`: handle, name and kind count only with a quorum of officers behind them.
  func effect(of change: CardChange, in context: RuleContext) throws(Refusal) -> Effect {
    var member = try known(change.number)
    let isOfficial = context.counted.officerCount >= quorum(of: .card, at: context.time)
    if isOfficial {
      try checkHandle(of: context.card, for: change.number)
      member.officialCard = CardReference(record: context.number, hash: change.card)
      member.card = context.card
    } else {
      member.card = context.card.map { $0.keepingOfficialPart(of: member.card) } ?? member.card
    }
    return Effect(changes: [.member(member)])
  }

  /// Refuses a handle that another member has.
  private func checkHandle(of card: Card?, for number: MemberNumber) throws(Refusal) {
    guard let handle = card?.handle, let owner = handles[handle] else { return }
    guard owner == number else { throw .handleTaken }
  }
}

extension LedgerState {
  /// `key`: added or revoked by the member, or by officers for a member who lost theirs.
  func effect(of change: KeyChange, in context: RuleContext) throws(Refusal) -> Effect {
    let member = try known(change.number)
    return switch change.action {
    case .add: try addedKey(change, to: member, in: context)
    case .revoke: try revokedKey(change, of: member, in: context)
    }
  }

  private func addedKey(
    _ change: KeyChange, to member: Member, in context: RuleContext
  ) throws(Refusal) -> Effect {
    try checkNewKey(change.memberKey)
    guard member.keys.count < Limits.memberKeysMax else { throw .tooManyKeys }
    let isOwn = context.signer == change.number
    let activeFrom = isOwn ? context.time : context.time.adding(seconds: keyDelay(at: context.time))
    var member = member
    member.keys.append(
      MemberKey(publicKey: change.memberKey, use: change.use, activeFrom: activeFrom, enrolledBy: context.id))
    return Effect(changes: [.member(member)])
  }

  private func revokedKey(
    _ change: KeyChange, of member: Member, in context: RuleContext
  ) throws(Refusal) -> Effect {
    let index = member.keys.firstIndex {
      $0.publicKey == change.memberKey && $0.use == change.use && $0.revokedIn == nil
    }
    guard let index else { throw .noSuchKey }
    var member = member
    member.keys[index].revokedIn = context.number
    return Effect(changes: [.member(member)])
  }

  /// Refuses a key that was ever in use in this ledger, or is none.
  func checkNewKey(_ key: PublicKey) throws(Refusal) {
    guard keyStandings[key] == nil, !ledgerKeys.contains(key) else { throw .keyTaken }
    guard key.isValidPoint else { throw .keyInvalid }
  }

  /// `void`: a note of the signer's that must not be recorded, or a key that officers gave and that still waits.
  func effect(of order: VoidOrder, in context: RuleContext) throws(Refusal) -> Effect {
    guard let number = context.facts.recordedNumber else {
      return Effect(changes: [.voided(order.note, by: context.signer)])
    }
    var member = try known(context.signer)
    let waiting = member.keys.firstIndex {
      $0.enrolledBy == order.note && $0.activeFrom > context.time && $0.revokedIn == nil
    }
    guard let waiting else { throw .alreadyRecorded(number) }
    member.keys[waiting].revokedIn = context.number
    return Effect(changes: [.member(member)])
  }
}
