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

  /// The receipt of the record that enrolled a key, verified.
  public func enrolment(of key: PublicKey, ledger: VerifierKey) throws(ClientError) -> Receipt {
    let response = try send(
      TransportRequest(method: "GET", target: "/v1/enrolments?key=\(LedgerClient.encoded(key.base64))"))
    let (record, receipt) = try LedgerClient.verified(response.body, by: ledger)
    guard record.text.enrols.contains(where: { $0.key == key }) else {
      throw .badAnswer("the record does not enrol the key")
    }
    return receipt
  }

  /// The newest checkpoint, as it came.
  public func checkpoint() throws(ClientError) -> SignedNote {
    let response = try send(TransportRequest(method: "GET", target: "/checkpoint"))
    guard let note = try? SignedNote(parsing: response.body) else { throw .badAnswer("/checkpoint") }
    return note
  }

  /// Today's checkpoint with a proof that an older journal is its beginning; neither is verified.
  struct Growth: Sendable {
    let checkpoint: SignedNote
    let proof: [Digest]
  }

  /// The proof that the first `size` records are still the beginning; `nil` where there are fewer now.
  func growth(from size: UInt64) throws(ClientError) -> Growth? {
    let json: JSON
    do throws(ClientError) { json = try get("/v1/consistency", [("from", "\(size)")]) } catch {
      if case .refused(let refused) = error, refused.status == 404 { return nil }
      throw error
    }
    guard let text = json["checkpoint"]?.string, let note = try? SignedNote(parsing: Array(text.utf8)) else {
      throw .badAnswer("/v1/consistency")
    }
    let hashes = (json["proof"]?.array ?? []).map { $0.string.flatMap { Digest(base64: $0) } }
    guard !hashes.contains(nil) else { throw .badAnswer("/v1/consistency") }
    return Growth(checkpoint: note, proof: hashes.compactMap(\.self))
  }

  /// The checkpoints, closings and proofs of a place, as they came.
  public func closings() throws(ClientError) -> JSON { try get("/v1/closings") }

  /// What a closing of a cutoff must say of the balances.
  public func closingDraft(of cutoff: UInt64) throws(ClientError) -> JSON {
    try get("/v1/closings/\(cutoff)/draft")
  }

  /// The proof that an account is counted in a closing; it must be of that account and verify.
  public func closingProof(
    of account: AccountID, cutoff: UInt64, ledger key: VerifierKey
  ) throws(ClientError) -> ClosingProof {
    let query = "account=\(account.name)&currency=\(account.currency)"
    let response = try send(
      TransportRequest(method: "GET", target: "/v1/closings/\(cutoff)/proof?\(query)"))
    guard let proof = try? ClosingProof(parsing: response.body), proof.account == account,
      proof.cutoff == cutoff, (try? proof.verify(ledger: key)) != nil
    else { throw .badAnswer("the closing proof does not verify") }
    return proof
  }
}
