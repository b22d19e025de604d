/// Where the worth of a currency comes from.
public enum CurrencyKind: String, Hashable, Sendable, CaseIterable {
  /// One unit stands for one euro of the guarantee fund.
  case backed
  /// Credit between members: all balances sum to zero, nobody issues.
  case mutual
}

/// A unit of account as its `currency` record made it.
public struct Currency: Hashable, Sendable {
  /// Decimals of a mutual currency; a backed one has two, like the euro.
  public static let scales = 0...6

  public let code: CurrencyCode
  public let kind: CurrencyKind
  /// Decimals: 1 unit is 10^scale minor units.
  public let scale: Int
  /// The name people read.
  public let name: FreeText
  /// Lowest and highest balance of a member without limits of their own, unless a setting says otherwise.
  public let limits: BalanceLimits

  public init(code: CurrencyCode, kind: CurrencyKind, scale: Int, name: FreeText, limits: BalanceLimits) {
    (self.code, self.kind, self.scale, self.name, self.limits) = (code, kind, scale, name, limits)
  }
}

/// Lowest and highest balance an account may reach, in minor units; `nil` for no bound but that of all balances.
public struct BalanceLimits: Hashable, Sendable {
  public let floor: Int64?
  public let ceiling: Int64?

  public init(floor: Int64?, ceiling: Int64?) {
    (self.floor, self.ceiling) = (floor, ceiling)
  }

  /// Whether some balance lies between the two.
  var areOrdered: Bool {
    guard let floor, let ceiling else { return true }
    return floor <= ceiling
  }
}
