package import CarnetLedger
package import CarnetNotes
import Synchronization

extension ServiceStore {
  /// Why a till is not made.
  package enum TillRefusal: Error, Hashable, Sendable {
    /// A till of this member has the name.
    case nameTaken
    /// The member has as many as one member may have.
    case tooMany
    case store(StoreError)
  }

  /// Keeps a new till with its secret key and the hash of its token.
  ///
  /// - Parameter size: records there are now. None of them concerns the first till there ever was.
  package func add(_ till: Till, key: SecretKey, token: Digest, size: UInt64) throws(TillRefusal) {
    let refusal: TillRefusal?
    do throws(StoreError) {
      refusal = try write { database throws(StoreError) -> TillRefusal? in
        let active = try ServiceStore.tills(
          "WHERE member = ?1 AND ended IS NULL", [till.member.description], database)
        guard !active.contains(where: { $0.name == till.name }) else { return .nameTaken }
        guard active.count < Limits.tillsPerMemberMax else { return .tooMany }
        try ServiceStore.startFollowing(at: size, in: database)
        let seed = unsafe key.withSeed { unsafe Array($0) }
        try database.statement(
          """
          INSERT INTO tills (id, member, name, time_zone, key, seed, token, made)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
          """
        ).bind(
          till.id.description, till.member.description, till.name, till.timeZone, till.key.bytes, seed,
          token.bytes, till.made.milliseconds
        ).run()
        return nil
      }
    } catch { throw .store(error) }
    if let refusal { throw refusal }
    bearers.withLock { $0?[token] = till }
  }

  /// Before the first till and the first invitation there is nothing that a record could concern.
  static func startFollowing(at size: UInt64, in database: Database) throws(StoreError) {
    let known = "SELECT (SELECT count(*) FROM tills) + (SELECT count(*) FROM invitations)"
    guard try database.integer(known) == 0 else { return }
    try see(size, in: database)
  }

  /// Ends a till for good: its token and its secret key are removed and overwritten.
  package func end(_ id: TillID, at time: Timestamp) throws(StoreError) {
    try write { database throws(StoreError) in
      try database.statement(
        "UPDATE tills SET ended = ?2, seed = NULL, token = NULL WHERE id = ?1 AND ended IS NULL"
      ).bind(id.description, time.milliseconds).run()
    }
    bearers.withLock { known in known = known?.filter { $0.value.id != id } }
  }

  package func till(_ id: TillID) throws(StoreError) -> Till? {
    try read { database throws(StoreError) in
      try ServiceStore.tills("WHERE id = ?1", [id.description], database).first
    }
  }

  /// Every till of a member, or of all, ended ones too, oldest first.
  package func tills(of member: MemberNumber?) throws(StoreError) -> [Till] {
    try read { database throws(StoreError) in
      guard let member else { return try ServiceStore.tills("", [], database) }
      return try ServiceStore.tills("WHERE member = ?1", [member.description], database)
    }
  }

  /// The till that a token is for, by the token's hash. From memory: nobody waits for the disk to be told no.
  package func till(bearing token: Digest) throws(StoreError) -> Till? {
    if bearers.withLock({ $0 }) == nil { try open() }
    return bearers.withLock { $0?[token] }
  }

  /// Reads the tills that work, before anything else may change them.
  static func bearers(in database: Database) throws(StoreError) -> [Digest: Till] {
    let statement = try database.statement("SELECT \(tillColumns), token FROM tills WHERE token IS NOT NULL")
    var found: [Digest: Till] = [:]
    while try statement.step() {
      guard let hash = statement.digest(7) else { throw .service(.damaged) }
      found[hash] = try till(from: statement)
    }
    return found
  }

  /// The secret key of a till that works.
  package func key(of id: TillID) throws(StoreError) -> SecretKey? {
    try read { database throws(StoreError) in
      let statement = try database.statement("SELECT seed FROM tills WHERE id = ?1 AND seed IS NOT NULL")
        .bind(id.description)
      guard try statement.step() else { return nil }
      return SecretKey(seed: statement.bytes(0))
    }
  }

  private static let tillColumns = "id, member, name, time_zone, key, made, ended"

  private static func tills(
    _ condition: String, _ values: [String], _ database: Database
  ) throws(StoreError) -> [Till] {
    let statement = try database.statement("SELECT \(tillColumns) FROM tills \(condition) ORDER BY made, id")
    if let value = values.first { try statement.bind(value) }
    var found: [Till] = []
    while try statement.step() { found.append(try till(from: statement)) }
    return found
  }

  private static func till(from statement: Statement) throws(StoreError) -> Till {
    guard let id = TillID(statement.text(0)), let member = MemberNumber(statement.text(1)),
      let key = PublicKey(statement.bytes(4))
    else { throw .service(.damaged) }
    return Till(
      id: id, member: member, name: statement.text(2), timeZone: statement.text(3), key: key,
      made: Timestamp(milliseconds: statement.integer(5)),
      ended: statement.optionalInteger(6).map { Timestamp(milliseconds: $0) })
  }
}
