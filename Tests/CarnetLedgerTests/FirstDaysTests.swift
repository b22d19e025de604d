import CarnetLedger
import CarnetNotes
import Support
import Testing

/// A first turn of everything: a place opens, members join, euros come in, people pay, a shop reconverts.
@Suite struct FirstDaysTests {
  @Test("the first days of a place end in the balances one expects")
  func firstDays() throws {
    var place = Place()
    let start = Timestamp(milliseconds: 1_767_225_600_000)
    var books = try Books(&place, at: start)
    let mel = try #require(CurrencyCode("MEL"))
    try books.accept(
      .currency(
        Currency(
          code: mel, kind: .backed, scale: 2, name: try #require(FreeText("Mel")),
          limits: BalanceLimits(floor: 0, ceiling: nil))), by: place.officer, in: &place)
    let (alice, bakery) = (place.person(), place.person())
    try books.accept(place.enrolment(of: alice, handle: "alice", at: books.now))
    try books.accept(place.enrolment(of: bakery, kind: .business, handle: "boulangerie", at: books.now))
    try books.accept(
      .accreditation(AccreditationChange(number: bakery.number, value: true, reason: nil)), by: place.officer,
      in: &place)
    try books.accept(
      .setting(SettingChange(name: .reconversionFee, value: 500, starts: books.now.seconds + 1)),
      by: place.officer, in: &place)
    let reference = BankReference.hash(secret: Array(repeating: 7, count: 32), text: Array("VIR 1".utf8))
    try books.accept(
      .change(Change(to: alice.number, currency: mel, amount: 10_000, reference: reference)),
      by: place.officer, in: &place)
    try books.accept(
      .payment(Payment(to: .member(bakery.number), currency: mel, amount: 1_250, request: nil, memo: nil)),
      by: alice, in: &place)
    books.now = books.now.adding(seconds: 60)
    try books.accept(
      .reconversion(Reconversion(currency: mel, amount: 1_001, fee: 50, reference: nil)), by: bakery,
      with: [place.officer], in: &place)
    let state = books.state
    #expect(state.balance(of: AccountID(alice.number, mel)) == 8_750)
    #expect(state.balance(of: AccountID(bakery.number, mel)) == 249)
    #expect(state.circulation(of: mel) == 8_999)
    #expect(state.balance(of: AccountID(.reserve, .euro)) == 8_999)
    #expect(state.balance(of: AccountID(.fees, .euro)) == 50)
    #expect(state.balance(of: AccountID(.outside, .euro)) == -9_049)
    #expect(state.size == 9)
  }
}
