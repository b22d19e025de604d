import CarnetLedger
import CarnetNotes
import Support

/// Notes of all kinds drawn at random, sensible and senseless ones, by people who may and by people who may not.
struct RandomNotes {
  var generator: SeededGenerator
  /// Everyone who was ever enrolled, with each key they had.
  var people: [Place.Person]

  init(seed: UInt64, town: Town) {
    generator = SeededGenerator(seed: seed)
    people = [town.officer, town.alice, town.bob, town.bakery, town.teller]
  }

  mutating func chance(_ part: Int, of whole: Int) -> Bool {
    Int.random(in: 0..<whole, using: &generator) < part
  }

  mutating func element<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &generator)]
  }

  /// Mostly small, at times at the edge of what an amount may be.
  mutating func amount() -> Int64 {
    switch Int.random(in: 0..<20, using: &generator) {
    case 0: Quantity.max
    case 1: Quantity.max - Int64.random(in: 0..<5_000, using: &generator)
    case 2: Int64.random(in: Quantity.amounts, using: &generator)
    default: Int64.random(in: 1...400, using: &generator)
    }
  }

  mutating func bound() -> Int64? {
    chance(1, of: 3) ? nil : Int64.random(in: -500...3_000, using: &generator)
  }

  /// Signs one more note and says by whom it was.
  mutating func next(in town: Town) throws -> Submission {
    let isMovement = chance(4, of: 5)
    let operation = isMovement ? movement(in: town) : try membership(in: town)
    let signer = signer(of: operation, in: town)
    var others: [Place.Person] = []
    let officer = usable(in: town, \.isOfficer)
    for person in [officer, town.teller, element(people), payee(of: operation)].compactMap(\.self)
    where person.number != signer.number && !others.contains(where: { $0.number == person.number }) {
      if chance(2, of: 3) { others.append(person) }
    }
    return try town.submission(operation, by: signer, with: others)
  }

  /// Mostly someone who can sign such a note now, at times anyone at all.
  private mutating func signer(of operation: CarnetLedger.Operation, in town: Town) -> Place.Person {
    guard chance(19, of: 20) else { return element(people) }
    switch operation {
    case .payment, .cheque, .void: return usable(in: town) { _ in true }
    case .request, .cancel: return chance(5, of: 6) ? town.bakery : usable(in: town) { _ in true }
    case .reconversion: return town.bakery
    case .change: return usable(in: town) { $0.roles.contains(.teller) || $0.isOfficer }
    case .reversal(let reversal) where chance(1, of: 2):
      let record = town.books.records[Int(reversal.record % town.state.size)]
      guard case .payment(let payment) = record.text.operation else { return usable(in: town, \.isOfficer) }
      return usable(in: town) { .member($0.number) == payment.to }
    default: return usable(in: town, \.isOfficer)
    }
  }

  /// One of those members with a key that counts now; anyone where there is none.
  private mutating func usable(in town: Town, _ isWanted: (Member) -> Bool) -> Place.Person {
    let found = people.filter { person in
      guard let member = town.state.member(person.number), isWanted(member) else { return false }
      return member.key(person.key.publicKey)?.isActive(at: town.books.now) ?? false
    }
    return found.isEmpty ? element(people) : element(found)
  }

  private func payee(of operation: CarnetLedger.Operation) -> Place.Person? {
    guard case .settle(let settlement) = operation else { return nil }
    return people.first { $0.number == settlement.to }
  }

  private mutating func movement(in town: Town) -> CarnetLedger.Operation {
    let code = element([Town.mel, Town.min])
    switch Int.random(in: 0..<20, using: &generator) {
    case 16, 17: return .request(PaymentRequest(currency: code, amount: amount(), reference: nil))
    case 18: return answer(in: town) ?? .pay(amount(), code, to: element(people))
    case 19: return .cancel(Cancellation(request: element(Array(town.books.records.suffix(12))).text.id))
    case 0...6: return .pay(amount(), code, to: element(people))
    case 7: return .payCommons(amount(), code)
    case 8, 9:
      return .change(amount(), to: element(people), "VIR \(Int.random(in: 0..<60, using: &generator))")
    case 10, 11: return reconversion(in: town)
    case 12, 13: return reversal(in: town)
    case 14:
      return .move(
        amount(), from: element(SystemAccount.euroAccounts), to: element(SystemAccount.euroAccounts))
    default: return .settle(element(people), to: element(people), in: code)
    }
  }

  /// The payment that one of the newest requests asks for.
  private mutating func answer(in town: Town) -> CarnetLedger.Operation? {
    let requests = town.books.records.suffix(40).filter { $0.text.operation.kind == .request }
    guard !requests.isEmpty else { return nil }
    let text = element(Array(requests)).text
    guard case .request(let asked) = text.operation else { return nil }
    return .payment(
      Payment(
        to: .member(text.signer), currency: asked.currency,
        amount: chance(1, of: 8) ? amount() : asked.amount,
        request: text.id, memo: nil))
  }

  private mutating func reconversion(in town: Town) -> CarnetLedger.Operation {
    let amount = amount()
    let fee = Reconversion.fee(
      on: amount, rate: town.state.reconversionFee(at: max(town.books.now, town.state.time)))
    return .reconvert(amount, fee: chance(1, of: 9) ? fee + 1 : fee)
  }

  /// Of one of the newest records, so that parts of one add up.
  private mutating func reversal(in town: Town) -> CarnetLedger.Operation {
    let size = town.state.size
    let number = size - UInt64.random(in: 0...min(size, 6), using: &generator)
    let amount: Int64 =
      number < size && chance(2, of: 3)
      ? town.books.records[Int(number)].postings.legs.first.map { abs($0.amount) } ?? 1 : amount()
    return .reverse(number, amount, chance(2, of: 3) ? town.text("mended") : nil)
  }

  private mutating func membership(in town: Town) throws -> CarnetLedger.Operation {
    let person = element(people)
    switch Int.random(in: 0..<11, using: &generator) {
    case 0:
      let fresh = town.place.person()
      people.append(fresh)
      return .enrol(fresh, roles: chance(1, of: 4) ? [.officer] : [], card: town.card("h\(people.count / 2)"))
    case 1: return .role(chance(1, of: 2) ? [.officer] : [], of: person)
    case 2, 3:
      return .status(chance(1, of: 8) ? .closed : chance(1, of: 4) ? .suspended : .active, of: person)
    case 4:
      let fresh = Place.Person(number: person.number, key: town.place.person().key)
      people.append(fresh)
      return .addKey(fresh.key.publicKey, of: person)
    case 5: return .revokeKey(person.key.publicKey, of: person)
    case 6: return .limits(bound(), bound(), of: person, in: element([Town.mel, Town.min]))
    case 7:
      return .set(
        .reconversionFee, Int64.random(in: 0...10_000, using: &generator),
        from: town.books.now.adding(seconds: 1))
    case 8:
      return .set(
        .quorum(.limits), Int64.random(in: 1...2, using: &generator), from: town.books.now.adding(seconds: 60)
      )
    case 9: return .void(VoidOrder(note: element(town.books.records).note.id))
    default: return .accreditation(AccreditationChange(number: person.number, value: true, reason: nil))
    }
  }
}
