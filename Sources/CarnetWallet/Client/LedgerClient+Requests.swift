public import CarnetLedger
public import CarnetNotes

/// A payment request as its ledger shows it, with a code that is truly the beginning of its id.
public struct RequestInfo: Sendable {
  public let json: JSON
  public let code: RequestCode
  public let id: NoteID
  public let state: State
  public let payee: MemberNumber
  public let currency: CurrencyCode
  /// Minor units.
  public let amount: Int64
  public let expires: Timestamp
  /// Where it is paid in a browser; `nil` where the ledger is reached by its file alone.
  public let link: String?

  public enum State: String, Hashable, Sendable, CaseIterable {
    case open, claimed, paid, expired, cancelled

    /// Whether it may still be paid.
    public var isPayable: Bool { self == .open || self == .claimed }
  }

  /// Reads what a ledger says of the request of a code; one whose id makes another code is refused.
  init(_ json: JSON, of code: RequestCode) throws(ClientError) {
    guard let id = json["id"]?.string.flatMap({ NoteID(hex: $0) }),
      let state = json["state"]?.string.flatMap({ State(rawValue: $0) }),
      let payee = json["to"]?.string.flatMap({ MemberNumber($0) }),
      let currency = json["currency"]?.string.flatMap({ CurrencyCode($0) }),
      let amount = json["amount"]?.integer, Quantity.amounts.contains(amount),
      let expires = json["expires"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { throw .badAnswer("/v1/requests") }
    guard RequestCode(id) == code else { throw .badAnswer("the request is not the one of its code") }
    (self.json, self.code, self.id, self.state, self.payee) = (json, code, id, state, payee)
    (self.currency, self.amount, self.expires, link) = (currency, amount, expires, json["link"]?.string)
  }
}

extension LedgerClient {
  /// The request of a code.
  ///
  /// - Parameter state: waits some seconds for another state than this one.
  public func request(
    _ code: RequestCode, unlessStill state: RequestInfo.State? = nil
  ) throws(ClientError) -> RequestInfo {
    let wait = state.map { _ in "\(Limits.requestWaitSeconds)" }
    return try RequestInfo(
      get("/v1/requests/\(code)", [("wait", wait), ("state", state?.rawValue)]), of: code)
  }

  /// Lets the merchant see that someone is about to pay.
  public func claim(_ code: RequestCode) throws(ClientError) {
    _ = try send(TransportRequest(method: "POST", target: "/v1/requests/\(code)/claim"))
  }

  /// A member's own requests, newest first, as they came.
  public func requests(of number: MemberNumber) throws(ClientError) -> [JSON] {
    try get("/v1/accounts/\(number)/requests")["requests"]?.array ?? []
  }
}

extension LedgerFolder {
  /// The payment of a request that a member made from this wallet, by the receipts kept here; `nil` where there is none.
  public func payment(of request: NoteID, by payer: MemberNumber) throws(WalletError) -> Posted? {
    for id in receiptIDs {
      guard let receipt = try receipt(id), let record = try? Record(parsing: receipt.record),
        record.text.signer == payer
      else { continue }
      switch record.text.operation {
      case .payment(let payment), .cheque(let payment):
        if payment.request == request { return Posted(record: record, receipt: receipt, isRepeat: true) }
      default: continue
      }
    }
    return nil
  }
}

extension Identity {
  /// A new request, signed, with an id that gives it a code.
  public func signedRequest(_ request: PaymentRequest, now: Timestamp, lifetime: Int64) -> SignedNote {
    let text = NoteText.request(
      request, ledger: origin, signer: number, until: now.seconds + lifetime, key: key.publicKey)
    do {
      return try SignedNote.sign(text.bytes, name: NoteText.keyName(number, at: origin), with: key)
    } catch {
      preconditionFailure("a text of the ledger's grammar is a note")
    }
  }
}
