/// The settings an assembly can vote, by the names their records carry.
public enum SettingName: Hashable, Sendable, CustomStringConvertible {
  /// `quorum.<kind>`: officers who must sign notes of the kind.
  case quorum(NoteKind)
  /// `reconversion-fee`: hundredths of a percent kept back from a reconversion.
  case reconversionFee
  /// `key-delay`: seconds before a key that officers gave for a lost one becomes active.
  case keyDelay
  /// `floor.<currency>`: lowest balance of members without a floor of their own, in minor units.
  case floor(CurrencyCode)
  /// `ceiling.<currency>`: highest balance of members without a ceiling of their own, in minor units.
  case ceiling(CurrencyCode)

  /// Reads a name; `nil` for any other.
  public init?(_ text: some Collection<UInt8>) {
    let parts = Array(text).split(
      separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(decoding: parts[0], as: UTF8.self)
    guard parts.count == 2 else {
      switch head {
      case "reconversion-fee": self = .reconversionFee
      case "key-delay": self = .keyDelay
      default: return nil
      }
      return
    }
    let tail = String(decoding: parts[1], as: UTF8.self)
    switch (head, NoteKind(rawValue: tail), CurrencyCode(tail)) {
    case ("quorum", let kind?, _) where kind.hasQuorum: self = .quorum(kind)
    case ("floor", _, let code?) where code != .euro: self = .floor(code)
    case ("ceiling", _, let code?) where code != .euro: self = .ceiling(code)
    default: return nil
    }
  }

  /// Reads a name; `nil` for any other.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  public var description: String {
    switch self {
    case .quorum(let kind): "quorum.\(kind.rawValue)"
    case .reconversionFee: "reconversion-fee"
    case .keyDelay: "key-delay"
    case .floor(let code): "floor.\(code)"
    case .ceiling(let code): "ceiling.\(code)"
    }
  }
}
