/// A quantity of one currency, counted in minor units: 1.00 EUR is 100.
///
/// Arithmetic neither wraps nor rounds: a result that is beyond ``Quantity/balances`` is refused.
public struct Amount: Hashable, Sendable, CustomStringConvertible {
  /// Count of minor units, negative for what was given on credit.
  public let minorUnits: Int64
  public let currency: CurrencyCode

  public init(minorUnits: Int64, currency: CurrencyCode) {
    (self.minorUnits, self.currency) = (minorUnits, currency)
  }

  /// Returns the exact sum of two amounts of one currency.
  ///
  /// - Throws: ``Refusal/currencyMismatch(_:)`` or ``Refusal/overflow``.
  public func adding(_ other: Amount) throws(Refusal) -> Amount {
    guard currency == other.currency else { throw .currencyMismatch(other.currency) }
    return Amount(minorUnits: try minorUnits.adding(other.minorUnits), currency: currency)
  }

  /// Minor units and code, for logs and errors; people are shown `AmountText`.
  public var description: String { "\(minorUnits) \(currency)" }
}

extension Int64 {
  /// The exact sum, within what a balance may be.
  func adding(_ other: Int64) throws(Refusal) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    guard !overflow, Quantity.balances.contains(sum) else { throw .overflow }
    return sum
  }
}
