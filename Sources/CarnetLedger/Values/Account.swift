import CarnetNotes

/// An account of the ledger itself, under a lower-case name.
public enum SystemAccount: String, Hashable, Sendable, CaseIterable {
  /// Minus the units issued of a backed currency.
  case circulation
  /// The community's own account in any currency.
  case commons
  /// Euros kept back from reconversions.
  case fees
  /// The world the euros come from and go to.
  case outside
  /// Euros of the guarantee fund.
  case reserve

  /// Its place in the order of the names.
  var order: UInt64 {
    switch self {
    case .circulation: 0
    case .commons: 1
    case .fees: 2
    case .outside: 3
    case .reserve: 4
    }
  }
}

/// Whose account it is: a member's, or one of the ledger itself.
public enum AccountName: Hashable, Comparable, Sendable, CustomStringConvertible {
  case member(MemberNumber)
  case system(SystemAccount)

  /// Reads a number or the name of a system account, given as ASCII.
  public init?(_ text: some Collection<UInt8>) {
    if let number = MemberNumber(text) {
      self = .member(number)
    } else if let system = SystemAccount(rawValue: String(decoding: text, as: UTF8.self)) {
      self = .system(system)
    } else {
      return nil
    }
  }

  /// Reads a number or the name of a system account.
  public init?(_ text: String) {
    self.init(text.utf8)
  }

  /// The member's number, `nil` for an account of the ledger.
  public var member: MemberNumber? {
    if case .member(let number) = self { number } else { nil }
  }

  /// A number of its own for each name: members' numbers have 45 bits.
  private var code: UInt64 {
    switch self {
    case .member(let number): number.value
    case .system(let system): UInt64.max - system.order
    }
  }

  public static func == (left: AccountName, right: AccountName) -> Bool { left.code == right.code }

  public func hash(into hasher: inout Hasher) { hasher.combine(code) }

  public var description: String {
    switch self {
    case .member(let number): number.description
    case .system(let system): system.rawValue
    }
  }

  /// Writes the name behind `text`.
  func append(to text: inout [UInt8]) {
    switch self {
    case .member(let number): number.append(to: &text)
    case .system(let system): text.append(utf8: system.rawValue)
    }
  }

  /// Orders like the texts do, byte by byte: digits and upper case before lower case.
  public static func < (left: AccountName, right: AccountName) -> Bool {
    switch (left, right) {
    case (.member(let left), .member(let right)): left < right
    case (.member, .system): true
    case (.system, .member): false
    case (.system(let left), .system(let right)):
      left.order < right.order
    }
  }
}

/// One account: a name in one currency.
public struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let name: AccountName
  public let currency: CurrencyCode

  public init(_ name: AccountName, _ currency: CurrencyCode) {
    (self.name, self.currency) = (name, currency)
  }

  /// A member's account.
  public init(_ number: MemberNumber, _ currency: CurrencyCode) {
    self.init(.member(number), currency)
  }

  /// An account of the ledger itself.
  public init(_ system: SystemAccount, _ currency: CurrencyCode) {
    self.init(.system(system), currency)
  }

  public var description: String { "\(name) \(currency)" }

  public static func < (left: AccountID, right: AccountID) -> Bool {
    (left.name, left.currency) < (right.name, right.currency)
  }
}
