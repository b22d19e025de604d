public import CarnetNotes

/// What a ledger keeps of itself at a cutoff, until and after it is closed.
public struct Cutoff: Hashable, Sendable {
  /// The number of the cutoff's record; the state is the one behind it.
  public let number: UInt64
  public let period: ClosingPeriod
  public let time: Timestamp
  /// One for each currency, in the order they were opened.
  public let sums: [Sums]
  /// Cents of the guarantee fund as booked; 0 where the ledger books no euros.
  public let reserve: Int64
  /// SHA-256 of the canonical state.
  public let state: Digest
  /// The number of the record that closed it.
  public package(set) var closedIn: UInt64?

  /// The balances of one currency, `circulation` left out.
  public struct Sums: Hashable, Sendable {
    public let currency: CurrencyCode
    public let isBacked: Bool
    /// Minor units: the sum of the balances above zero.
    public let positive: Int64
    /// Minor units: the sum of the balances below zero, as an absolute value.
    public let negative: Int64
    /// Minor units in circulation; 0 for a mutual currency.
    public let circulation: Int64

    package init(
      currency: CurrencyCode, isBacked: Bool, positive: Int64, negative: Int64, circulation: Int64
    ) {
      (self.currency, self.isBacked) = (currency, isBacked)
      (self.positive, self.negative, self.circulation) = (positive, negative, circulation)
    }

    /// The sum of one sign.
    public func total(_ sign: BalanceSign) -> Int64 {
      switch sign {
      case .minus: negative
      case .plus: positive
      }
    }
  }

  package init(
    number: UInt64, period: ClosingPeriod, time: Timestamp, sums: [Sums], reserve: Int64, state: Digest,
    closedIn: UInt64? = nil
  ) {
    (self.number, self.period, self.time) = (number, period, time)
    (self.sums, self.reserve, self.state, self.closedIn) = (sums, reserve, state, closedIn)
  }

  /// Minor units that members hold over all backed currencies, which the guarantee fund must cover.
  public var covered: Int64? {
    var covered: Int64 = 0
    for sums in sums where sums.isBacked {
      let (sum, overflow) = covered.addingReportingOverflow(sums.positive)
      guard !overflow else { return nil }
      covered = sum
    }
    return covered
  }
}

extension LedgerState {
  /// The sums of a currency over every account that was ever posted to, `circulation` left out.
  func sums(of currency: Currency) throws(Refusal) -> Cutoff.Sums {
    var (positive, negative) = (Int64(0), Int64(0))
    for (account, balance) in zip(book.accounts, book.balances)
    where account.currency == currency.code && account.name != .system(.circulation) {
      let (sum, overflow) = (balance < 0 ? negative : positive).addingReportingOverflow(abs(balance))
      guard !overflow else { throw .overflow }
      if balance < 0 { negative = sum } else { positive = sum }
    }
    return Cutoff.Sums(
      currency: currency.code, isBacked: currency.kind == .backed, positive: positive, negative: negative,
      circulation: currency.kind == .backed ? circulation(of: currency.code) : 0)
  }

  /// SHA-256 of the canonical state at a record that moves nothing: see docs/PROTOCOL.md, section 9.
  func canonicalHash(number: UInt64, time: Timestamp) -> Digest {
    var text = CanonicalText()
    text.line("state/v1")
    text.line("ledger", origin.description)
    text.line("number", "\(number)")
    text.line("time", "\(time.milliseconds)")
    text.line("name", Base64.encode(name.bytes))
    text.line("purpose", purpose.rawValue)
    text.line("rules", "\(rules)")
    for entry in ledgerKeys.entries {
      text.line("ledgerkey", entry.key.base64, text.optional(entry.signsUntil?.milliseconds))
    }
    writeCurrencies(to: &text)
    for number in members.keys.sorted() { if let member = members[number] { text.write(member) } }
    for (account, balance) in zip(book.accounts, book.balances).sorted(by: { $0.0 < $1.0 }) {
      text.line("balance", account.name.description, account.currency.description, "\(balance)")
    }
    for cutoff in cutoffs.values.sorted(by: { $0.number < $1.number }) {
      text.line("cutoff", "\(cutoff.number)", text.optional(cutoff.closedIn.map { Int64($0) }))
    }
    return text.digest
  }

  private func writeCurrencies(to text: inout CanonicalText) {
    for currency in currencies {
      text.line(
        "currency", currency.code.description, currency.kind.rawValue, "\(currency.scale)",
        Base64.encode(currency.name.bytes), text.optional(currency.limits.floor),
        text.optional(currency.limits.ceiling))
    }
    let votes = settings.flatMap { name, timeline in timeline.entries.map { (name, $0) } }
    for (name, entry) in votes.sorted(by: { $0.1.number < $1.1.number }) {
      text.line(
        "setting", "\(entry.number)", name.description, text.optional(entry.value), "\(entry.starts)")
    }
  }
}

/// Lines of the canonical state, hashed as they come: a name and values, one space between, LF behind.
private struct CanonicalText {
  private var builder = DigestBuilder()

  var digest: Digest { builder.digest() }

  mutating func line(_ words: String...) {
    builder.append(words.joined(separator: " "))
    builder.append(UInt8(ascii: "\n"))
  }

  func optional(_ value: Int64?) -> String { value.map(String.init) ?? "-" }

  mutating func write(_ member: Member) {
    let roles = member.roles.sorted().map(\.rawValue).joined(separator: ",")
    line(
      "member", member.number.description, member.kind.rawValue, roles.isEmpty ? "-" : roles,
      member.status.rawValue, optional(member.suspendedSince?.milliseconds),
      member.isAccredited ? "yes" : "no", "\(member.enrolledIn)")
    for key in member.keys {
      line(
        "key", member.number.description, key.publicKey.base64, key.use.rawValue,
        "\(key.activeFrom.milliseconds)", optional(key.revokedIn.map { Int64($0) }), key.enrolledBy.hex)
    }
    for (code, limits) in member.limits.sorted(by: { $0.key < $1.key }) {
      line(
        "limits", member.number.description, code.description, optional(limits.floor),
        optional(limits.ceiling))
    }
    if let card = member.officialCard {
      line("card", member.number.description, "\(card.record)", card.hash.base64)
    }
  }
}
