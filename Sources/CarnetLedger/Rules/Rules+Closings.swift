import CarnetNotes

extension LedgerState {
  /// `cutoff`: the sums behind this very record, and the hash of the whole state.
  func effect(of order: CutoffOrder, in context: RuleContext) throws(Refusal) -> Effect {
    var sums: [Cutoff.Sums] = []
    for currency in currencies { sums.append(try self.sums(of: currency)) }
    let cutoff = Cutoff(
      number: context.number, period: order.period, time: context.time, sums: sums,
      reserve: book.balance(of: AccountID(.reserve, .euro)),
      state: canonicalHash(number: context.number, time: context.time))
    return Effect(changes: [.cutoff(cutoff)])
  }

  /// `closing`: totals equal to the cutoff's, and an attested reserve that covers what members hold.
  func effect(of closing: Closing, in context: RuleContext) throws(Refusal) -> Effect {
    guard let cutoff = cutoffs[closing.cutoff] else { throw .unknownCutoff }
    guard cutoff.closedIn == nil else { throw .alreadyClosed }
    guard closing.state == cutoff.state else { throw .stateDiffers }
    try checkTotals(of: closing, against: cutoff)
    try checkAttestation(of: closing, against: cutoff)
    return Effect(changes: [.closed(cutoff: closing.cutoff, in: context.number)])
  }

  /// Each currency has its two sums, a tree that nobody would be in being left out.
  private func checkTotals(of closing: Closing, against cutoff: Cutoff) throws(Refusal) {
    var left = closing.totals[...]
    for sums in cutoff.sums.sorted(by: { $0.currency < $1.currency }) {
      for sign in BalanceSign.allCases {
        guard let total = left.first, total.currency == sums.currency, total.sign == sign else {
          guard sums.total(sign) == 0 else { throw .totalsDiffer(sums.currency) }
          continue
        }
        guard total.total == sums.total(sign) else { throw .totalsDiffer(sums.currency) }
        left = left.dropFirst()
      }
    }
    if let extra = left.first { throw .totalsDiffer(extra.currency) }
  }

  private func checkAttestation(of closing: Closing, against cutoff: Cutoff) throws(Refusal) {
    guard let covered = cutoff.covered else { throw .overflow }
    guard let attested = closing.attested else {
      guard !cutoff.sums.contains(where: \.isBacked) else { throw .reserveTooLow(needed: covered) }
      return
    }
    guard attested.amount >= covered else { throw .reserveTooLow(needed: covered) }
    guard attested.amount == cutoff.reserve || closing.reason != nil else { throw .reasonMissing }
  }

  /// `erase`: texts outside the log. What rules ask about is in the log, so nothing else changes.
  func effect(of erasure: Erasure, in context: RuleContext) throws(Refusal) -> Effect {
    switch erasure.target {
    case .member(let number):
      var member = try known(number)
      (member.card, member.officialCard) = (nil, nil)
      return Effect(changes: [.member(member), .erasedMember(number)])
    case .note:
      guard let past = context.facts.past else { throw .unknownRecord }
      // A card is in use as long as its member is: it goes with all of them.
      guard let (field, _) = past.record.text.operation.textHash, field != "card" else { throw .notErasable }
      return Effect(changes: [.erasedText(of: past.record.number)])
    }
  }
}
