import CarnetNotes

extension LedgerState {
  /// `payment` and `cheque`: from −A, to +A.
  func effect(of payment: Payment, in context: RuleContext) throws(Refusal) -> Effect {
    let payer = try standing(of: context.signer)
    let payee = try payment.to.member.map { number throws(Refusal) in try standing(of: number) }
    try checkActive(payer)
    if let payee { try checkActive(payee) }
    let request = try payment.request.map { _ throws(Refusal) in
      try payable(context.facts.request, by: payment, at: context.time)
    }
    guard payment.to != .member(context.signer) else { throw .sameAccount }
    guard isOpen(payment.currency) else { throw .currencyMismatch(payment.currency) }
    let postings = Postings(
      moving: payment.amount, from: .member(context.signer), to: payment.to, in: payment.currency)
    try check(postings, at: context.time)
    return Effect(
      postings: postings,
      changes: request.map { [.requestPaid(request: $0.record, in: context.number)] } ?? [])
  }

  /// `change`: to +A, circulation −A; reserve +A, outside −A.
  func effect(of change: Change, in context: RuleContext) throws(Refusal) -> Effect {
    let payee = try known(change.to)
    guard !context.facts.isReferenceTaken else { throw .duplicateReference }
    try checkActive(payee)
    guard currency(change.currency)?.kind == .backed else { throw .currencyMismatch(change.currency) }
    let postings = Postings([
      Posting(AccountID(change.to, change.currency), change.amount),
      Posting(AccountID(.circulation, change.currency), -change.amount),
      Posting(AccountID(.reserve, .euro), change.amount),
      Posting(AccountID(.outside, .euro), -change.amount),
    ])
    return try effect(postings, changes: [.referenceTaken(change.reference)], at: context.time)
  }

  /// `reconversion`: from −A, circulation +A; reserve −A, outside +(A − fee), fees +fee.
  func effect(of reconversion: Reconversion, in context: RuleContext) throws(Refusal) -> Effect {
    let business = try known(context.signer)
    guard business.kind == .business, business.isAccredited else { throw .notAccredited }
    try checkActive(business)
    let amount = reconversion.amount
    let fee = Reconversion.fee(on: amount, rate: reconversionFee(at: context.time))
    guard reconversion.fee == fee else { throw .feeDiffers(expected: fee) }
    guard currency(reconversion.currency)?.kind == .backed else {
      throw .currencyMismatch(reconversion.currency)
    }
    let legs = [
      Posting(AccountID(context.signer, reconversion.currency), -amount),
      Posting(AccountID(.circulation, reconversion.currency), amount),
      Posting(AccountID(.reserve, .euro), -amount),
      Posting(AccountID(.outside, .euro), amount - fee),
      Posting(AccountID(.fees, .euro), fee),
    ]
    return try effect(Postings(legs.filter { $0.amount != 0 }), changes: [], at: context.time)
  }

  /// `euro`: from −A, to +A, in euros.
  func effect(of move: EuroMove, in context: RuleContext) throws(Refusal) -> Effect {
    guard move.from != move.to else { throw .sameAccount }
    guard hasEuro else { throw .currencyMismatch(.euro) }
    let postings = Postings(
      moving: move.amount, from: .system(move.from), to: .system(move.to), in: .euro)
    return try effect(postings, changes: [], at: context.time)
  }

  /// `settle`: the whole balance of one member to another, or made good by another.
  func effect(of settlement: Settlement, in context: RuleContext) throws(Refusal) -> Effect {
    let leaver = try known(settlement.from)
    try checkActive(try known(settlement.to))
    guard settlement.from != settlement.to else { throw .sameAccount }
    guard currency(settlement.currency) != nil else { throw .currencyMismatch(settlement.currency) }
    guard leaver.status == .suspended, let since = leaver.suspendedSince,
      context.time >= since.adding(seconds: Limits.settlementSecondsMin)
    else { throw .notSuspendedLongEnough }
    let balance = balance(of: AccountID(settlement.from, settlement.currency))
    guard balance != 0 else { throw .nothingToSettle }
    let postings = Postings([
      Posting(AccountID(settlement.from, settlement.currency), -balance),
      Posting(AccountID(settlement.to, settlement.currency), balance),
    ])
    return try effect(
      postings, changes: [], at: context.time, exempt: AccountID(settlement.from, settlement.currency))
  }

  /// Checks legs that a rule wrote down and takes them; that they balance is the rule's to know.
  private func effect(
    _ postings: Postings?, changes: [StateChange], at time: Timestamp, exempt: AccountID? = nil
  ) throws(Refusal) -> Effect {
    guard let postings else { preconditionFailure("a rule made postings that do not balance") }
    try check(postings, at: time, exempt: exempt)
    return Effect(postings: postings, changes: changes)
  }
}

extension LedgerState {
  /// `reversal`: the postings of an older record, or a part of them, the other way round.
  func effect(of reversal: Reversal, in context: RuleContext) throws(Refusal) -> Effect {
    guard let past = context.facts.past else { throw .unknownRecord }
    let original = past.record.text
    let isRefund = original.operation.payee == .member(context.signer)
    try checkParties(of: past.record, isRefund: isRefund)
    let postings: Postings
    switch original.operation {
    case .payment(let payment), .cheque(let payment):
      guard isRefund || reversal.reason != nil else { throw .reasonMissing }
      try checkLeft(
        of: Amount(minorUnits: payment.amount, currency: payment.currency), past, asked: reversal.amount)
      postings =
        Postings(
          moving: reversal.amount, from: .member(original.signer), to: payment.to, in: payment.currency
        ).negated
    case .change(let change):
      postings = try wholeReversal(
        of: Amount(minorUnits: change.amount, currency: change.currency), past, reversal)
    case .reconversion(let reconversion):
      postings = try wholeReversal(
        of: Amount(minorUnits: reconversion.amount, currency: reconversion.currency), past, reversal)
    case .genesis, .rules, .ledgerKey, .currency, .setting, .member, .role, .accreditation, .status, .key,
      .card,
      .limits, .request, .cancel, .void, .reversal, .euro, .settle, .erase, .cutoff, .closing, .access:
      throw .notReversible
    }
    try check(postings, at: context.time, ignoresCeilings: true)
    return Effect(
      postings: postings, changes: [.reversed(record: reversal.record, amount: reversal.amount)])
  }

  private func wholeReversal(
    of amount: Amount, _ past: PastRecord, _ reversal: Reversal
  ) throws(Refusal) -> Postings {
    guard reversal.reason != nil else { throw .reasonMissing }
    guard past.reversed == 0 else {
      throw .reversalExceeds(left: Amount(minorUnits: 0, currency: amount.currency))
    }
    guard reversal.amount == amount.minorUnits else { throw .amountDiffers(expected: amount) }
    return past.record.postings.negated
  }

  /// Refuses to undo more than what is left of the original.
  private func checkLeft(of amount: Amount, _ past: PastRecord, asked: Int64) throws(Refusal) {
    let left = amount.minorUnits - past.reversed
    guard asked <= left else {
      throw .reversalExceeds(left: Amount(minorUnits: left, currency: amount.currency))
    }
  }

  /// A closed member takes part in nothing; one who refunds must be active. An officer may mend a suspended one's.
  private func checkParties(of record: Record, isRefund: Bool) throws(Refusal) {
    for number in record.postings.legs.compactMap(\.account.name.member) {
      let status = try known(number).status
      guard status == .active || (status == .suspended && !isRefund) else {
        throw .suspended(.member(number))
      }
    }
  }
}
