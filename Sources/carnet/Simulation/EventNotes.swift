import CarnetLedger
import CarnetNotes

/// From an event to the notes that those concerned would sign in life.
struct EventNotes: Sendable {
  let origin: Origin
  let officer: Cast.Person
  let cast: Cast
  let referenceSecret: [UInt8]
  let scenario: ScenarioTerms

  /// What events need of the scenario, without its events.
  struct ScenarioTerms: Sendable {
    let currency: Currency
    let fee: Int64
    let minorUnits: @Sendable (String) -> Int64?
  }

  /// A note with its salted text, ready to be handed in.
  struct Signed: Sendable {
    let id: NoteID
    let note: SignedNote
    let text: SubmittedText?
  }

  /// Seconds by which a note may be late: others are on their way with it.
  private static let lifetime: Int64 = 6 * 86_400

  /// The notes of an event in their order; `nil` where it asks for what no note can say.
  func notes(for event: Scenario.Event) -> [Signed]? {
    switch Scenario.Kind(rawValue: event.kind) {
    case .join: joining(event)
    case .change: change(event).map { [$0] }
    case .payment: payment(event).map { [$0] }
    case .reconversion: reconversion(event).map { [$0] }
    case .suspend: status(event, .suspended).map { [$0] }
    case .restore: status(event, .active).map { [$0] }
    case .limit: limit(event).map { [$0] }
    case nil: nil
    }
  }

  /// Whose note comes first for an event: the ledger does not know the key of someone who is no member.
  func signerIsUnknown(_ event: Scenario.Event) -> Bool {
    ["payment", "reconversion"].contains(event.kind) && !cast.isMember(event.from)
  }

  /// An officer's note that changes nothing, after a long silence.
  func confirmation(handle: Handle, at time: Timestamp) -> Signed? {
    guard let card = SubmittedText(String(decoding: Card(handle: handle, kind: .person).text, as: UTF8.self))
    else {
      return nil
    }
    return sign(.card(CardChange(number: officer.number, card: card.hash)), by: officer, text: card, at: time)
  }

  func sign(
    _ operation: CarnetLedger.Operation, by signer: Cast.Person, with other: Cast.Person? = nil,
    text salted: SubmittedText? = nil, at time: Timestamp
  ) -> Signed? {
    let text = NoteText(
      ledger: origin, signer: signer.number, operation: operation, nonce: .random(),
      until: time.seconds + EventNotes.lifetime, key: signer.key.publicKey)
    let lines = [signer, other].compactMap(\.self).map { person in
      SignedNote.line(for: text.bytes, name: NoteText.keyName(person.number, at: origin), with: person.key)
    }
    guard let note = try? SignedNote(text: text.bytes, lines: lines) else { return nil }
    return Signed(id: text.id, note: note, text: salted)
  }
}

extension EventNotes {
  /// The reference holds kind, town and sector; a business is accredited at once.
  private func joining(_ event: Scenario.Event) -> [Signed]? {
    let parts = event.reference.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let person = cast.candidate(event.line)
    guard let kind = MemberKind(rawValue: parts.first ?? ""), let handle = Handle(event.to) else {
      return nil
    }
    let card = Card(
      handle: handle, name: FreeText(event.to), kind: kind, town: parts.count > 1 ? FreeText(parts[1]) : nil,
      sector: parts.count > 2 ? FreeText(parts[2]) : nil)
    guard let salted = SubmittedText(card) else { return nil }
    let enrolment = Enrolment(
      number: person.number, kind: kind, roles: [], memberKey: person.key.publicKey, card: salted.hash)
    var notes = [sign(.member(enrolment), by: officer, text: salted, at: event.time)]
    if kind == .business {
      let accreditation = AccreditationChange(number: person.number, value: true, reason: nil)
      notes.append(sign(.accreditation(accreditation), by: officer, at: event.time))
    }
    let made = notes.compactMap(\.self)
    return made.count == notes.count ? made : nil
  }

  private func amount(_ event: Scenario.Event) -> Int64? {
    scenario.minorUnits(event.amount).flatMap { Quantity.amounts.contains($0) ? $0 : nil }
  }

  private func change(_ event: Scenario.Event) -> Signed? {
    guard let amount = amount(event), let code = CurrencyCode(event.currency) else { return nil }
    let reference = BankReference.hash(secret: referenceSecret, text: Array(event.reference.utf8))
    let change = Change(
      to: cast.person(event.to).number, currency: code, amount: amount, reference: reference)
    return sign(.change(change), by: officer, at: event.time)
  }

  private func payment(_ event: Scenario.Event) -> Signed? {
    guard let amount = amount(event), let code = CurrencyCode(event.currency) else { return nil }
    let payment = Payment(
      to: .member(cast.person(event.to).number), currency: code, amount: amount, request: nil, memo: nil)
    return sign(.payment(payment), by: cast.person(event.from), at: event.time)
  }

  private func reconversion(_ event: Scenario.Event) -> Signed? {
    guard let amount = amount(event), let code = CurrencyCode(event.currency) else { return nil }
    let fee = Reconversion.fee(on: amount, rate: scenario.fee)
    let reference =
      event.reference.isEmpty
      ? nil : BankReference.hash(secret: referenceSecret, text: Array(event.reference.utf8))
    let reconversion = Reconversion(currency: code, amount: amount, fee: fee, reference: reference)
    return sign(.reconversion(reconversion), by: cast.person(event.from), with: officer, at: event.time)
  }

  private func status(_ event: Scenario.Event, _ value: MemberStatus) -> Signed? {
    let reason = event.reference.isEmpty ? nil : SubmittedText(event.reference)
    let change = StatusChange(number: cast.person(event.to).number, value: value, reason: reason?.hash)
    return sign(.status(change), by: officer, text: reason, at: event.time)
  }

  private func limit(_ event: Scenario.Event) -> Signed? {
    guard let floor = scenario.minorUnits(event.amount), let code = CurrencyCode(event.currency) else {
      return nil
    }
    let change = LimitsChange(
      number: cast.person(event.to).number, currency: code, floor: floor, ceiling: nil, reason: nil)
    return sign(.limits(change), by: officer, at: event.time)
  }
}
