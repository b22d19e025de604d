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
    for leg in postings.legs { _ = try book.balance(of: leg.account).adding(leg.amount) }
    for leg in postings.legs where leg.amount < 0 && leg.account != exempt {
      guard let floor = limits(of: leg.account, at: time).floor else { continue }
      let available = book.balance(of: leg.account) - floor
      guard -leg.amount <= available else {
        throw .insufficientFunds(leg.account, available: max(0, available))
      }
    }
    try checkReserve(after: postings)
    guard !ignoresCeilings else { return }
    for leg in postings.legs where leg.amount > 0 && leg.account != exempt {
      guard let ceiling = limits(of: leg.account, at: time).ceiling else { continue }
      let room = ceiling - book.balance(of: leg.account)
      guard leg.amount <= room else { throw .ceilingExceeded(leg.account, room: max(0, room)) }
    }
  }

  /// Refuses postings that would leave more in circulation than the reserve holds.
  private func checkReserve(after postings: Postings) throws(Refusal) {
    let reserve = AccountID(.reserve, .euro)
    var (issued, held) = (book.issued, book.balance(of: reserve))
    var concernsReserve = false
    for leg in postings.legs {
      if leg.account.name == .system(.circulation) { issued -= leg.amount }
      if leg.account == reserve { held += leg.amount }
      concernsReserve = concernsReserve || leg.account.name.member == nil
    }
    guard concernsReserve, issued > held else { return }
    throw .insufficientFunds(reserve, available: max(0, book.balance(of: reserve) - book.issued))
  }
}
