public import CarnetLedger
public import CarnetNotes

/// What a ledger says became of a note: its word, not yet a proof.
public enum NoteStanding: Hashable, Sendable {
  /// Under that number.
  case recorded(UInt64)
  /// Taken back by its signer.
  case voided
  /// Neither.
  case unknown
}

extension LedgerClient {
  /// What became of a member's note.
  public func standing(of id: NoteID, by signer: MemberNumber) throws(ClientError) -> NoteStanding {
    let json = try get("/v1/notes/\(id.hex)", [("number", signer.description)])
    guard json["id"]?.string == id.hex else { throw .badAnswer("/v1/notes") }
    switch json["state"]?.string {
    case "recorded":
      guard let number = json["record"]?.integer, number >= 0 else { throw .badAnswer("/v1/notes") }
      return .recorded(UInt64(number))
    case "voided": return .voided
    case "unknown": return .unknown
    default: throw .badAnswer("/v1/notes")
    }
  }

  /// Hands a cheque in; the ledger answers for one it has with the record it made then.
  public func cash(_ cheque: Cheque, ledger key: VerifierKey) throws(ClientError) -> Posted {
    try post(cheque.note, texts: cheque.memo.map { [$0] } ?? [], ledger: key)
  }
}
