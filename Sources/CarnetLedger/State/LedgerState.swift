public import CarnetNotes

/// The rules' whole picture of a ledger: who belongs to it, what holds, what everyone has.
///
/// It is a value without clock, disk or network. What grows with the number of records is not in it: a rule that needs
/// the past is handed ``Facts``. Records are applied one after the other; the same ones give the same state.
public struct LedgerState: Sendable {
  /// The newest rules this code knows; a ledger that asks for later ones is refused.
  public static let rulesNewest: UInt64 = 1

  public let origin: Origin
  /// The name of the place.
  public let name: FreeText
  public let purpose: Purpose
  /// The rules number in force.
  public internal(set) var rules: UInt64
  public internal(set) var ledgerKeys: LedgerKeys
  /// In the order they were opened; the euro is not among them.
  public internal(set) var currencies: [Currency] = []
  /// Every vote, by setting.
  public internal(set) var settings: [SettingName: Timeline] = [:]
  public internal(set) var members: [MemberNumber: Member] = [:]
  public internal(set) var book = Book()
  /// By the number of their record.
  public internal(set) var cutoffs: [UInt64: Cutoff] = [:]
  /// Records so far: the number of the next one.
  public internal(set) var size: UInt64 = 0
  /// The time of the newest record.
  public internal(set) var time = Timestamp(milliseconds: 0)

  /// Whose each key is, revoked ones included, and when it counts.
  var keyStandings: [PublicKey: KeyStanding] = [:]
  /// What nearly every note asks of a member.
  var standings: [MemberNumber: Standing] = [:]
  var handles: [Handle: MemberNumber] = [:]
  /// Members with the officer's role, whatever their status.
  var officers: Set<MemberNumber> = []

  init(origin: Origin, genesis: Genesis) {
    (self.origin, name, purpose, rules) = (origin, genesis.name, genesis.purpose, genesis.rules)
    ledgerKeys = LedgerKeys(first: genesis.ledgerKey)
  }

  /// What a store keeps of a state to take it up again.
  package struct Parts: Sendable {
    package var origin: Origin
    package var name: FreeText
    package var purpose: Purpose
    package var rules: UInt64
    package var ledgerKeys: LedgerKeys
    package var currencies: [Currency]
    package var settings: [SettingName: Timeline]
    package var members: [Member]
    package var balances: [(AccountID, Int64)]
    package var cutoffs: [Cutoff]
    package var size: UInt64
    package var time: Timestamp

    package init(
      origin: Origin, name: FreeText, purpose: Purpose, rules: UInt64, ledgerKeys: LedgerKeys,
      currencies: [Currency], settings: [SettingName: Timeline], members: [Member],
      balances: [(AccountID, Int64)], cutoffs: [Cutoff], size: UInt64, time: Timestamp
    ) {
      (self.origin, self.name, self.purpose, self.rules) = (origin, name, purpose, rules)
      (self.ledgerKeys, self.currencies, self.settings) = (ledgerKeys, currencies, settings)
      (self.members, self.balances, self.cutoffs) = (members, balances, cutoffs)
      (self.size, self.time) = (size, time)
    }
  }

  /// Takes up a state where a store left it.
  package init(_ parts: Parts) {
    (origin, name, purpose, rules) = (parts.origin, parts.name, parts.purpose, parts.rules)
    (ledgerKeys, currencies, settings) = (parts.ledgerKeys, parts.currencies, parts.settings)
    (book, size, time) = (Book(parts.balances), parts.size, parts.time)
    for member in parts.members { enrol(member) }
    for cutoff in parts.cutoffs { cutoffs[cutoff.number] = cutoff }
  }

  /// Puts a member into every picture of it.
  mutating func enrol(_ member: Member) {
    members[member.number] = member
    standings[member.number] = Standing(member)
    for key in member.keys {
      keyStandings[key.publicKey] = KeyStanding(
        key, of: member.number, at: origin, lineID: keyStandings[key.publicKey]?.lineID)
    }
    if let handle = member.card?.handle { handles[handle] = member.number }
    if member.isOfficer { officers.insert(member.number) }
  }
}

extension LedgerState {
  /// The currency of a code, `nil` where there is none; the euro is none.
  public func currency(_ code: CurrencyCode) -> Currency? {
    currencies.first { $0.code == code }
  }

  /// Whether there is a currency of the code.
  func isOpen(_ code: CurrencyCode) -> Bool { currencies.contains { $0.code == code } }

  /// Whether the ledger books euros: it does from its first backed currency on.
  public var hasEuro: Bool { currencies.contains { $0.kind == .backed } }

  /// The member of a handle.
  public func member(_ handle: Handle) -> Member? {
    handles[handle].flatMap { members[$0] }
  }

  /// The member of a number.
  public func member(_ number: MemberNumber) -> Member? { members[number] }

  /// The member whose key this is or was.
  public func owner(of key: PublicKey) -> MemberNumber? { keyStandings[key]?.member }

  /// Minor units of a balance.
  public func balance(of account: AccountID) -> Int64 { book.balance(of: account) }

  /// Minor units of a backed currency that are in circulation.
  public func circulation(of code: CurrencyCode) -> Int64 {
    -book.balance(of: AccountID(.circulation, code))
  }

  /// Lowest and highest balance of an account at a time.
  public func limits(of account: AccountID, at time: Timestamp) -> BalanceLimits {
    switch account.name {
    case .system(.circulation), .system(.outside): return BalanceLimits(floor: nil, ceiling: nil)
    case .system(.reserve), .system(.fees), .system(.commons): return BalanceLimits(floor: 0, ceiling: nil)
    case .member(let number):
      let general = generalLimits(of: account.currency, at: time)
      guard standings[number]?.hasLimits ?? false else { return general }
      let own = members[number]?.limits[account.currency]
      return BalanceLimits(floor: own?.floor ?? general.floor, ceiling: own?.ceiling ?? general.ceiling)
    }
  }

  /// What holds for members without limits of their own.
  public func generalLimits(of code: CurrencyCode, at time: Timestamp) -> BalanceLimits {
    let limits = currency(code)?.limits ?? BalanceLimits(floor: 0, ceiling: nil)
    guard !settings.isEmpty else { return limits }
    let floor = settings[.floor(code)]?.entry(at: time)
    let ceiling = settings[.ceiling(code)]?.entry(at: time)
    return BalanceLimits(
      floor: floor.map(\.value) ?? limits.floor, ceiling: ceiling.map(\.value) ?? limits.ceiling)
  }

  /// Hundredths of a percent kept back from reconversions at a time; none unless voted.
  public func reconversionFee(at time: Timestamp) -> Int64 {
    settings[.reconversionFee]?.entry(at: time)?.value ?? 0
  }

  /// Seconds before a key that officers gave becomes active.
  public func keyDelay(at time: Timestamp) -> Int64 {
    settings[.keyDelay]?.entry(at: time)?.value ?? Limits.keyDelaySecondsDefault
  }

  /// Officers who must sign notes of the kind.
  public func quorum(of kind: NoteKind, at time: Timestamp) -> Int {
    settings[.quorum(kind)]?.entry(at: time)?.value.map { Int($0) } ?? 1
  }

  /// The largest quorum in force; where `scheduled` is set, also of those that are to come.
  func largestQuorum(at time: Timestamp, scheduled: Bool = false) -> Int {
    var largest = 1
    for (name, timeline) in settings {
      guard case .quorum = name else { continue }
      let future = timeline.entries.filter { Timestamp(seconds: $0.starts) > time }
      for entry in [timeline.entry(at: time)].compactMap(\.self) + (scheduled ? future : []) {
        largest = max(largest, entry.value.map { Int($0) } ?? 1)
      }
    }
    return largest
  }

  /// Officers who can act at that time.
  func activeOfficers(at time: Timestamp) -> Set<MemberNumber> {
    officers.filter { number in
      members[number].map { $0.status == .active && $0.hasActiveKey(at: time) } ?? false
    }
  }
}
