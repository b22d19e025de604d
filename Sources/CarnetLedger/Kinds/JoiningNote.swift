public import CarnetNotes

/// What an invitation offers: membership under a name, as a kind, by the signature of the officer who invites.
public struct Offer: Hashable, Sendable {
  public let ledger: Origin
  /// The officer who invites: the signer that the joining note names.
  public let officer: MemberNumber
  public let officerKey: PublicKey
  public let name: FreeText
  public let kind: MemberKind

  public init(
    ledger: Origin, officer: MemberNumber, officerKey: PublicKey, name: FreeText, kind: MemberKind
  ) {
    (self.ledger, self.officer, self.officerKey) = (ledger, officer, officerKey)
    (self.name, self.kind) = (name, kind)
  }
}

/// A `member` note made by whoever was invited: in the words of the offer, signed by the new key alone. It asks for
/// nothing else; with the signature of the officer it names it is one that the ledger takes.
public struct JoiningNote: Hashable, Sendable {
  public let submission: Submission
  public let enrolment: Enrolment
  public let handle: Handle
  /// The text behind the card's hash.
  public let card: SubmittedText

  public var id: NoteID { submission.id }

  /// Why a note is not the one that an offer asks for.
  public enum Fault: Error, Hashable, Sendable {
    /// It would be refused whatever the offer says.
    case refused(Refusal)
    /// A field differs from the offer.
    case differs(field: String)
  }

  /// Holds a note against an offer.
  public init(_ submission: Submission, for offer: Offer) throws(Fault) {
    let text = submission.text
    guard text.ledger == offer.ledger else { throw .refused(.wrongLedger) }
    guard case .member(let enrolment) = text.operation else { throw .differs(field: "member") }
    guard text.signer == offer.officer else { throw .differs(field: "by") }
    guard text.key == offer.officerKey else { throw .differs(field: "key") }
    guard enrolment.number != offer.officer else { throw .differs(field: "number") }
    guard enrolment.kind == offer.kind else { throw .differs(field: "kind") }
    guard enrolment.roles.isEmpty else { throw .differs(field: "roles") }
    guard let card = submission.saltedText, let named = submission.card, let handle = named.handle,
      named == JoiningNote.card(handle, offer)
    else { throw .differs(field: "card") }
    let name = NoteText.keyName(enrolment.number, at: offer.ledger)
    let key = VerifierKey(name: name, publicKey: enrolment.memberKey)
    guard submission.note.lines.count == 1, key.isValid(submission.note.lines[0], for: text.bytes) else {
      throw .refused(.badSignature)
    }
    (self.submission, self.enrolment, self.handle, self.card) = (submission, enrolment, handle, card)
  }

  /// Makes the note: draws number, salt and nonce, and signs with the new key.
  ///
  /// - Parameter until: Unix seconds.
  /// - Returns: `nil` where the offer's name makes a card that is longer than a salted text may be.
  public static func make(_ offer: Offer, handle: Handle, key: SecretKey, until: Int64) -> JoiningNote? {
    guard let card = SubmittedText(card(handle, offer)) else { return nil }
    var random = SystemRandomSource()
    let enrolment = Enrolment(
      number: .random(using: &random), kind: offer.kind, roles: [], memberKey: key.publicKey, card: card.hash)
    let text = NoteText(
      ledger: offer.ledger, signer: offer.officer, operation: .member(enrolment), nonce: .random(),
      until: until, key: offer.officerKey)
    let name = NoteText.keyName(enrolment.number, at: offer.ledger)
    return (try? SignedNote.sign(text.bytes, name: name, with: key))
      .flatMap { try? Submission($0, texts: [card]) }.flatMap { try? JoiningNote($0, for: offer) }
  }

  /// The card of whoever takes the offer: the handle is theirs to choose, name and kind are the officer's.
  private static func card(_ handle: Handle, _ offer: Offer) -> Card {
    Card(handle: handle, name: offer.name, kind: offer.kind)
  }
}

extension LedgerState {
  /// Refuses a joining note that the ledger would refuse now even with an officer's signature.
  public func checkJoining(_ note: JoiningNote, at time: Timestamp) throws(Refusal) {
    try checkLife(of: note.submission.text, at: time)
    guard member(note.enrolment.number) == nil else { throw .numberTaken }
    try checkNewKey(note.enrolment.memberKey)
    guard member(note.handle) == nil else { throw .handleTaken }
  }
}
