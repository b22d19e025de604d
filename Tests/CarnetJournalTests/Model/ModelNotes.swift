import CarnetLedger
import CarnetNotes
import Support

/// Notes drawn at random for a ``ModelTown``: mostly sensible ones by those who may, at times anything by anyone.
struct ModelNotes {
  typealias Someone = ModelTown.Someone

  var town: ModelTown
  var generator: SeededGenerator
  /// Made and handed in, to be handed in again.
  private var handedIn: [JournalModel.Note] = []
  /// Made and kept back, to be voided, to expire, or to be handed in late.
  private var keptBack: [JournalModel.Note] = []
  /// Who is to sign the payment that was drawn last.
  private var payer: Someone?

  init(_ town: ModelTown, seed: UInt64) {
    (self.town, generator) = (town, SeededGenerator(seed: seed))
  }

  mutating func chance(_ part: Int, of whole: Int) -> Bool {
    Int.random(in: 0..<whole, using: &generator) < part
  }

  mutating func element<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }

  /// One more note, new or not.
  mutating func next(_ model: JournalModel, at now: Timestamp) throws -> JournalModel.Note {
    if chance(1, of: 14), !handedIn.isEmpty { return element(handedIn) }
    if chance(1, of: 16), !keptBack.isEmpty { return element(keptBack.suffix(4)) }
    if chance(1, of: 12) { keptBack.append(try make(movement(model, at: now), model, at: now)) }
    let operation = chance(7, of: 10) ? movement(model, at: now) : membership(model, at: now)
    let note = try make(operation, model, at: now)
    handedIn.append(note)
    return note
  }

  /// Signs an operation by whoever suits it, rarely by whoever does not, and rarely wrongly.
  private mutating func make(
    _ operation: CarnetLedger.Operation, _ model: JournalModel, at now: Timestamp
  ) throws -> JournalModel.Note {
    let signer = chance(19, of: 20) ? signer(of: operation, model, at: now) : element(town.people)
    var key = usable(signer, for: operation, model, at: now)
    if chance(1, of: 60) { key = generator.secretKey() }
    guard let nonce = Nonce(generator.bytes(Nonce.byteCount)), let other = Origin("other.example/place")
    else {
      preconditionFailure("a nonce and an origin")
    }
    let text = NoteText(
      ledger: chance(1, of: 80) ? other : town.place.origin, signer: signer.number, operation: operation,
      nonce: nonce, until: until(operation, at: now), key: key.publicKey)
    var signatures = [(signer.number, chance(1, of: 80) ? generator.secretKey() : key, chance(79, of: 80))]
    for person in [town.people[0], element(town.people), element(town.people)]
    where chance(1, of: 2) && !signatures.contains(where: { $0.0 == person.number }) {
      signatures.append((person.number, usable(person, model, at: now), chance(149, of: 150)))
    }
    let lines = signatures.map { number, key, isGood in
      SignedNote.line(
        for: isGood ? text.bytes : text.bytes + [0x0A], name: NoteText.keyName(number, at: text.ledger),
        with: key)
    }
    return JournalModel.Note(
      submission: try Submission(SignedNote(text: text.bytes, lines: lines), texts: [town.reason]),
      lines: signatures.map { .init(number: $0.0, key: $0.1.publicKey, isGood: $0.2) })
  }

  /// Mostly ten minutes, at times either side of what is allowed.
  private mutating func until(_ operation: CarnetLedger.Operation, at now: Timestamp) -> Int64 {
    var days: Int64 = 7
    if case .cheque = operation { days = 90 }
    switch Int.random(in: 0..<60, using: &generator) {
    case 0, 1: return now.seconds + Int64.random(in: -2...1, using: &generator)
    case 2, 3: return now.seconds + days * 86_400 + Int64.random(in: -1...1, using: &generator)
    case 4: return now.seconds + Int64.random(in: 0...100 * 86_400, using: &generator)
    default: return now.seconds + 600
    }
  }

  /// A key that counts now, rarely any other the person has.
  private mutating func usable(
    _ person: Someone, for operation: CarnetLedger.Operation? = nil, _ model: JournalModel, at now: Timestamp
  ) -> SecretKey {
    let time = max(now.milliseconds, model.time)
    var isTillEnough = false
    switch operation {
    case .request, .cancel: isTillEnough = chance(2, of: 3)
    default: break
    }
    let good = person.keys.filter { secret in
      model.people[person.number]?.keys.contains {
        $0.key == secret.publicKey && !$0.isRevoked && $0.from <= time && ($0.use == .pay || isTillEnough)
      } ?? false
    }
    return good.isEmpty || chance(1, of: 25) ? element(person.keys) : element(good)
  }

  private mutating func signer(
    of operation: CarnetLedger.Operation, _ model: JournalModel, at now: Timestamp
  ) -> Someone {
    let officer = element(Array(town.people[..<2]))
    switch operation {
    case .payment, .cheque: return payer ?? element(town.people)
    case .void(let order): return chance(4, of: 5) ? concerned(by: order.note) : element(town.people)
    case .request: return chance(2, of: 3) ? element(Array(town.people.suffix(2))) : element(town.people)
    case .cancel(let cancellation):
      return chance(3, of: 4) ? concerned(by: cancellation.request) : element(town.people)
    case .reconversion: return chance(9, of: 10) ? town.bakery : element(town.people)
    case .change: return element([officer, town.people[2]])
    case .key(let change):
      guard chance(1, of: 2) else { return officer }
      return town.people.first { $0.number == change.number } ?? officer
    case .reversal(let reversal):
      guard chance(1, of: 2), let original = model.entry(reversal.record) else { return officer }
      let payee = model.payee(of: original)
      return town.people.first { .member($0.number) == payee } ?? officer
    default: return officer
    }
  }
}

extension ModelNotes {
  /// Who can take a note back: its signer, or whose key it brings.
  private mutating func concerned(by id: NoteID) -> Someone {
    let text = (keptBack + handedIn).last { $0.submission.id == id }?.text
    var number = text?.signer
    if case .key(let change) = text?.operation { number = change.number }
    return town.people.first { $0.number == number } ?? element(town.people)
  }

  private mutating func amount() -> Int64 {
    chance(1, of: 12)
      ? Int64.random(in: 1...JournalModel.most, using: &generator)
      : Int64.random(in: 1...500, using: &generator)
  }

  /// Someone of the place, rarely a number nobody has.
  private mutating func number() -> MemberNumber {
    chance(1, of: 50) ? .random(using: &generator) : element(town.people).number
  }

  private mutating func code(mostly codes: [CurrencyCode]) -> CurrencyCode {
    chance(1, of: 40) ? element([.euro, ModelTown.code("NONE")] + ModelTown.all) : element(codes)
  }

  private mutating func movement(_ model: JournalModel, at now: Timestamp) -> CarnetLedger.Operation {
    switch Int.random(in: 0..<25, using: &generator) {
    case 20...22:
      let code = code(mostly: ModelTown.all)
      return .request(PaymentRequest(currency: code, amount: amount(), reference: nil))
    case 23:
      payer = element(town.people)
      return .payment(answer(model) ?? payment(model))
    case 24:
      return .cancel(Cancellation(request: request(model)?.id ?? Digest.sha256(generator.bytes(4))))
    case 0...9: return .payment(payment(model))
    case 10: return .cheque(payment(model))
    case 11...14:
      let (payee, code) = (number(), code(mostly: [ModelTown.backed]))
      let change = Change(
        to: payee, currency: code, amount: amount(from: nil, to: AccountID(payee, code), model),
        reference: Digest.sha256([UInt8.random(in: 0..<60, using: &generator)]))
      return .change(change)
    case 15, 16:
      let code = code(mostly: [ModelTown.backed])
      let amount = amount(from: AccountID(town.bakery.number, code), to: nil, model)
      let fee = amount / 10_000 * model.feeRate + amount % 10_000 * model.feeRate / 10_000
      return .reconversion(
        Reconversion(currency: code, amount: amount, fee: chance(1, of: 10) ? fee + 1 : fee, reference: nil))
    default: return .reversal(reversal(model))
    }
  }

  /// A request that was recorded, rarely another note.
  private mutating func request(_ model: JournalModel) -> (id: NoteID, text: NoteText)? {
    let found = model.entries.suffix(60).compactMap { entry -> (NoteID, NoteText)? in
      guard let text = entry.text else { return nil }
      if case .request = text.operation { return (entry.note, text) }
      return nil
    }
    return found.isEmpty ? nil : element(found)
  }

  /// The payment that a request asks for, at times another one that names it.
  private mutating func answer(_ model: JournalModel) -> Payment? {
    guard let (id, text) = request(model), case .request(let asked) = text.operation else { return nil }
    let right = Payment(
      to: .member(text.signer), currency: asked.currency, amount: asked.amount, request: id, memo: nil)
    switch Int.random(in: 0..<12, using: &generator) {
    case 0: return Payment(to: right.to, currency: right.currency, amount: amount(), request: id, memo: nil)
    case 1:
      return Payment(
        to: .member(number()), currency: right.currency, amount: right.amount, request: id, memo: nil)
    case 2:
      return Payment(
        to: right.to, currency: element(ModelTown.all), amount: right.amount, request: id, memo: nil)
    default: return right
    }
  }

  private mutating func payment(_ model: JournalModel) -> Payment {
    let (code, payer) = (code(mostly: ModelTown.all), element(town.people))
    let payee: AccountName = chance(1, of: 12) ? .system(.commons) : .member(number())
    self.payer = payer
    let isHuge = code == ModelTown.boundless && chance(2, of: 3)
    return Payment(
      to: payee, currency: code,
      amount: isHuge
        ? JournalModel.most - Int64.random(in: 0...3, using: &generator)
        : amount(from: AccountID(payer.number, code), to: AccountID(payee, code), model),
      request: chance(1, of: 60) ? Digest.sha256(generator.bytes(4)) : nil, memo: nil)
  }

  /// At times just what the one has left or the other has room for, or one more.
  private mutating func amount(
    from source: AccountID?, to target: AccountID?, _ model: JournalModel
  ) -> Int64 {
    var edge: Int64?
    if let source, let floor = model.limits(of: source).floor, chance(1, of: 5) {
      edge = model.balances[source, default: 0] - floor
    } else if let target, let ceiling = model.limits(of: target).ceiling, chance(1, of: 8) {
      edge = ceiling - model.balances[target, default: 0]
    }
    return edge.map { around($0) } ?? amount()
  }

  /// An amount, or one more; never what is none.
  private mutating func around(_ edge: Int64) -> Int64 {
    min(max(1, edge + (chance(1, of: 2) ? 1 : 0)), JournalModel.most)
  }

  /// Of the whole, of what is left or of a part; of a new record rather than of an old one.
  private mutating func reversal(_ model: JournalModel) -> Reversal {
    let movements = model.entries.indices.filter { !model.entries[$0].legs.isEmpty }.suffix(12)
    let number =
      movements.isEmpty || chance(1, of: 12)
      ? Int.random(in: 0...model.entries.count + 9, using: &generator) : element(Array(movements))
    let original = model.entry(UInt64(number))
    let whole = original?.legs.first.map { abs($0.amount) } ?? 1
    let amount =
      switch Int.random(in: 0..<6, using: &generator) {
      case 0, 1: whole
      case 2, 3: around(whole - (original?.undone ?? 0))
      case 4: max(1, whole / 3)
      default: amount()
      }
    return Reversal(
      record: UInt64(number), amount: amount, reason: chance(5, of: 6) ? town.reason.hash : nil)
  }

  private mutating func membership(_ model: JournalModel, at now: Timestamp) -> CarnetLedger.Operation {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0...2:
      let status: MemberStatus = chance(3, of: 5) ? .active : chance(1, of: 2) ? .suspended : .closed
      let whose = chance(1, of: 4) ? element(Array(town.people[..<2])).number : number()
      return .status(StatusChange(number: whose, value: status, reason: nil))
    case 3...5:
      let bounds = (0..<2).map { _ in
        chance(1, of: 3) ? nil : Int64.random(in: -1_500...3_000, using: &generator)
      }
      return .limits(
        LimitsChange(
          number: number(), currency: code(mostly: ModelTown.all), floor: bounds[0], ceiling: bounds[1],
          reason: nil))
    case 6...8: return .key(keyChange(model))
    default:
      let known = [keptBack.last, handedIn.last].compactMap(\.?.submission.id)
      let waiting = handedIn.last { if case .key = $0.text.operation { true } else { false } }
      let ids =
        known + [waiting?.submission.id ?? Digest.sha256(generator.bytes(4)), element(model.entries).note]
      return .void(VoidOrder(note: element(ids)))
    }
  }

  private mutating func keyChange(_ model: JournalModel) -> KeyChange {
    let place = Int.random(in: town.people.indices, using: &generator)
    let use: KeyUse = chance(1, of: 4) ? .till : .pay
    guard chance(2, of: 3) else {
      let whose = chance(9, of: 10) ? town.people[place].number : number()
      return KeyChange(
        number: whose, action: .revoke, use: chance(1, of: 8) ? .till : .pay,
        memberKey: element(town.people[place].keys).publicKey)
    }
    if chance(1, of: 8) {
      // One that is taken, or that is no point of the curve.
      let key = chance(1, of: 2) ? element(town.people).keys[0].publicKey : ModelTown.noPoint
      return KeyChange(number: town.people[place].number, action: .add, use: use, memberKey: key)
    }
    let fresh = generator.secretKey()
    town.people[place].keys.append(fresh)
    return KeyChange(number: town.people[place].number, action: .add, use: use, memberKey: fresh.publicKey)
  }
}
