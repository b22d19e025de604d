import CarnetLedger
import CarnetNotes

extension StateTables {
  /// Every cutoff, closed or not.
  func cutoffs(of currencies: [Currency]) throws(StoreError) -> [Cutoff] {
    let sums = try cutoffSums(currencies)
    let statement = try database.statement(
      "SELECT record, period, time, reserve, state, closed_in FROM cutoffs ORDER BY record")
    var cutoffs: [Cutoff] = []
    while try statement.step() {
      guard let period = ClosingPeriod(statement.text(1)), let state = Digest(statement.bytes(4)) else {
        throw .damaged("cutoffs")
      }
      let number = try statement.unsigned(0)
      cutoffs.append(
        Cutoff(
          number: number, period: period, time: Timestamp(milliseconds: statement.integer(2)),
          sums: sums[number] ?? [], reserve: statement.integer(3), state: state,
          closedIn: try statement.optionalUnsigned(5)))
    }
    return cutoffs
  }

  private func cutoffSums(_ currencies: [Currency]) throws(StoreError) -> [UInt64: [Cutoff.Sums]] {
    let statement = try database.statement(
      """
      SELECT cutoff, currency, positive, negative, circulation, position
      FROM cutoff_sums ORDER BY cutoff, position
      """)
    var sums: [UInt64: [Cutoff.Sums]] = [:]
    while try statement.step() {
      guard let code = CurrencyCode(statement.text(1)),
        let currency = currencies.first(where: { $0.code == code })
      else { throw .damaged("cutoff_sums") }
      let cutoff = try statement.unsigned(0)
      guard statement.integer(5) == sums[cutoff]?.count ?? 0 else { throw .damaged("cutoff_sums") }
      sums[cutoff, default: []].append(
        Cutoff.Sums(
          currency: code, isBacked: currency.kind == .backed, positive: statement.integer(2),
          negative: statement.integer(3), circulation: statement.integer(4)))
    }
    return sums
  }

  func write(_ cutoff: Cutoff) throws(StoreError) {
    try database.statement(
      "INSERT INTO cutoffs (record, period, time, reserve, state) VALUES (?1, ?2, ?3, ?4, ?5)"
    ).bind(
      Int64(cutoff.number), cutoff.period.description, cutoff.time.milliseconds, cutoff.reserve,
      cutoff.state.bytes
    ).run()
    for (position, sums) in cutoff.sums.enumerated() {
      try database.statement(
        """
        INSERT INTO cutoff_sums (cutoff, position, currency, positive, negative, circulation)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """
      ).bind(
        Int64(cutoff.number), Int64(position), sums.currency.description, sums.positive, sums.negative,
        sums.circulation
      ).run()
    }
  }

  /// Removes every card and every reason that is about a member.
  func eraseTexts(of member: MemberNumber) throws(StoreError) {
    try database.statement(
      "DELETE FROM texts WHERE record IN (SELECT record FROM member_texts WHERE number = ?1)"
    ).bind(member.description).run()
    try database.statement("DELETE FROM member_texts WHERE number = ?1").bind(member.description).run()
  }
}
