import CarnetNotes

extension LedgerState {
  /// Decides on a note: the next record, or the first reason against it, in the order of PROTOCOL, section 5.
  ///
  /// Size, form, ledger, key and signatures were checked when the value was made, and whether the id is a repeat is the
  /// journal's to ask: what remains is asked here. The function has no effect; ``apply(_:)`` has.
  ///
  /// - Parameter time: the ledger's time, not before that of the newest record.
  public func decide(
    _ verified: VerifiedSubmission, at time: Timestamp, facts: Facts
  ) throws(Refusal) -> Decision {
    let text = verified.text
    try checkLife(of: text, at: time)
    guard !facts.isVoided else { throw .voided }
    let rule = signingRule(for: text, at: time, facts: facts)
    let counted = try count(verified, by: rule, at: time)
    let context = RuleContext(
      text: text, id: verified.id, card: verified.submission.card, time: time, number: size, facts: facts,
      counted: counted)
    let effect = try effect(of: text.operation, in: context)
    if rule.guardsOfficers { try checkOfficersLeft(after: effect, text.operation, at: time) }
    let record = Record(
      number: size, time: time, postings: effect.postings, signers: counted.signers,
      note: counted.note(of: verified.submission), text: text)
    return Decision(record: record, changes: effect.changes, isSignedByOfficer: counted.officerCount > 0)
  }

  /// Checks an access note, which is never recorded: its life and its signer's key.
  public func checkAccess(_ verified: VerifiedSubmission, at time: Timestamp) throws(Refusal) {
    guard case .access = verified.text.operation else { throw .unknownKind }
    try checkLife(of: verified.text, at: time)
    _ = try count(verified, by: .signerAlone, at: time)
  }

  /// Refuses a note that comes too late, or asks to live too long.
  func checkLife(of text: NoteText, at time: Timestamp) throws(Refusal) {
    guard !text.isExpired(at: time) else { throw .expired }
    let latest = time.adding(seconds: text.operation.kind.lifetimeSecondsMax)
    guard Timestamp(seconds: text.until) <= latest else { throw .tooFarAhead }
  }

  /// Founds a ledger: record 0, and the state behind it.
  public static func found(
    _ verified: VerifiedSubmission, at time: Timestamp
  ) throws(Refusal) -> (state: LedgerState, decision: Decision) {
    let text = verified.text
    guard case .genesis(let genesis) = text.operation else { throw .unknownKind }
    var state = LedgerState(origin: text.ledger, genesis: genesis)
    try state.checkLife(of: text, at: time)
    guard verified.lines.contains(where: { $0.signer == Record.Signer(member: nil, key: genesis.ledgerKey) })
    else { throw .signaturesMissing(counted: verified.lines.count, needed: 2) }
    guard text.key != genesis.ledgerKey else { throw .keyTaken }
    guard text.key.isValidPoint, genesis.ledgerKey.isValidPoint else { throw .keyInvalid }
    guard genesis.rules >= 1, genesis.rules <= rulesNewest else { throw .rulesUnsupported }
    let counted = CountedSignatures(lines: verified.lines, officerCount: 1)
    let key = MemberKey(publicKey: text.key, use: .pay, activeFrom: time, enrolledBy: verified.id)
    // A genesis names no kind, and a card may be erased: what rules ask about must follow from the log alone.
    let card = verified.submission.card
    let officer = Member(
      number: text.signer, kind: .person, roles: [.officer], keys: [key], card: card,
      officialCard: genesis.card.map { CardReference(record: 0, hash: $0) }, enrolledIn: 0)
    let record = Record(
      number: 0, time: time, postings: .none, signers: counted.signers,
      note: counted.note(of: verified.submission), text: text)
    let decision = Decision(record: record, changes: [.member(officer)], isSignedByOfficer: true)
    state.apply(decision)
    return (state, decision)
  }
}

/// What the rule of a kind is handed beside the state.
struct RuleContext {
  let text: NoteText
  let id: NoteID
  /// The card that came with the note; in a replay it may have been erased.
  let card: Card?
  let time: Timestamp
  /// The number the record will have.
  let number: UInt64
  let facts: Facts
  let counted: CountedSignatures

  var signer: MemberNumber { text.signer }
}

/// What the rule of a kind makes: postings, and changes beside them.
struct Effect {
  var postings = Postings.none
  var changes: [StateChange] = []
}

extension LedgerState {
  /// The rule of each kind.
  func effect(of operation: Operation, in context: RuleContext) throws(Refusal) -> Effect {
    switch operation {
    case .genesis: throw .alreadyRecorded(0)
    case .access: throw .unknownKind
    case .rules(let raise): try effect(of: raise)
    case .ledgerKey(let change): try effect(of: change, in: context)
    case .currency(let currency): try effect(of: currency)
    case .setting(let change): try effect(of: change, in: context)
    case .member(let enrolment): try effect(of: enrolment, in: context)
    case .role(let change): try effect(of: change)
    case .accreditation(let change): try effect(of: change)
    case .status(let change): try effect(of: change, in: context)
    case .key(let change): try effect(of: change, in: context)
    case .card(let change): try effect(of: change, in: context)
    case .limits(let change): try effect(of: change, in: context)
    case .payment(let payment), .cheque(let payment): try effect(of: payment, in: context)
    case .request(let request): try effect(of: request, in: context)
    case .cancel(let cancellation): try effect(of: cancellation, in: context)
    case .void(let order): try effect(of: order, in: context)
    case .change(let change): try effect(of: change, in: context)
    case .reconversion(let reconversion): try effect(of: reconversion, in: context)
    case .reversal(let reversal): try effect(of: reversal, in: context)
    case .euro(let move): try effect(of: move, in: context)
    case .settle(let settlement): try effect(of: settlement, in: context)
    case .erase(let erasure): try effect(of: erasure, in: context)
    case .cutoff(let order): try effect(of: order, in: context)
    case .closing(let closing): try effect(of: closing, in: context)
    }
  }

  /// The member of a number, or a refusal.
  func known(_ number: MemberNumber) throws(Refusal) -> Member {
    guard let member = members[number] else { throw .unknownMember(.member(number)) }
    return member
  }

  /// The standing of a member's number, or a refusal.
  func standing(of number: MemberNumber) throws(Refusal) -> Standing {
    guard let standing = standings[number] else { throw .unknownMember(.member(number)) }
    return standing
  }

  /// Refuses a member who may neither pay nor receive.
  func checkActive(_ member: Member) throws(Refusal) { try checkActive(Standing(member)) }

  /// Refuses a member who may neither pay nor receive.
  func checkActive(_ standing: Standing) throws(Refusal) {
    guard standing.status == .active else { throw .suspended(.member(standing.number)) }
  }
}
