/// The balances of all accounts that were ever posted to.
public struct Book: Sendable {
  /// Where each account stands in ``accounts`` and ``balances``.
  private var places: [AccountID: Int] = [:]
  /// In the order of their first posting.
  public private(set) var accounts: [AccountID] = []
  /// Minor units, at the places of ``accounts``.
  public private(set) var balances: [Int64] = []
  /// Minor units in circulation over all backed currencies: the sum of minus their `circulation`.
  public private(set) var issued: Int64 = 0

  package init() {}

  /// Takes up balances; accounts are distinct, or the caller is at fault.
  package init(_ balances: [(AccountID, Int64)]) {
    for (account, balance) in balances { add(balance, to: account) }
  }

  /// The account's balance in minor units, 0 where nothing was ever posted.
  public func balance(of account: AccountID) -> Int64 {
    places[account].map { balances[$0] } ?? 0
  }

  /// Where the account stands, `nil` before its first posting. Places never change.
  public func place(of account: AccountID) -> Int? { places[account] }

  /// Posts the legs; that they may be posted was checked before.
  mutating func post(_ postings: Postings) {
    for leg in postings.legs { add(leg.amount, to: leg.account) }
  }

  private mutating func add(_ amount: Int64, to account: AccountID) {
    if account.name == .system(.circulation) { issued -= amount }
    if let place = places[account] {
      balances[place] += amount
    } else {
      places[account] = accounts.count
      accounts.append(account)
      balances.append(amount)
    }
  }
}
