import CarnetLedger
import CarnetNotes

extension JournalModel {
  /// What a kind of note does beside its postings, which are given back; both only where nothing is against it.
  mutating func carryOut(_ text: NoteText, id: NoteID, at time: Int64) throws(No) -> [Posting] {
    switch text.operation {
    case .payment(let payment), .cheque(let payment): return try pay(payment, from: text.signer, at: time)
    case .request(let request):
      try checkActive(text.signer)
      guard units[request.currency] != nil else { throw No("currency-mismatch") }
    case .cancel(let cancellation):
      try checkActive(text.signer)
      let (place, request) = try open(cancellation.request, at: time)
      guard request.signer == text.signer else { throw No("request-differs") }
      entries[place].isCancelled = true
    case .change(let change): return try self.change(change)
    case .reconversion(let reconversion): return try reconvert(reconversion, by: text.signer)
    case .reversal(let reversal): return try reverse(reversal, by: text.signer)
    case .status(let change): try setStatus(change, at: time)
    case .limits(let change): try setLimits(change)
    case .key(let change):
      try setKey(change, by: text.signer, note: id, at: time)
    case .void(let order): try void(order.note, by: text.signer, at: time)
    default: throw No("not-modelled")
    }
    return []
  }

  /// A request that nothing became of yet, with its place among the records.
  private func open(_ id: NoteID, at time: Int64) throws(No) -> (Int, NoteText) {
    guard let number = numbers[id], let text = entries[Int(number)].text, case .request = text.operation
    else {
      throw No("unknown-request")
    }
    guard !entries[Int(number)].isCancelled else { throw No("request-cancelled") }
    guard time <= text.until * 1_000 else { throw No("request-expired") }
    guard !entries[Int(number)].isPaid else { throw No("request-paid") }
    return (Int(number), text)
  }

  private mutating func answer(_ payment: Payment, at time: Int64) throws(No) {
    guard let id = payment.request else { return }
    let (place, text) = try open(id, at: time)
    guard case .request(let request) = text.operation, payment.to == .member(text.signer),
      (payment.currency, payment.amount) == (request.currency, request.amount)
    else { throw No("request-differs") }
    entries[place].isPaid = true
  }

  private mutating func pay(_ payment: Payment, from payer: MemberNumber, at time: Int64) throws(No)
    -> [Posting]
  {
    if case .member(let payee) = payment.to { _ = try person(payee) }
    try checkActive(payer)
    if case .member(let payee) = payment.to { try checkActive(payee) }
    try answer(payment, at: time)
    guard payment.to != .member(payer) else { throw No("same-account") }
    guard units[payment.currency] != nil else { throw No("currency-mismatch") }
    return try posted([
      leg(.member(payer), payment.currency, -payment.amount),
      leg(payment.to, payment.currency, payment.amount),
    ])
  }

  private mutating func change(_ change: Change) throws(No) -> [Posting] {
    _ = try person(change.to)
    let taken = references[change.reference, default: []].contains { number in
      guard case .change(let earlier) = entries[number].text?.operation else { return false }
      return entries[number].undone < earlier.amount
    }
    guard !taken else { throw No("duplicate-reference") }
    try checkActive(change.to)
    guard units[change.currency]?.isBacked ?? false else { throw No("currency-mismatch") }
    let (amount, code) = (change.amount, change.currency)
    let legs = try posted([
      leg(.member(change.to), code, amount), leg(.system(.circulation), code, -amount),
      leg(.system(.reserve), .euro, amount), leg(.system(.outside), .euro, -amount),
    ])
    references[change.reference, default: []].append(entries.count)
    return legs
  }

  private func reconvert(_ order: Reconversion, by business: MemberNumber) throws(No) -> [Posting] {
    let owner = try person(business)
    guard owner.kind == .business, owner.isAccredited else { throw No("not-accredited") }
    try checkActive(business)
    // Amounts are below 2^53 and the rate is at most 10^4: 2^67 at most, so in two parts.
    let (whole, rest) = order.amount.quotientAndRemainder(dividingBy: 10_000)
    let fee = whole * feeRate + rest * feeRate / 10_000
    guard order.fee == fee else { throw No("fee-differs") }
    guard units[order.currency]?.isBacked ?? false else { throw No("currency-mismatch") }
    let (amount, code) = (order.amount, order.currency)
    return try posted([
      leg(.member(business), code, -amount), leg(.system(.circulation), code, amount),
      leg(.system(.reserve), .euro, -amount), leg(.system(.outside), .euro, amount - fee),
      leg(.system(.fees), .euro, fee),
    ])
  }

  private mutating func reverse(_ reversal: Reversal, by signer: MemberNumber) throws(No) -> [Posting] {
    guard let original = entry(reversal.record) else { throw No("unknown-record") }
    let isRefund = payee(of: original) == .member(signer)
    for case .member(let number) in original.legs.map(\.account.name) {
      let status = people[number]?.status
      guard status == .active || (status == .suspended && !isRefund) else { throw No("suspended") }
    }
    var legs = original.legs.map { Posting($0.account, -$0.amount) }
    switch original.text?.operation {
    case .payment(let payment), .cheque(let payment):
      guard isRefund || reversal.reason != nil else { throw No("reason-missing") }
      guard original.undone + reversal.amount <= payment.amount else { throw No("reversal-exceeds") }
      legs = legs.map { Posting($0.account, $0.amount > 0 ? reversal.amount : -reversal.amount) }
    case .change(let change): try checkWhole(reversal, of: original, amount: change.amount)
    case .reconversion(let order): try checkWhole(reversal, of: original, amount: order.amount)
    default: throw No("not-reversible")
    }
    legs = try posted(legs, ignoringCeilings: true)
    entries[Int(reversal.record)].undone += reversal.amount
    return legs
  }

  private func checkWhole(_ reversal: Reversal, of original: Entry, amount: Int64) throws(No) {
    guard reversal.reason != nil else { throw No("reason-missing") }
    guard original.undone == 0 else { throw No("reversal-exceeds") }
    guard reversal.amount == amount else { throw No("amount-differs") }
  }
}

extension JournalModel {
  private mutating func setStatus(_ change: StatusChange, at time: Int64) throws(No) {
    _ = try person(change.number)
    if change.value == .closed {
      let isEmpty = units.keys.allSatisfy { balances[AccountID(change.number, $0), default: 0] == 0 }
      guard isEmpty else { throw No("balance-not-zero") }
    }
    people[change.number]?.status = change.value
    if people[change.number]?.roles.contains(.officer) ?? false { try checkOfficersLeft(at: time) }
  }

  private mutating func setLimits(_ change: LimitsChange) throws(No) {
    _ = try person(change.number)
    guard let unit = units[change.currency] else { throw No("currency-mismatch") }
    if let floor = change.floor ?? unit.floor, let ceiling = change.ceiling ?? unit.ceiling {
      guard floor <= ceiling else { throw No("limits-invalid") }
    }
    if unit.isBacked, let floor = change.floor, floor < 0 { throw No("limits-invalid") }
    people[change.number]?.floors[change.currency] = change.floor
    people[change.number]?.ceilings[change.currency] = change.ceiling
  }

  private mutating func setKey(
    _ change: KeyChange, by signer: MemberNumber, note: NoteID, at time: Int64
  ) throws(No) {
    let keys = try person(change.number).keys
    switch change.action {
    case .add:
      let isTaken = people.values.contains { $0.keys.contains { $0.key == change.memberKey } }
      guard !isTaken, change.memberKey != ledgerKey else { throw No("key-taken") }
      guard change.memberKey.isValidPoint else { throw No("key-invalid") }
      guard keys.count < 64 else { throw No("too-many-keys") }
      let from = change.number == signer ? time : time + 3 * JournalModel.day
      people[change.number]?.keys.append(
        Key(key: change.memberKey, use: change.use, from: from, note: note))
    case .revoke:
      let place = keys.firstIndex { $0.key == change.memberKey && $0.use == change.use && !$0.isRevoked }
      guard let place else { throw No("no-such-key") }
      people[change.number]?.keys[place].isRevoked = true
    }
    if people[change.number]?.roles.contains(.officer) ?? false { try checkOfficersLeft(at: time) }
  }

  private mutating func void(_ note: NoteID, by signer: MemberNumber, at time: Int64) throws(No) {
    guard numbers[note] != nil else {
      voids[note, default: []].insert(signer)
      return
    }
    let waiting = try person(signer).keys.firstIndex { $0.note == note && $0.from > time && !$0.isRevoked }
    guard let waiting else { throw No("already-recorded") }
    people[signer]?.keys[waiting].isRevoked = true
  }
}

extension JournalModel {
  private func leg(_ name: AccountName, _ code: CurrencyCode, _ amount: Int64) -> Posting {
    Posting(AccountID(name, code), amount)
  }

  /// Lowest and highest balance of an account.
  func limits(of account: AccountID) -> (floor: Int64?, ceiling: Int64?) {
    switch account.name {
    case .system(.circulation), .system(.outside): return (nil, nil)
    case .system: return (0, nil)
    case .member(let number):
      let (person, unit) = (people[number], units[account.currency])
      return (
        person?.floors[account.currency] ?? unit?.floor, person?.ceilings[account.currency] ?? unit?.ceiling
      )
    }
  }

  /// The legs without those of zero, where the balances allow them: what a number holds, floors, the reserve, ceilings.
  private func posted(_ legs: [Posting], ignoringCeilings: Bool = false) throws(No) -> [Posting] {
    let legs = legs.filter { $0.amount != 0 }
    var after = balances
    for leg in legs { after[leg.account, default: 0] += leg.amount }
    let changed = legs.map {
      (leg: $0, balance: after[$0.account, default: 0], limits: limits(of: $0.account))
    }
    guard changed.allSatisfy({ abs($0.balance) <= JournalModel.most }) else { throw No("overflow") }
    for (leg, balance, limits) in changed where leg.amount < 0 {
      if let floor = limits.floor, balance < floor { throw No("insufficient-funds") }
    }
    let issued = after.reduce(0) { $1.key.name == .system(.circulation) ? $0 - $1.value : $0 }
    guard issued <= after[AccountID(.reserve, .euro), default: 0] else { throw No("insufficient-funds") }
    for (leg, balance, limits) in changed where leg.amount > 0 && !ignoringCeilings {
      if let ceiling = limits.ceiling, balance > ceiling { throw No("ceiling-exceeded") }
    }
    return legs
  }
}
