import CarnetLedger
import CarnetNotes

/// The tables of the present state, compared with the state that the records give.
struct Projections {
  let database: Database

  func compare(
    with state: LedgerState, _ accounts: AccountTable, _ past: Past, _ audit: inout Audit
  ) throws(StoreError) {
    do throws(StoreError) {
      guard let (stored, table) = try StateTables(database: database).read(size: state.size, time: state.time)
      else {
        throw .damaged("ledger")
      }
      compareLedger(state, stored, &audit)
      compareMembers(state, stored, &audit)
      compareAccounts(accounts, table, &audit)
    } catch StoreError.damaged(let place) {
      audit.report(Finding(.projection, nil, place))
    }
    try audit.compareRows(
      "reversals", "SELECT record || ' ' || reversal || ' ' || amount FROM reversals",
      Set(past.reversals.map { "\($0.record) \($0.reversal) \($0.amount)" }))
    try audit.compareRows(
      "bank_references", "SELECT lower(hex(reference)) || ' ' || record FROM bank_references",
      Set(past.changes.flatMap { change in change.value.map { "\(change.key.hex) \($0)" } }))
    try audit.compareRows(
      "requests", StateTables.requestRows, Set(past.requests.values.map(StateTables.row(of:))))
    try audit.compareRows(
      "voids", "SELECT lower(hex(id)) || ' ' || signer || ' ' || record FROM voids",
      Set(past.voids.flatMap { void in void.value.map { "\(void.key.hex) \($0.key) \($0.value)" } }))
  }

  private func compareLedger(_ state: LedgerState, _ stored: LedgerState, _ audit: inout Audit) {
    let columns: [(String, Bool)] = [
      ("ledger.origin", state.origin == stored.origin), ("ledger.name", state.name == stored.name),
      ("ledger.purpose", state.purpose == stored.purpose), ("ledger.rules", state.rules == stored.rules),
      ("ledger_keys", state.ledgerKeys == stored.ledgerKeys),
      ("currencies", state.currencies == stored.currencies),
      ("settings", state.settings == stored.settings), ("cutoffs", state.cutoffs == stored.cutoffs),
    ]
    for (place, isEqual) in columns where !isEqual { audit.report(Finding(.projection, nil, place)) }
  }

  private func compareMembers(_ state: LedgerState, _ stored: LedgerState, _ audit: inout Audit) {
    let numbers = Set(state.members.keys).union(stored.members.keys)
    for number in numbers.sorted() where state.members[number] != stored.members[number] {
      let (expected, found) = (state.members[number], stored.members[number])
      guard let expected, let found else {
        audit.report(
          Finding(.projection, nil, "members.\(number)", expected: expected == nil ? "-" : "there"))
        continue
      }
      let columns: [(String, Bool)] = [
        ("kind", expected.kind == found.kind), ("roles", expected.roles == found.roles),
        ("status", expected.status == found.status),
        ("suspended_since", expected.suspendedSince == found.suspendedSince),
        ("accredited", expected.isAccredited == found.isAccredited), ("card", expected.card == found.card),
        ("card_hash", expected.officialCard == found.officialCard),
        ("record", expected.enrolledIn == found.enrolledIn),
      ]
      for (column, isEqual) in columns where !isEqual {
        audit.report(Finding(.projection, expected.enrolledIn, "members.\(column).\(number)"))
      }
      if expected.keys != found.keys {
        audit.report(Finding(.projection, expected.enrolledIn, "member_keys.\(number)"))
      }
      if expected.limits != found.limits {
        audit.report(Finding(.projection, expected.enrolledIn, "member_limits.\(number)"))
      }
    }
  }

  private func compareAccounts(_ expected: AccountTable, _ found: AccountTable, _ audit: inout Audit) {
    for place in 0..<max(expected.rows.count, found.rows.count) {
      guard place < expected.rows.count, place < found.rows.count else {
        audit.report(Finding(.projection, nil, "accounts.\(place)"))
        continue
      }
      let (expected, found) = (expected.rows[place], found.rows[place])
      guard expected.account == found.account else {
        audit.report(
          Finding(
            .projection, nil, "accounts.name.\(place)", expected: Audit.visible(expected.account.description),
            found: Audit.visible(found.account.description)))
        continue
      }
      guard expected.balance != found.balance || expected.entry != found.entry else { continue }
      audit.report(
        Finding(
          .balance, nil, "accounts.balance.\(place)", expected: "\(expected.balance)",
          found: "\(found.balance)"))
    }
  }
}
