public import CarnetLedger
public import CarnetNotes

/// What a place says of itself.
public struct LedgerInfo: Sendable {
  public let origin: Origin
  public let name: String
  public let isTrial: Bool
  public let verifierKey: VerifierKey
  public let currencies: [Currency]
  /// Hundredths of a percent.
  public let reconversionFee: Int64
  public let size: UInt64
}

/// A note that the ledger recorded, with the receipt as it came.
public struct Posted: Sendable {
  public let record: Record
  public let receipt: Receipt
  /// Whether it was there before.
  public let isRepeat: Bool
}

/// What the directory says of a member, verified where a proof came with it.
public struct DirectoryEntry: Sendable {
  public let number: MemberNumber
  public let handle: Handle?
  public let name: String?
  public let kind: MemberKind
  public let isAccredited: Bool
  public let town: String?
  /// Whether the card's hash was found in a record that the ledger's key covers.
  public let isProven: Bool
}

extension LedgerClient {
  /// What a place says of itself, as it came.
  public func ledgerJSON() throws(ClientError) -> JSON { try get("/v1/ledger") }

  public func ledger() throws(ClientError) -> LedgerInfo {
    let json = try ledgerJSON()
    guard let origin = json["origin"]?.string.flatMap({ Origin($0) }),
      let key = json["verifier_key"]?.string.flatMap({ VerifierKey($0) }), let name = json["name"]?.string,
      let size = json["size"]?.integer.flatMap({ UInt64(exactly: $0) }),
      let items = json["currencies"]?.array,
      let fee = json["reconversion_fee"]?.integer, (0...10_000).contains(fee)
    else { throw .badAnswer("/v1/ledger") }
    var currencies: [Currency] = []
    for item in items {
      guard let currency = Currency(json: item) else { throw .badAnswer("/v1/ledger currencies") }
      currencies.append(currency)
    }
    return LedgerInfo(
      origin: origin, name: name, isTrial: json["purpose"]?.string == "trial", verifierKey: key,
      currencies: currencies, reconversionFee: fee, size: size)
  }

  /// Hands in a note and checks the receipt: signed by the ledger, and of exactly this note.
  public func post(
    _ note: SignedNote, texts: [SubmittedText], ledger key: VerifierKey
  ) throws(ClientError) -> Posted {
    let response = try send(
      TransportRequest(
        method: "POST", target: "/v1/notes",
        headers: ["Content-Type": "application/json", "Accept": "text/plain"],
        body: note.json(with: texts).serialized()))
    let (record, receipt) = try LedgerClient.verified(response.body, by: key)
    guard record.note.text == note.text else { throw .badAnswer("the receipt is of another note") }
    return Posted(record: record, receipt: receipt, isRepeat: response.status == 200)
  }

  /// A receipt whose record the ledger's key covers, and whose number is its place.
  static func verified(_ bytes: [UInt8], by key: VerifierKey) throws(ClientError) -> (Record, Receipt) {
    guard let receipt = try? Receipt(parsing: bytes), (try? receipt.verify(ledger: key)) != nil,
      let record = try? Record(parsing: receipt.record), record.number == receipt.index
    else { throw .badAnswer("the receipt does not verify") }
    return (record, receipt)
  }

  /// The number of the member whose key this is; `nil` where the key is not enrolled.
  public func number(of key: PublicKey) throws(ClientError) -> MemberNumber? {
    let found = try find([("key", key.base64)])
    return found?["number"]?.string.flatMap { MemberNumber($0) }
  }

  /// The member of a handle, with the proof of their card checked.
  public func member(_ handle: Handle, ledger key: VerifierKey) throws(ClientError) -> DirectoryEntry? {
    guard let json = try find([("handle", handle.description)]) else { return nil }
    let entry = try LedgerClient.entry(json, ledger: key)
    guard entry.handle == handle else { throw .badAnswer("the directory answers for another handle") }
    return entry
  }

  /// The member of a number, with the proof of their card checked.
  public func member(_ number: MemberNumber, ledger key: VerifierKey) throws(ClientError) -> DirectoryEntry? {
    guard let json = try find([("number", number.description)]) else { return nil }
    let entry = try LedgerClient.entry(json, ledger: key)
    guard entry.number == number else { throw .badAnswer("the directory answers for another number") }
    return entry
  }

  private func find(_ query: [(String, String?)]) throws(ClientError) -> JSON? {
    do throws(ClientError) {
      return try get("/v1/directory", query)["members"]?[0]
    } catch ClientError.refused(let refused) where refused.status == 404 { return nil }
  }

  /// Reads an entry; what its card says must be what the entry says, and its hash in the record that is shown.
  private static func entry(_ json: JSON, ledger key: VerifierKey) throws(ClientError) -> DirectoryEntry {
    guard let number = json["number"]?.string.flatMap({ MemberNumber($0) }),
      let kind = json["kind"]?.string.flatMap({ MemberKind(rawValue: $0) })
    else { throw .badAnswer("/v1/directory") }
    let handle = json["handle"]?.string.flatMap { Handle($0) }
    let name = json["name"]?.string
    var isProven = false
    if let card = json["card"], !card.isNull {
      let proven = try provenCard(card, of: number, ledger: key)
      guard proven.handle == handle, proven.name?.description == name else {
        throw .badAnswer("the directory and the card differ")
      }
      isProven = true
    }
    return DirectoryEntry(
      number: number, handle: handle, name: name, kind: kind, isAccredited: json["accredited"]?.bool ?? false,
      town: json["town"]?.string, isProven: isProven)
  }

  private static func provenCard(
    _ json: JSON, of number: MemberNumber, ledger key: VerifierKey
  ) throws(ClientError) -> Card {
    guard let submitted = SubmittedText(json: json), let card = Card(parsing: submitted.text),
      let receipt = json["receipt"]?.string
    else { throw .badAnswer("a card is not of its form") }
    let (record, _) = try verified(Array(receipt.utf8), by: key)
    guard record.text.operation.textHash?.hash == submitted.hash, record.text.cardOwner == number else {
      throw .badAnswer("the card is not the one in its record")
    }
    return card
  }
}

extension NoteText {
  /// Whose card the note carries.
  fileprivate var cardOwner: MemberNumber? {
    switch operation {
    case .genesis: signer
    case .member(let enrolment): enrolment.number
    case .card(let change): change.number
    default: nil
    }
  }
}
