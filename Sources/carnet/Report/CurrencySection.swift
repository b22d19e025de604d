import CarnetJournal
import CarnetLedger
import CarnetNotes

/// The charts and tables of one currency.
struct CurrencySection {
  private let figures: CurrencyFigures
  private let language: Language

  init(_ figures: CurrencyFigures, _ language: Language) {
    (self.figures, self.language) = (figures, language)
  }

  private var currency: Currency { figures.currency }
  private var code: String { currency.code.description.lowercased() }
  private var isBacked: Bool { currency.kind == .backed }

  var tables: [ReportTable] { [months, distribution, spread, trialBalance].filter { !$0.rows.isEmpty } }

  var html: String {
    """
    <section>
    \(Markup.element("h2", "\(currency.name) (\(currency.code))"))
    \(figure(circulation, circulation.lines))
    \(isBacked ? figure(exchanged, exchanged.bars) : "")
    \(figure(volume, volume.bars))
    \(figure(active, active.bars))
    \(months.html)\(months.link(Phrase.reportCSV(language)))
    \(velocity)
    \(Markup.element("h3", Phrase.reportDistribution(language)))
    \(spreadPart)
    \(Markup.element("h3", Phrase.reportTrialBalance(language)))
    \(trialBalance.html)\(trialBalance.link(Phrase.reportCSV(language)))
    </section>

    """
  }

  private func figure(_ chart: Chart, _ svg: String) -> String {
    "<figure>\(Markup.element("figcaption", chart.title))\(svg)</figure>"
  }

  /// Minor units as people read them; what is not shown says so.
  private func shown(_ value: Int64?) -> String {
    value.map { AmountText.format($0, scale: currency.scale, language) } ?? Phrase.reportFew(language)
  }

  private func euros(_ cents: Int64) -> String { AmountText.format(cents, scale: 2, language) }

  /// A chart over the months: of amounts, or of counts.
  private func chart(_ title: String, _ series: [Chart.Series], isOfCounts: Bool = false) -> Chart {
    Chart(
      title: isOfCounts ? title : "\(title) (\(currency.code))",
      description: Phrase.reportChart(
        language, title, figures.months.first?.label ?? "", figures.months.last?.label ?? ""),
      labels: figures.months.map(\.label), series: series,
      write: { isOfCounts ? "\($0)" : AmountText.format($0, scale: currency.scale, language) })
  }

  private var circulation: Chart {
    let label =
      isBacked ? Phrase.reportCirculation(language) : Phrase.reportPositive(language)
    let main = Chart.Series(label: label, values: figures.months.map(\.circulation))
    guard isBacked else { return chart(label, [main]) }
    let reserve = Chart.Series(
      label: Phrase.reportReserve(language), values: figures.months.map(\.reserve))
    return chart("\(label), \(reserve.label)", [main, reserve])
  }

  private var exchanged: Chart {
    let (issued, redeemed) = (Phrase.reportIssued(language), Phrase.reportRedeemed(language))
    return chart(
      "\(issued), \(redeemed)",
      [
        Chart.Series(label: issued, values: figures.months.map(\.issued)),
        Chart.Series(label: redeemed, values: figures.months.map(\.redeemed)),
      ])
  }

  private var volume: Chart {
    chart(
      Phrase.reportVolume(language),
      [Chart.Series(label: Phrase.reportVolume(language), values: figures.months.map(\.volume))])
  }

  private var active: Chart {
    let title = Phrase.reportActive(language)
    let values = figures.months.map { $0.active.map { Int64($0) } }
    return chart(title, [Chart.Series(label: title, values: values)], isOfCounts: true)
  }

  private var months: ReportTable {
    var headings = [
      Phrase.reportMonth(language),
      isBacked ? Phrase.reportCirculation(language) : Phrase.reportPositive(language),
    ]
    var fields = ["month", "circulation"]
    if isBacked {
      headings += [
        Phrase.reportReserve(language), Phrase.reportIssued(language), Phrase.reportRedeemed(language),
      ]
      fields += ["reserve-cents", "issued", "redeemed"]
    }
    headings += [Phrase.reportVolume(language), Phrase.reportActive(language)]
    var table = ReportTable(
      "\(code)-months", Phrase.reportMonths(language, currency.code.description), headings,
      fields: fields + ["volume", "active-accounts"])
    for month in figures.months {
      let backed: [Int64?] = isBacked ? [month.reserve, month.issued, month.redeemed] : []
      let amounts: [Int64?] = [month.circulation] + backed + [month.volume]
      let active = month.active.map { "\($0)" }
      table.add(
        [month.label] + amounts.map(shown) + [active ?? Phrase.reportFew(language)],
        [month.label] + amounts.map { $0.map { "\($0)" } ?? "" } + [active ?? ""])
    }
    return table
  }

  private var velocity: String {
    guard let velocity = figures.velocity else { return "" }
    return Markup.element(
      "p",
      Phrase.reportVelocity(
        language, AmountText.format(velocity.hundredths, scale: 2, language), shown(velocity.volume),
        "\(velocity.months)", shown(velocity.circulations)))
  }
}

extension CurrencySection {
  private var distribution: ReportTable {
    var table = ReportTable(
      "\(code)-balances", Phrase.reportBalances(language, currency.code.description),
      [Phrase.reportFrom(language), Phrase.reportBelow(language), Phrase.reportAccounts(language)],
      fields: ["from", "below", "accounts"])
    for group in figures.balances {
      let plain = { (bound: Int64?) in bound.map { "\($0)" } ?? "" }
      let bound = { (bound: Int64?) in bound.map { shown($0) } ?? "–" }
      table.add(
        [bound(group.from), bound(group.below), "\(group.accounts)"],
        [plain(group.from), plain(group.below), "\(group.accounts)"])
    }
    return table
  }

  private var spread: ReportTable {
    var table = ReportTable(
      "\(code)-lorenz", Phrase.reportLorenz(language),
      [Phrase.reportShareAccounts(language), Phrase.reportShareUnits(language)],
      fields: ["accounts-ten-thousandths", "units-ten-thousandths"])
    for point in figures.spread?.curve ?? [] {
      table.add(
        [percent(point.accounts), percent(point.units)], ["\(point.accounts)", "\(point.units)"])
    }
    return table
  }

  private func percent(_ tenThousandths: Int64) -> String {
    "\(AmountText.format(tenThousandths, scale: 2, language)) %"
  }

  private var spreadPart: String {
    guard !figures.balances.isEmpty else { return Markup.element("p", Phrase.reportTooFew(language)) }
    let groups = Chart(
      title: Phrase.reportBalances(language, currency.code.description),
      description: distribution.caption,
      labels: figures.balances.map { "≥ \($0.from.map { shown($0) } ?? "…")" },
      series: [
        Chart.Series(
          label: Phrase.reportAccounts(language), values: figures.balances.map { Int64($0.accounts) })
      ], write: { "\($0)" })
    var html = figure(groups, groups.bars) + distribution.html + distribution.link(Phrase.reportCSV(language))
    guard let spread = figures.spread else { return html }
    let curve = Chart(
      title: Phrase.reportLorenz(language), description: self.spread.caption,
      labels: spread.curve.map { percent($0.accounts) },
      series: [
        Chart.Series(label: Phrase.reportShareUnits(language), values: spread.curve.map(\.units)),
        Chart.Series(label: Phrase.reportEquality(language), values: spread.curve.map(\.accounts)),
      ], write: percent)
    html += figure(curve, curve.lines)
    html += Markup.element(
      "p",
      Phrase.reportGini(
        language, AmountText.format(spread.gini, scale: 4, language), "\(spread.accounts)"))
    return html + self.spread.html + self.spread.link(Phrase.reportCSV(language))
  }

  private var trialBalance: ReportTable {
    var table = ReportTable(
      "\(code)-trial-balance", Phrase.reportTrialBalance(language),
      [Phrase.reportAccount(language), Phrase.headBalance(language)],
      fields: ["account", "currency", "balance"])
    var sums: [CurrencyCode: Int64] = [:]
    for line in figures.trialBalance {
      sums[line.currency, default: 0] += line.balance
      table.add(
        [name(line.account), written(line.balance, line.currency)],
        [line.account.field, line.currency.description, "\(line.balance)"])
    }
    for (code, sum) in sums.sorted(by: { $0.key < $1.key }) {
      table.add(
        [Phrase.reportSum(language), written(sum, code)], ["sum", code.description, "\(sum)"])
    }
    return table
  }

  private func written(_ amount: Int64, _ code: CurrencyCode) -> String {
    "\(code == .euro ? euros(amount) : shown(amount)) \(code)"
  }

  private func name(_ account: TrialLine.Account) -> String {
    switch account {
    case .system(let system): system.rawValue
    case .members: Phrase.reportMembers(language)
    case .membersAbove: Phrase.reportMembersAbove(language)
    case .membersBelow: Phrase.reportMembersBelow(language)
    }
  }
}

extension TrialLine.Account {
  /// How the CSV names it.
  fileprivate var field: String {
    switch self {
    case .system(let system): system.rawValue
    case .members: "members"
    case .membersAbove: "members-above-zero"
    case .membersBelow: "members-below-zero"
    }
  }
}
