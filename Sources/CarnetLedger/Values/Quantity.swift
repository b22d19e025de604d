/// The bounds of amounts and balances: what every program that reads JSON can hold exactly.
public enum Quantity {
  /// The largest amount, and the largest magnitude of a balance: 2^53 − 1 minor units.
  public static let max: Int64 = 9_007_199_254_740_991

  /// What an amount may be.
  public static let amounts: ClosedRange<Int64> = 1...max

  /// What a balance, a floor or a ceiling may be.
  public static let balances: ClosedRange<Int64> = -max...max
}
