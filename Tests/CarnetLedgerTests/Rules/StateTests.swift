import CarnetLedger
import CarnetNotes
import Support
import Testing

/// A state that a store keeps and takes up again.
@Suite struct StateTests {
  private func restored(_ state: LedgerState) -> LedgerState {
    LedgerState(
      LedgerState.Parts(
        origin: state.origin, name: state.name, purpose: state.purpose, rules: state.rules,
        ledgerKeys: state.ledgerKeys, currencies: state.currencies, settings: state.settings,
        members: Array(state.members.values),
        balances: state.book.accounts.map { ($0, state.balance(of: $0)) },
        cutoffs: Array(state.cutoffs.values), size: state.size, time: state.time)
    )
  }

  /// A town where something of everything has happened.
  private func livedIn() throws -> Town {
    let town = try Town()
    try town.accreditBakery()
    try town.fund(town.bakery, 1_000)
    try town.set(.reconversionFee, 500)
    try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice)
    try town.accept(.limits(-500, nil, of: town.alice, in: Town.min), by: town.officer)
    try town.accept(.addKey(town.place.person().key.publicKey, of: town.bob, use: .till), by: town.bob)
    try town.accept(.revokeKey(town.teller.key.publicKey, of: town.teller), by: town.officer)
    try town.join("second", roles: [.officer])
    try town.set(.quorum(.euro), 2)
    try town.setStatus(.suspended, of: town.bob)
    return town
  }

  @Test("a state taken up from its parts is the same")
  func restores() throws {
    let town = try livedIn()
    let state = restored(town.state)
    #expect(Picture(state) == Picture(town.state))
    #expect(state.origin == town.state.origin && state.name == town.state.name)
    #expect(state.purpose == town.state.purpose)
  }

  @Test("it decides as the first one would, on what is accepted and on what is not")
  func decides() throws {
    let town = try livedIn()
    let state = restored(town.state)
    let stranger = town.place.person()
    for (operation, signer) in [
      (.pay(200, Town.min, to: town.bakery), town.alice), (.pay(201, Town.min, to: town.bakery), town.alice),
      (.pay(1, Town.min, to: town.bob), town.alice), (.change(5, to: town.alice, "X"), town.teller),
      (.enrol(stranger, key: town.teller.key.publicKey), town.officer),
      (.enrol(stranger, card: town.card("bob")), town.officer),
      (.role([], of: town.officer), town.officer), (.move(1, from: .outside, to: .fees), town.officer),
      (.set(.keyDelay, 0, from: town.books.now), town.officer),
    ] as [(CarnetLedger.Operation, Place.Person)] {
      let note = try town.submission(operation, by: signer)
      #expect(outcome(of: note, on: state, town) == outcome(of: note, on: town.state, town))
    }
  }

  private func outcome(of note: Submission, on state: LedgerState, _ town: Town) -> Result<Decision, Refusal>
  {
    Result { () throws(Refusal) in
      try state.decide(
        try state.unverified(note).verify(), at: town.books.now, facts: town.books.facts(for: note))
    }
  }

  @Test("deciding changes nothing; only applying does")
  func pure() throws {
    let town = try livedIn()
    let before = Picture(town.state)
    let note = try town.submission(.pay(10, Town.min, to: town.bakery), by: town.alice)
    guard case .success(let decision) = outcome(of: note, on: town.state, town) else {
      Issue.record("the payment is refused")
      return
    }
    #expect(Picture(town.state) == before)
    var state = town.state
    state.apply(decision)
    #expect(state.size == before.size + 1 && Picture(state) != before)
  }

  @Test("a record out of turn is a fault of the program's")
  func outOfTurn() async throws {
    await #expect(processExitsWith: .failure) {
      let town = try Town()
      let note = try town.submission(.pay(10, Town.min, to: town.bob), by: town.alice)
      let decision = try town.state.decide(
        town.state.unverified(note).verify(), at: town.books.now, facts: Facts())
      var state = town.state
      state.apply(decision)
      state.apply(decision)
    }
  }
}
