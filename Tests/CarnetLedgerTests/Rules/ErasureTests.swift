import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct ErasureTests {
  private func erase(_ person: Place.Person) -> CarnetLedger.Operation {
    .erase(Erasure(target: .member(person.number), reason: nil))
  }

  @Test("an erased member has no card any more, keeps number, keys and balance, and the handle is free")
  func member() throws {
    let town = try Town()
    try town.accept(.pay(300, Town.min, to: town.bob), by: town.alice)
    let before = try town.member(town.alice)
    try town.accept(erase(town.alice), by: town.officer)
    let after = try town.member(town.alice)
    #expect(after.card == nil && after.officialCard == nil)
    #expect(after.keys == before.keys && town.balance(town.alice, Town.min) == -300)
    #expect(town.state.member(try #require(Handle("alice"))) == nil)
    try town.accept(.pay(1, Town.min, to: town.bob), by: town.alice)
    try town.join("alice")
    // Nothing is left to erase, and it may be asked again.
    try town.accept(erase(town.alice), by: town.officer)
  }

  @Test("officers erase, as many as the quorum asks for")
  func who() throws {
    let town = try Town()
    #expect(try town.refusal(erase(town.alice), by: town.alice) == .roleMissing)
    #expect(try town.refusal(erase(town.place.person()), by: town.officer) != nil)
    let second = try town.join("second", roles: [.officer])
    try town.set(.quorum(.erase), 2)
    town.wait(seconds: 1)
    #expect(
      try town.refusal(erase(town.alice), by: town.officer) == .signaturesMissing(counted: 1, needed: 2))
    try town.accept(erase(town.alice), by: town.officer, with: [second])
  }

  @Test("a memo or a reason is erased by its note; a card, a note without text and an unknown one are not")
  func texts() throws {
    let town = try Town()
    let memo = town.text("merci")
    let paid = try town.accept(
      .payment(
        Payment(to: .member(town.bob.number), currency: Town.min, amount: 5, request: nil, memo: memo)),
      by: town.alice)
    let plain = try town.accept(.pay(5, Town.min, to: town.bob), by: town.alice)
    let order = { (note: NoteID) in CarnetLedger.Operation.erase(Erasure(target: .note(note), reason: nil)) }
    try town.accept(order(paid.text.id), by: town.officer)
    #expect(try town.refusal(order(plain.text.id), by: town.officer) == .notErasable)
    #expect(try town.refusal(order(Digest.sha256([9])), by: town.officer) == .unknownRecord)
    let enrolment = try #require(town.books.records.first { $0.text.operation.kind == .member })
    #expect(try town.refusal(order(enrolment.text.id), by: town.officer) == .notErasable)
  }
}
