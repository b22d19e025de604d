import CarnetLedger
import CarnetNotes

/// Counts the figures of one currency, record by record, in the order of the journal.
///
/// It holds balances and, of the present month alone, who took part; what it keeps does not grow with the records.
struct FigureCounter {
  let currency: Currency
  private(set) var balances: [AccountName: Int64] = [:]
  private(set) var months: [MonthFigures] = []
  /// Unsuppressed, for the velocity.
  private var volumes: [Int64] = []
  private var everActive: Set<MemberNumber> = []
  private var month: Month?

  private struct Month {
    let label: String
    var issued: Int64 = 0
    var redeemed: Int64 = 0
    var volume: Int64 = 0
    var changers: Set<MemberNumber> = []
    var redeemers: Set<MemberNumber> = []
    var payers: Set<MemberNumber> = []
  }

  init(_ currency: Currency) {
    self.currency = currency
  }

  /// Ends the months before that moment; those without any record are counted too.
  mutating func advance(to time: Timestamp, reserve: Int64) {
    let label = FigureCounter.label(of: time)
    guard let current = month else {
      month = Month(label: label)
      return
    }
    guard current.label != label else { return }
    end(current, reserve: reserve)
    var next = FigureCounter.label(after: current.label)
    while next < label {
      end(Month(label: next), reserve: reserve)
      next = FigureCounter.label(after: next)
    }
    month = Month(label: label)
  }

  private mutating func end(_ month: Month, reserve: Int64) {
    let isBacked = currency.kind == .backed
    let shown = { (figure: Int64, accounts: Set<MemberNumber>) in
      accounts.isEmpty || accounts.count >= PlaceReport.accountsMin ? figure : nil
    }
    everActive.formUnion(month.payers)
    volumes.append(month.volume)
    months.append(
      MonthFigures(
        label: month.label, circulation: circulation, reserve: isBacked ? reserve : nil,
        issued: isBacked ? shown(month.issued, month.changers) : nil,
        redeemed: isBacked ? shown(month.redeemed, month.redeemers) : nil,
        volume: shown(month.volume, month.payers),
        active: shown(Int64(month.payers.count), month.payers).map { Int($0) }))
  }

  private var circulation: Int64 {
    guard currency.kind == .mutual else { return -(balances[.system(.circulation)] ?? 0) }
    return balances.reduce(0) { $0 + max(0, $1.value) }
  }

  /// Takes in a record; a reversal counts in its own month, by the kind of what it undoes.
  mutating func take(_ record: Record, undoing original: Operation?) {
    let legs = record.postings.legs.filter { $0.account.currency == currency.code }
    guard !legs.isEmpty else { return }
    for leg in legs { balances[leg.account.name, default: 0] += leg.amount }
    let (operation, sign): (Operation, Int64) =
      original.map { ($0, -1) } ?? (record.text.operation, 1)
    let members = legs.compactMap(\.account.name.member)
    let amount = legs.reduce(0) { $0 + max(0, $1.amount) }
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
  mutating func figures(reserve: Int64, euros: [SystemAccount: Int64]) -> CurrencyFigures {
    if let month { end(month, reserve: reserve) }
    let held = balances.compactMap { name, balance in name.member.map { _ in balance } }
    return CurrencyFigures(
      currency: currency, months: months, velocity: velocity,
      balances: BalanceGroup.groups(of: held, scale: currency.scale), spread: BalanceSpread(held),
      trialBalance: trialBalance(held, euros))
  }

  private var velocity: Velocity? {
    let count = min(12, months.count)
    let circulations = months.suffix(count).reduce(Int64(0)) { $0 + $1.circulation }
    guard count > 0, circulations > 0, everActive.count >= PlaceReport.accountsMin else { return nil }
    let volume = volumes.suffix(count).reduce(0, +)
    let hundredths = Int128(volume) * Int128(count) * 100 / Int128(circulations)
    return Velocity(
      months: count, volume: volume, circulations: circulations, hundredths: Int64(clamping: hundredths))
  }

  private func trialBalance(_ held: [Int64], _ euros: [SystemAccount: Int64]) -> [TrialLine] {
    var lines: [TrialLine] = []
    for system in SystemAccount.allCases {
      guard let balance = balances[.system(system)] else { continue }
      lines.append(TrialLine(account: .system(system), currency: currency.code, balance: balance))
    }
    let (above, below) = (held.filter { $0 > 0 }, held.filter { $0 < 0 })
    let isLarge = { (part: [Int64]) in part.count >= PlaceReport.accountsMin }
    if isLarge(above) && isLarge(below) {
      lines.append(
        TrialLine(account: .membersAbove, currency: currency.code, balance: above.reduce(0, +)))
      lines.append(
        TrialLine(account: .membersBelow, currency: currency.code, balance: below.reduce(0, +)))
    } else {
      lines.append(TrialLine(account: .members, currency: currency.code, balance: held.reduce(0, +)))
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
