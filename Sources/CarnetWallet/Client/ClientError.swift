/// Why a ledger did not do what a wallet asked.
public enum ClientError: Error, Hashable, Sendable {
  /// Nothing was sent, or the other side kept saying that it is busy: nothing happened.
  case unreachable(String)
  /// The ledger said no.
  case refused(Refused)
  /// It may have happened: the same request again settles it.
  case outcomeUnknown(String)
  /// What came back is not what a ledger says, or does not hold what it must.
  case badAnswer(String)

  /// A problem as the ledger wrote it (RFC 9457).
  public struct Refused: Hashable, Sendable {
    public let status: Int
    public let code: String
    /// For people, in the language that was asked for.
    public let detail: String

    public init(status: Int, code: String, detail: String) {
      (self.status, self.code, self.detail) = (status, code, detail)
    }
  }
}
