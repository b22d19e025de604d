import CarnetLedger
import CarnetNotes

/// The tables of the state behind the newest record.
struct StateTables {
  let database: Database

  /// Reads the state; `nil` before the genesis.
  func read(size: UInt64, time: Timestamp) throws(StoreError) -> (LedgerState, AccountTable)? {
    let row = try database.statement("SELECT origin, name, purpose, rules, snapshot, id FROM ledger")
    guard try row.step() else { return nil }
    guard row.integer(5) == 1 else { throw .damaged("ledger.id") }
    guard let origin = Origin(row.text(0)), let name = FreeText(row.text(1)),
      let purpose = Purpose(rawValue: row.text(2)), let keys = LedgerKeys(try ledgerKeys())
    else { throw .damaged("ledger") }
    let accounts = try accounts(since: row.unsigned(4))
    var parts = LedgerState.Parts(
      origin: origin, name: name, purpose: purpose, rules: try row.unsigned(3), ledgerKeys: keys,
      currencies: try currencies(), settings: try settings(), members: try members(),
      balances: accounts.rows.map { ($0.account, $0.balance) }, cutoffs: [], size: size, time: time)
    parts.cutoffs = try cutoffs(of: parts.currencies)
    return (LedgerState(parts), accounts)
  }

  private func ledgerKeys() throws(StoreError) -> [LedgerKeys.Entry] {
    let statement = try database.statement(
      "SELECT key, signs_until, position FROM ledger_keys ORDER BY position")
    var keys: [LedgerKeys.Entry] = []
    while try statement.step() {
      guard let key = PublicKey(statement.bytes(0)), statement.integer(2) == keys.count else {
        throw .damaged("ledger_keys")
      }
      keys.append(
        .init(key: key, signsUntil: statement.optionalInteger(1).map { Timestamp(milliseconds: $0) }))
    }
    return keys
  }

  private func currencies() throws(StoreError) -> [Currency] {
    let statement = try database.statement(
      "SELECT code, kind, scale, name, floor, ceiling, position FROM currencies ORDER BY position")
    var currencies: [Currency] = []
    while try statement.step() {
      guard let code = CurrencyCode(statement.text(0)), let kind = CurrencyKind(rawValue: statement.text(1)),
        let name = FreeText(statement.text(3)), statement.integer(6) == currencies.count
      else { throw .damaged("currencies") }
      currencies.append(
        Currency(
          code: code, kind: kind, scale: Int(statement.integer(2)), name: name,
          limits: BalanceLimits(floor: statement.optionalInteger(4), ceiling: statement.optionalInteger(5))))
    }
    return currencies
  }

  private func settings() throws(StoreError) -> [SettingName: Timeline] {
    let statement = try database.statement("SELECT name, starts, record, value FROM settings ORDER BY record")
    var settings: [SettingName: Timeline] = [:]
    while try statement.step() {
      guard let name = SettingName(statement.text(0)) else { throw .damaged("settings") }
      settings[name, default: Timeline()].add(
        .init(
          starts: statement.integer(1), number: try statement.unsigned(2),
          value: statement.optionalInteger(3)))
    }
    return settings
  }

  /// Balances as of the snapshot, then every entry behind it.
  private func accounts(since snapshot: UInt64) throws(StoreError) -> AccountTable {
    let statement = try database.statement(
      """
      SELECT a.name, a.currency, a.balance, a.entry, coalesce(e.sequence, 0), a.account
      FROM accounts a LEFT JOIN entries e ON e.entry = a.entry ORDER BY a.account
      """)
    var table = AccountTable()
    while try statement.step() {
      guard let name = AccountName(statement.text(0)), let code = CurrencyCode(statement.text(1)),
        statement.integer(5) == table.rows.count
      else { throw .damaged("accounts") }
      table.append(
        .init(
          account: AccountID(name, code), balance: statement.integer(2), entry: statement.integer(3),
          sequence: statement.integer(4), path: [], changedAt: 0))
    }
    let tail = try database.statement(
      "SELECT \(LogTables.entryColumns) FROM entries WHERE entry >= ?1 ORDER BY entry"
    ).bind(Entry.key(record: snapshot, position: 0))
    while try tail.step() {
      let entry = LogTables.entry(from: tail)
      guard table.rows.indices.contains(entry.account) else { throw .damaged("entry \(entry.key)") }
      table.take(entry)
    }
    return table
  }
}

extension StateTables {
  /// Writes the ledger's own row.
  func found(_ state: LedgerState) throws(StoreError) {
    try database.statement(
      "INSERT INTO ledger (id, origin, name, purpose, rules, snapshot) VALUES (1, ?1, ?2, ?3, ?4, 0)"
    ).bind(
      state.origin.description, state.name.description, state.purpose.rawValue, Int64(state.rules)
    ).run()
    try database.statement("INSERT INTO ledger_keys (position, key) VALUES (0, ?1)")
      .bind(state.ledgerKeys.current.bytes).run()
  }

  /// Writes one change of the state.
  func write(_ change: StateChange, number: Int64) throws(StoreError) {
    switch change {
    case .member(let member): try write(member)
    case .rules(let rules): try database.statement("UPDATE ledger SET rules = ?1").bind(Int64(rules)).run()
    case .ledgerKey(let key, let time): try replaceLedgerKey(with: key, at: time)
    case .currency(let currency): try write(currency)
    case .setting(let name, let entry):
      try database.statement("INSERT INTO settings (record, name, value, starts) VALUES (?1, ?2, ?3, ?4)")
        .bind(number, name.description, entry.value, entry.starts).run()
    case .voided(let id, by: let signer):
      // The same note may be taken back twice, by two notes.
      try database.statement("INSERT OR IGNORE INTO voids (id, signer, record) VALUES (?1, ?2, ?3)")
        .bind(id.bytes, signer.description, number).run()
    case .referenceTaken(let reference):
      try database.statement("INSERT INTO bank_references (reference, record) VALUES (?1, ?2)")
        .bind(reference.bytes, number).run()
    case .reversed(let record, let amount):
      try database.statement("INSERT INTO reversals (record, reversal, amount) VALUES (?1, ?2, ?3)")
        .bind(Int64(record), number, amount).run()
    case .requested(let request): try write(request)
    case .requestPaid(let request, in: let payment): try settle(request, "paid_in", payment)
    case .requestCancelled(let request, in: let cancellation):
      try settle(request, "cancelled_in", cancellation)
    case .cutoff(let cutoff): try write(cutoff)
    case .closed(let cutoff, in: let closing):
      try database.statement("UPDATE cutoffs SET closed_in = ?2 WHERE record = ?1")
        .bind(Int64(cutoff), Int64(closing)).run()
    case .erasedMember(let member): try eraseTexts(of: member)
    case .erasedText(let record):
      try database.statement("DELETE FROM texts WHERE record = ?1").bind(Int64(record)).run()
      try database.statement("DELETE FROM member_texts WHERE record = ?1").bind(Int64(record)).run()
    }
  }

  private func replaceLedgerKey(with key: PublicKey, at time: Timestamp) throws(StoreError) {
    var keys = LedgerKeys(try ledgerKeys())
    keys?.replace(with: key, at: time)
    guard let entries = keys?.entries else { throw .damaged("ledger_keys") }
    for (position, entry) in entries.enumerated() {
      try database.statement(
        """
        INSERT INTO ledger_keys (position, key, signs_until) VALUES (?1, ?2, ?3)
        ON CONFLICT (position) DO UPDATE SET signs_until = excluded.signs_until
        """
      ).bind(Int64(position), entry.key.bytes, entry.signsUntil?.milliseconds).run()
    }
  }

  private func write(_ currency: Currency) throws(StoreError) {
    try database.statement(
      """
      INSERT INTO currencies (position, code, kind, scale, name, floor, ceiling)
      VALUES ((SELECT count(*) FROM currencies), ?1, ?2, ?3, ?4, ?5, ?6)
      """
    ).bind(
      currency.code.description, currency.kind.rawValue, Int64(currency.scale), currency.name.description,
      currency.limits.floor, currency.limits.ceiling
    ).run()
  }
}
