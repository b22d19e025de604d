/// One leg of a record: an account and what it gains (positive) or gives (negative), in minor units, never zero.
public struct Posting: Hashable, Sendable {
  public let account: AccountID
  public let amount: Int64

  public init(_ account: AccountID, _ amount: Int64) {
    (self.account, self.amount) = (account, amount)
  }
}

/// The legs of one record in the order the rule makes them; they sum to zero in every currency.
public struct Postings: Hashable, Sendable {
  /// Legs of one record: the reversal of a reconversion has the most.
  public static let countMax = 8

  public let legs: [Posting]

  /// No legs: the record moves nothing.
  public static let none = Postings(unchecked: [])

  private init(unchecked legs: [Posting]) {
    self.legs = legs
  }

  /// Takes over legs that balance; `nil` where they do not, one is zero or beyond an amount, or there are too many.
  public init?(_ legs: [Posting]) {
    guard legs.count <= Postings.countMax,
      legs.allSatisfy({ $0.amount != 0 && Quantity.balances.contains($0.amount) })
    else { return nil }
    // Eight amounts below 2^53 in magnitude cannot overflow a sum of 64 bits.
    for leg in legs {
      let sum = legs.reduce(Int64(0)) { $1.account.currency == leg.account.currency ? $0 + $1.amount : $0 }
      guard sum == 0 else { return nil }
    }
    self.init(unchecked: legs)
  }

  /// A move of `amount`, which is positive, from one account to another of the same currency.
  init(moving amount: Int64, from source: AccountName, to target: AccountName, in currency: CurrencyCode) {
    self.init(unchecked: [
      Posting(AccountID(source, currency), -amount), Posting(AccountID(target, currency), amount),
    ])
  }

  /// The legs of both, in order.
  func followed(by other: Postings) -> Postings {
    Postings(unchecked: legs + other.legs)
  }

  /// The same legs the other way round, each in its place.
  var negated: Postings {
    Postings(unchecked: legs.map { Posting($0.account, -$0.amount) })
  }
}
