public import CarnetLedger
public import CarnetNotes

/// Balances of an account as of some record.
public struct AccountInfo: Sendable {
  public struct Balance: Sendable {
    public let currency: CurrencyCode
    /// Minor units.
    public let balance: Int64
    public let floor: Int64?
    public let ceiling: Int64?
  }

  public let json: JSON
  public let number: String
  public let handle: String?
  public let name: String?
  public let balances: [Balance]
}

extension LedgerClient {
  /// Balances of a member or a system account; now, or behind a record or a moment.
  public func account(_ name: AccountName, at: String? = nil) throws(ClientError) -> AccountInfo {
    let json = try get("/v1/accounts/\(name)", [("at", at)])
    var balances: [AccountInfo.Balance] = []
    for item in json["balances"]?.array ?? [] {
      guard let code = item["currency"]?.string.flatMap({ CurrencyCode($0) }),
        let balance = item["balance"]?.integer
      else { throw .badAnswer("/v1/accounts") }
      balances.append(
        .init(
          currency: code, balance: balance, floor: item["floor"]?.integer, ceiling: item["ceiling"]?.integer))
    }
    return AccountInfo(
      json: json, number: json["number"]?.string ?? "", handle: json["handle"]?.string,
      name: json["name"]?.string,
      balances: balances)
  }

  /// A whole statement, oldest line first, page by page.
  public func statement(
    _ name: AccountName, currency: CurrencyCode?, since: String?, until: String?
  ) throws(ClientError) -> JSON {
    var pages: [JSON] = []
    var cursor: String?
    repeat {
      let page = try get(
        "/v1/accounts/\(name)/statement",
        [("currency", currency?.description), ("since", since), ("until", until), ("cursor", cursor)])
      pages.append(page)
      cursor = page["next"]?.string
    } while cursor != nil && pages.count < Limits.pagesMax
    guard let newest = pages.first, let oldest = pages.last else { throw .badAnswer("/v1/accounts") }
    let lines = pages.reversed().flatMap { $0["lines"]?.array ?? [] }
    return .object([
      "account": newest["account"] ?? .null, "currency": newest["currency"] ?? .null,
      "opening": oldest["opening"] ?? .null, "lines": .array(lines), "closing": newest["closing"] ?? .null,
    ])
  }

  /// Every row of a list that comes in pages.
  public func rows(_ path: String, _ list: String, limit: Int? = nil) throws(ClientError) -> [JSON] {
    var rows: [JSON] = []
    var cursor: String?
    repeat {
      let page = try get(path, [("cursor", cursor), ("limit", limit.map(String.init))])
      rows += page[list]?.array ?? []
      cursor = page["next"]?.string
    } while cursor != nil && rows.count < Limits.pagesMax
    return rows
  }

  /// The secret that bank references are hashed with.
  public func referenceSecret() throws(ClientError) -> [UInt8] {
    guard
      let secret = try get("/v1/reference-secret")["secret"]?.string.flatMap({ Base64.decode($0) as [UInt8]? }
      ),
      secret.count == 32
    else { throw .badAnswer("/v1/reference-secret") }
    return secret
  }

  /// The receipt of a note, by its id in hexadecimal or the number of its record, verified.
  public func receipt(_ id: String, ledger key: VerifierKey) throws(ClientError) -> Receipt {
    let response = try send(
      TransportRequest(method: "GET", target: "/v1/receipts/\(LedgerClient.encoded(id))"))
    return try LedgerClient.verified(response.body, by: key).1
  }

  /// The newest checkpoint, as it came.
  public func checkpoint() throws(ClientError) -> SignedNote {
    let response = try send(TransportRequest(method: "GET", target: "/checkpoint"))
    guard let note = try? SignedNote(parsing: response.body) else { throw .badAnswer("/checkpoint") }
    return note
  }

  /// Checks that an older checkpoint's journal is the beginning of today's; gives today's checkpoint.
  public func checkGrowth(
    from old: Checkpoint, ledger key: VerifierKey
  ) throws(ClientError) -> SignedCheckpoint {
    guard old.size > 0 else { return try verifiedCheckpoint(try checkpoint(), key) }
    let json: JSON
    do throws(ClientError) { json = try get("/v1/consistency", [("from", "\(old.size)")]) } catch {
      if case .refused(let refused) = error, refused.status == 404 {
        throw .badAnswer("the journal is shorter than it was")
      }
      throw error
    }
    guard let text = json["checkpoint"]?.string, let note = try? SignedNote(parsing: Array(text.utf8)) else {
      throw .badAnswer("/v1/consistency")
    }
    let hashes = (json["proof"]?.array ?? []).compactMap { $0.string.flatMap { Digest(base64: $0) } }
    let new = try verifiedCheckpoint(note, key)
    guard
      (try? Merkle.verifyConsistency(
        from: old.size, to: new.checkpoint.size, oldRoot: old.root, newRoot: new.checkpoint.root,
        proof: hashes))
        != nil
    else { throw .badAnswer("the journal is not the continuation of the one seen before") }
    return new
  }

  private func verifiedCheckpoint(_ note: SignedNote, _ key: VerifierKey) throws(ClientError)
    -> SignedCheckpoint
  {
    guard let signed = try? SignedCheckpoint(note, verifiedBy: [key]), signed.checkpoint.origin == key.name
    else {
      throw .badAnswer("the checkpoint is not signed by the ledger")
    }
    return signed
  }
}
