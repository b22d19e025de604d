import CarnetLedger
import CarnetNotes

/// Counts the figures of one currency, record by record, in the order of the journal.
///
/// It holds balances and, of the present month alone, who took part; what it keeps does not grow with the records. Sums are
/// made in 128 bits, which no count of records fills; one that 64 bits cannot hold is refused, never wrapped or cut.
struct FigureCounter {
  let currency: Currency
  private(set) var balances: [AccountName: Int64] = [:]
  private(set) var months: [MonthFigures] = []
  /// Unsuppressed, for the velocity.
  private var volumes: [Int128] = []
  private var everActive: Set<MemberNumber> = []
  private var month: Month?

  private struct Month {
    let label: String
    var issued: Int128 = 0
    var redeemed: Int128 = 0
    var volume: Int128 = 0
    var changers: Set<MemberNumber> = []
    var redeemers: Set<MemberNumber> = []
    var payers: Set<MemberNumber> = []
  }

  init(_ currency: Currency) {
    self.currency = currency
  }

  /// Ends the months before that moment; those without any record are counted too.
  mutating func advance(to time: Timestamp, reserve: Int64) throws(Refusal) {
    let label = FigureCounter.label(of: time)
    guard let current = month else {
      month = Month(label: label)
      return
    }
    guard current.label != label else { return }
    try end(current, reserve: reserve)
    var next = FigureCounter.label(after: current.label)
    while next < label {
      try end(Month(label: next), reserve: reserve)
      next = FigureCounter.label(after: next)
    }
    month = Month(label: label)
  }

  private mutating func end(_ month: Month, reserve: Int64) throws(Refusal) {
    let isBacked = currency.kind == .backed
    func shown(_ figure: Int128, _ accounts: Set<MemberNumber>) throws(Refusal) -> Int64? {
      guard accounts.isEmpty || accounts.count >= PlaceReport.accountsMin else { return nil }
      return try FigureCounter.exact(figure)
    }
    everActive.formUnion(month.payers)
    volumes.append(month.volume)
    months.append(
      MonthFigures(
        label: month.label, circulation: try circulation(), reserve: isBacked ? reserve : nil,
        issued: isBacked ? try shown(month.issued, month.changers) : nil,
        redeemed: isBacked ? try shown(month.redeemed, month.redeemers) : nil,
        volume: try shown(month.volume, month.payers),
        active: try shown(Int128(month.payers.count), month.payers).map { Int($0) }))
  }

  private func circulation() throws(Refusal) -> Int64 {
    guard currency.kind == .mutual else { return -(balances[.system(.circulation)] ?? 0) }
    return try FigureCounter.sum(balances.values.filter { $0 > 0 })
  }

  /// The sum, where 64 bits hold it.
  private static func sum(_ values: some Sequence<Int64>) throws(Refusal) -> Int64 {
    try exact(values.reduce(Int128(0)) { $0 + Int128($1) })
  }

  private static func exact(_ figure: Int128) throws(Refusal) -> Int64 {
    guard let exact = Int64(exactly: figure) else { throw .overflow }
    return exact
  }

  /// Takes in a record; a reversal counts in its own month, by the kind of what it undoes.
  mutating func take(_ record: Record, undoing original: Operation?) {
    let legs = record.postings.legs.filter { $0.account.currency == currency.code }
    guard !legs.isEmpty else { return }
    for leg in legs { balances[leg.account.name, default: 0] += leg.amount }
    let (operation, sign): (Operation, Int128) =
      original.map { ($0, -1) } ?? (record.text.operation, 1)
    let members = legs.compactMap(\.account.name.member)
    let amount = legs.reduce(Int128(0)) { $0 + Int128(max(0, $1.amount)) }
    switch operation {
    case .payment, .cheque:
      month?.volume += sign * amount
      month?.payers.formUnion(members)
    case .change:
      month?.issued += sign * amount
      month?.changers.formUnion(members)
    case .reconversion:
      month?.redeemed += sign * amount
      month?.redeemers.formUnion(members)
    default: break
    }
  }

  /// All figures, the present month ended as it stands.
  mutating func figures(reserve: Int64, euros: [SystemAccount: Int64]) throws(Refusal) -> CurrencyFigures {
    if let month { try end(month, reserve: reserve) }
    let held = balances.compactMap { name, balance in name.member.map { _ in balance } }
    return CurrencyFigures(
      currency: currency, months: months, velocity: try velocity(),
      balances: BalanceGroup.groups(of: held, scale: currency.scale), spread: BalanceSpread(held),
      trialBalance: try trialBalance(held, euros))
  }

  private func velocity() throws(Refusal) -> Velocity? {
    let count = min(12, months.count)
    let circulations = months.suffix(count).reduce(Int128(0)) { $0 + Int128($1.circulation) }
    guard count > 0, circulations > 0, everActive.count >= PlaceReport.accountsMin else { return nil }
    let volume = volumes.suffix(count).reduce(0, +)
    return Velocity(
      months: count, volume: try FigureCounter.exact(volume),
      circulations: try FigureCounter.exact(circulations),
      hundredths: try FigureCounter.exact(volume * Int128(count) * 100 / circulations))
  }

  private func trialBalance(_ held: [Int64], _ euros: [SystemAccount: Int64]) throws(Refusal) -> [TrialLine] {
    var lines: [TrialLine] = []
    for system in SystemAccount.allCases {
      guard let balance = balances[.system(system)] else { continue }
      lines.append(TrialLine(account: .system(system), currency: currency.code, balance: balance))
    }
    let (above, below) = (held.filter { $0 > 0 }, held.filter { $0 < 0 })
    let isLarge = { (part: [Int64]) in part.count >= PlaceReport.accountsMin }
    if isLarge(above) && isLarge(below) {
      lines.append(
        TrialLine(account: .membersAbove, currency: currency.code, balance: try FigureCounter.sum(above)))
      lines.append(
        TrialLine(account: .membersBelow, currency: currency.code, balance: try FigureCounter.sum(below)))
    } else {
      lines.append(
        TrialLine(account: .members, currency: currency.code, balance: try FigureCounter.sum(held)))
    }
    guard currency.kind == .backed else { return lines }
    return lines
      + euros.sorted { $0.key.rawValue < $1.key.rawValue }.map {
        TrialLine(account: .system($0.key), currency: .euro, balance: $0.value)
      }
  }

  /// `2026-03`, in UTC.
  static func label(of time: Timestamp) -> String { String(time.rfc3339.prefix(7)) }

  /// The month after one.
  static func label(after label: String) -> String {
    let parts = label.split(separator: "-").compactMap { Int($0) }
    let (year, month) = (parts[0] + parts[1] / 12, parts[1] % 12 + 1)
    return "\(year)-\(month < 10 ? "0" : "")\(month)"
  }
}

extension BalanceGroup {
  /// Bounds in whole units.
  private static let bounds: [Int64] = [0, 1, 10, 50, 100, 500, 1_000, 5_000]

  /// Balances in ascending groups, each joined with the next until it holds five accounts; none where there are fewer.
  static func groups(of balances: [Int64], scale: Int) -> [BalanceGroup] {
    guard balances.count >= PlaceReport.accountsMin else { return [] }
    let unit = (0..<scale).reduce(Int64(1)) { product, _ in product * 10 }
    let edges: [Int64?] = [nil] + bounds.map { $0 * unit } + [nil]
    var groups: [BalanceGroup] = []
    var start = 0
    for end in 1..<edges.count {
      let (from, below) = (edges[start], edges[end])
      let count = balances.count { balance in
        balance >= from ?? .min && below.map { balance < $0 } ?? true
      }
      guard count >= PlaceReport.accountsMin else { continue }
      groups.append(BalanceGroup(from: from, below: below, accounts: count))
      start = end
    }
    // What is left above the last group is too few to stand alone.
    guard start < edges.count - 1, let last = groups.popLast() else { return groups }
    let counted = groups.reduce(0) { $0 + $1.accounts }
    return groups + [BalanceGroup(from: last.from, below: nil, accounts: balances.count - counted)]
  }
}
