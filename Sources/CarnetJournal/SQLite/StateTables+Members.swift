import CarnetLedger
import CarnetNotes

extension StateTables {
  /// Every member with keys and limits.
  func members() throws(StoreError) -> [Member] {
    let keys = try keys()
    let limits = try limits()
    let statement = try database.statement(
      """
      SELECT number, kind, roles, status, suspended_since, accredited, card, card_record, card_hash, record
      FROM members
      """)
    var members: [Member] = []
    while try statement.step() {
      guard let number = MemberNumber(statement.text(0)), let kind = MemberKind(rawValue: statement.text(1)),
        let status = MemberStatus(rawValue: statement.text(3)), (0...1).contains(statement.integer(5))
      else { throw .damaged("members") }
      members.append(
        Member(
          number: number, kind: kind, roles: try roles(statement.text(2)), status: status,
          suspendedSince: statement.optionalInteger(4).map { Timestamp(milliseconds: $0) },
          isAccredited: statement.integer(5) == 1, keys: keys[number] ?? [], limits: limits[number] ?? [:],
          card: try card(statement.optionalText(6)), officialCard: try officialCard(statement),
          enrolledIn: try statement.unsigned(9)))
    }
    return members
  }

  private func officialCard(_ statement: Statement) throws(StoreError) -> CardReference? {
    guard let record = try statement.optionalUnsigned(7) else { return nil }
    guard let hash = Digest(statement.bytes(8)) else { throw .damaged("members") }
    return CardReference(record: record, hash: hash)
  }

  private func card(_ text: String?) throws(StoreError) -> Card? {
    guard let text else { return nil }
    guard let card = Card(parsing: Array(text.utf8)) else { throw .damaged("members") }
    return card
  }

  private func roles(_ text: String) throws(StoreError) -> Set<Role> {
    let roles = Set(text.split(separator: ",").compactMap { Role(rawValue: String($0)) })
    guard StateTables.text(of: roles) == text else { throw .damaged("members") }
    return roles
  }

  private func keys() throws(StoreError) -> [MemberNumber: [MemberKey]] {
    let statement = try database.statement(
      """
      SELECT key, number, use, active_from, enrolled_by, revoked_in, position
      FROM member_keys ORDER BY number, position
      """)
    var keys: [MemberNumber: [MemberKey]] = [:]
    while try statement.step() {
      guard let key = PublicKey(statement.bytes(0)), let number = MemberNumber(statement.text(1)),
        let use = KeyUse(rawValue: statement.text(2)), let note = NoteID(statement.bytes(4)),
        statement.integer(6) == keys[number]?.count ?? 0
      else { throw .damaged("member_keys") }
      keys[number, default: []].append(
        MemberKey(
          publicKey: key, use: use, activeFrom: Timestamp(milliseconds: statement.integer(3)),
          enrolledBy: note,
          revokedIn: try statement.optionalUnsigned(5)))
    }
    return keys
  }

  private func limits() throws(StoreError) -> [MemberNumber: [CurrencyCode: BalanceLimits]] {
    let statement = try database.statement("SELECT number, currency, floor, ceiling FROM member_limits")
    var limits: [MemberNumber: [CurrencyCode: BalanceLimits]] = [:]
    while try statement.step() {
      guard let number = MemberNumber(statement.text(0)), let code = CurrencyCode(statement.text(1)) else {
        throw .damaged("member_limits")
      }
      limits[number, default: [:]][code] = BalanceLimits(
        floor: statement.optionalInteger(2), ceiling: statement.optionalInteger(3))
    }
    return limits
  }

  /// Writes a member as they are now.
  func write(_ member: Member) throws(StoreError) {
    try database.statement(
      """
      INSERT INTO members
        (number, kind, roles, status, suspended_since, accredited, card, card_record, card_hash, record)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
      ON CONFLICT (number) DO UPDATE SET roles = excluded.roles, status = excluded.status,
        suspended_since = excluded.suspended_since, accredited = excluded.accredited, card = excluded.card,
        card_record = excluded.card_record, card_hash = excluded.card_hash
      """
    ).bind(
      member.number.description, member.kind.rawValue, StateTables.text(of: member.roles),
      member.status.rawValue, member.suspendedSince?.milliseconds, member.isAccredited ? Int64(1) : Int64(0),
      member.card.map { String(decoding: $0.text, as: UTF8.self) },
      member.officialCard.map { Int64($0.record) }, member.officialCard?.hash.bytes, Int64(member.enrolledIn)
    ).run()
    try writeKeys(of: member)
    try writeLimits(of: member)
  }

  /// Roles in ascending order between commas, as notes write them; empty for none.
  static func text(of roles: Set<Role>) -> String {
    roles.sorted().map(\.rawValue).joined(separator: ",")
  }

  private func writeKeys(of member: Member) throws(StoreError) {
    for (position, key) in member.keys.enumerated() {
      try database.statement(
        """
        INSERT INTO member_keys (key, number, position, use, active_from, enrolled_by, revoked_in)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (key) DO UPDATE SET revoked_in = excluded.revoked_in
        """
      ).bind(
        key.publicKey.bytes, member.number.description, Int64(position), key.use.rawValue,
        key.activeFrom.milliseconds, key.enrolledBy.bytes, key.revokedIn.map { Int64($0) }
      ).run()
    }
  }

  private func writeLimits(of member: Member) throws(StoreError) {
    try database.statement("DELETE FROM member_limits WHERE number = ?1").bind(member.number.description)
      .run()
    for (code, limits) in member.limits {
      try database.statement(
        "INSERT INTO member_limits (number, currency, floor, ceiling) VALUES (?1, ?2, ?3, ?4)"
      ).bind(member.number.description, code.description, limits.floor, limits.ceiling).run()
    }
  }
}
