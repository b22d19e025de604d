public import CarnetLedger
public import CarnetNotes

/// What a place's books say to its assembly: figures over all accounts, none over fewer than five.
public struct PlaceReport: Sendable {
  /// Accounts that a figure must cover to be shown.
  public static let accountsMin = 5

  public let origin: Origin
  /// The name of the place.
  public let name: String
  public let isTrial: Bool
  /// Records of the journal, and when the newest was made.
  public let size: UInt64
  public let time: Timestamp
  public let currencies: [CurrencyFigures]
  /// The oldest first.
  public let cutoffs: [Cutoff]
  /// The newest checkpoint, as the ledger signed it.
  public let checkpoint: SignedNote
}

/// The figures of one currency. Amounts are minor units, months calendar months in UTC.
public struct CurrencyFigures: Sendable {
  public let currency: Currency
  public let months: [MonthFigures]
  /// The sum of what members paid each other in the last twelve months, and of the month-end circulations.
  public let velocity: Velocity?
  /// Member accounts by their balance; empty where there are fewer than five.
  public let balances: [BalanceGroup]
  /// How unequally positive balances are spread; `nil` where there are fewer than five.
  public let spread: BalanceSpread?
  public let trialBalance: [TrialLine]
}

/// One month. A figure that fewer than five members' accounts are behind is `nil`.
public struct MonthFigures: Sendable {
  /// `2026-03`.
  public let label: String
  /// At the month's end: units in circulation; for a mutual currency the sum of the balances above zero.
  public let circulation: Int64
  /// At the month's end, cents; `nil` for a mutual currency.
  public let reserve: Int64?
  /// Euros changed into units.
  public let issued: Int64?
  /// Units changed back into euros.
  public let redeemed: Int64?
  /// Paid between members, what was reversed in the month taken off.
  public let volume: Int64?
  /// Member accounts with a payment.
  public let active: Int?
}

/// How often a unit changed hands: volume × months / the sum of the month-end circulations, a year's worth at most.
public struct Velocity: Sendable {
  public let months: Int
  public let volume: Int64
  /// The sum of the month-end circulations.
  public let circulations: Int64
  /// Hundredths.
  public let hundredths: Int64
}

/// Member accounts whose balance lies between two bounds.
public struct BalanceGroup: Hashable, Sendable {
  /// Minor units, included; `nil` for none.
  public let from: Int64?
  /// Minor units, not included; `nil` for none.
  public let below: Int64?
  public let accounts: Int
}

/// The Lorenz curve and the Gini coefficient of the balances above zero.
public struct BalanceSpread: Sendable {
  public let accounts: Int
  /// Ten-thousandths: 0 where all have the same, near 10000 where one has everything.
  public let gini: Int64
  /// From nobody to everybody, each step at least five accounts: shares of the accounts and of the units, in ten-thousandths.
  public let curve: [Point]

  public struct Point: Hashable, Sendable {
    public let accounts: Int64
    public let units: Int64
  }

  /// `nil` where fewer than five balances are above zero.
  init?(_ balances: [Int64]) {
    let sorted = balances.filter { $0 > 0 }.sorted()
    let count = sorted.count
    guard count >= PlaceReport.accountsMin else { return nil }
    accounts = count
    let total = sorted.reduce(UInt128(0)) { $0 + UInt128($1) }
    let weighted = sorted.enumerated().reduce(UInt128(0)) {
      $0 + UInt128($1.offset + 1) * UInt128($1.element)
    }
    // G = (2 Σ i·b − (n + 1) Σ b) / (n Σ b), with i from 1 in ascending order; never negative.
    let excess = 2 * weighted - UInt128(count + 1) * total
    gini = Int64(excess * 10_000 / (UInt128(count) * total))
    let steps = min(10, count / PlaceReport.accountsMin)
    var points = [Point(accounts: 0, units: 0)]
    var (sum, place) = (UInt128(0), 0)
    for step in 1...steps {
      let end = count * step / steps
      while place < end {
        sum += UInt128(sorted[place])
        place += 1
      }
      points.append(Point(accounts: Int64(end * 10_000 / count), units: Int64(sum * 10_000 / total)))
    }
    curve = points
  }
}

/// One line of the trial balance; all lines of a currency sum to zero.
public struct TrialLine: Hashable, Sendable {
  public enum Account: Hashable, Sendable {
    case system(SystemAccount)
    case members
    case membersAbove, membersBelow
  }

  public let account: Account
  public let currency: CurrencyCode
  /// Minor units.
  public let balance: Int64
}
