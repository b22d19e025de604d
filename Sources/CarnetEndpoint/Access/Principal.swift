import CarnetJournal
import CarnetLedger
import CarnetNotes

/// On whose behalf a request is answered.
public enum Principal: Sendable {
  /// Nobody known.
  case anyone
  /// Whoever may read the ledger's own files: everything may be read.
  case local
  /// The bearer of a token.
  case bearer(Grant)
  /// The bearer of a till's token: it asks to be paid and reads that till, nothing else.
  case till(TillGrant)

  /// What a token gives.
  public struct Grant: Hashable, Sendable {
    let member: MemberNumber
    let scope: AccessScope
    /// The key that signed for it: what it gives ends with the key.
    let key: PublicKey
    /// Unix seconds.
    let expires: Int64
  }

  /// What a till's token gives.
  public struct TillGrant: Hashable, Sendable {
    let till: Till
  }

  /// Whether everything may be read.
  var readsAll: Bool {
    switch self {
    case .anyone, .till: false
    case .local: true
    case .bearer(let grant): grant.scope == .audit
    }
  }

  /// Whether the account of a member may be read.
  func reads(_ number: MemberNumber) -> Bool {
    guard case .bearer(let grant) = self, grant.scope == .account else { return readsAll }
    return grant.member == number
  }

  /// Whether what a counter needs may be read.
  var servesCounter: Bool {
    guard case .bearer(let grant) = self else { return readsAll }
    return grant.scope == .counter
  }

  /// Whether it is known who asks.
  var isKnown: Bool {
    if case .anyone = self { false } else { true }
  }
}
