extension LedgerState {
  /// Checks that the legs may be posted: first overflow over all of them, then floors, then ceilings.
  ///
  /// A leg that lowers a balance must leave it at or above the floor, one that raises it at or below the ceiling. Each
  /// account stands in one leg only. Over all backed currencies what circulates stays within the reserve.
  ///
  /// - Parameter exempt: an account that floor and ceiling do not hold back, because it is emptied.
  func check(
    _ postings: Postings, at time: Timestamp, ignoresCeilings: Bool = false, exempt: AccountID? = nil
  ) throws(Refusal) {
    // Looked up once: of all that is asked of a payment this takes the longest.
    let balances = postings.legs.map { book.balance(of: $0.account) }
    for (leg, balance) in zip(postings.legs, balances) { _ = try balance.adding(leg.amount) }
    for (leg, balance) in zip(postings.legs, balances) where leg.amount < 0 && leg.account != exempt {
      guard let floor = limits(of: leg.account, at: time).floor else { continue }
      let available = balance - floor
      guard -leg.amount <= available else {
        throw .insufficientFunds(leg.account, available: max(0, available))
      }
    }
    try checkReserve(after: postings)
    guard !ignoresCeilings else { return }
    for (leg, balance) in zip(postings.legs, balances) where leg.amount > 0 && leg.account != exempt {
      guard let ceiling = limits(of: leg.account, at: time).ceiling else { continue }
      let room = ceiling - balance
      guard leg.amount <= room else { throw .ceilingExceeded(leg.account, room: max(0, room)) }
    }
  }

  /// Refuses postings that would leave more in circulation than the reserve holds.
  private func checkReserve(after postings: Postings) throws(Refusal) {
    guard postings.legs.contains(where: { $0.account.name.member == nil }) else { return }
    let reserve = AccountID(.reserve, .euro)
    let available = book.balance(of: reserve) - book.issued
    var left = available
    for leg in postings.legs {
      if leg.account.name == .system(.circulation) { left += leg.amount }
      if leg.account == reserve { left += leg.amount }
    }
    guard left < 0 else { return }
    throw .insufficientFunds(reserve, available: max(0, available))
  }
}
