import CarnetLedger
import CarnetNotes
import Support
import Testing

/// Payment requests and cancellations: each refusal once, both sides of the expiry, and who may sign.
@Suite struct RequestTests {
  private func request(_ amount: Int64 = 250, _ code: CurrencyCode = Town.min) -> CarnetLedger.Operation {
    .request(PaymentRequest(currency: code, amount: amount, reference: nil))
  }

  private func cancel(_ record: Record) -> CarnetLedger.Operation {
    .cancel(Cancellation(request: record.text.id))
  }

  /// The payment that a request asks for, or another that names it.
  private func pay(
    _ record: Record, _ amount: Int64 = 250, to payee: Place.Person, in code: CurrencyCode = Town.min
  ) -> CarnetLedger.Operation {
    .pay(amount, code, to: payee, request: record.text.id)
  }

  @Test("a request moves nothing, and the payment that names it pays it once")
  func paid() throws {
    let town = try Town()
    let asked = try town.accept(request(), by: town.bakery)
    #expect(asked.postings.legs.isEmpty)
    let paid = try town.accept(pay(asked, to: town.bakery), by: town.alice)
    #expect(town.balance(town.bakery, Town.min) == 250)
    for person in [town.alice, town.bob] {
      #expect(try town.refusal(pay(asked, to: town.bakery), by: person) == .requestPaid)
    }
    #expect(try town.refusal(cancel(asked), by: town.bakery) == .requestPaid)
    // What was given back stays paid: a new sale is a new request.
    try town.accept(.reverse(paid.number, 250), by: town.bakery)
    #expect(try town.refusal(pay(asked, to: town.bakery), by: town.bob) == .requestPaid)
    #expect(town.books.request(asked.text.id)?.state(at: town.books.now) == .paid)
  }

  @Test("a cheque pays a request as a payment does")
  func cheque() throws {
    let town = try Town()
    let asked = try town.accept(request(), by: town.bakery)
    let cheque = Payment(
      to: .member(town.bakery.number), currency: Town.min, amount: 250, request: asked.text.id, memo: nil)
    try town.accept(.cheque(cheque), by: town.alice)
    #expect(try town.refusal(.cheque(cheque), by: town.bob) == .requestPaid)
  }

  @Test("a request is paid until its second and not a millisecond longer")
  func expired() throws {
    let town = try Town()
    let asked = try town.accept(request(), by: town.bakery, lifetime: 60)
    let other = try town.accept(request(), by: town.bakery, lifetime: 60)
    town.books.now = Timestamp(seconds: asked.text.until)
    #expect(town.books.request(asked.text.id)?.state(at: town.books.now) == .open)
    try town.accept(pay(asked, to: town.bakery), by: town.alice)
    town.books.now = town.books.now.adding(milliseconds: 1)
    #expect(try town.refusal(pay(other, to: town.bakery), by: town.alice) == .requestExpired)
    #expect(try town.refusal(cancel(other), by: town.bakery) == .requestExpired)
    #expect(town.books.request(other.text.id)?.state(at: town.books.now) == .expired)
    #expect(town.books.request(asked.text.id)?.state(at: town.books.now) == .paid)
  }

  @Test("a cancelled request is not paid, and not cancelled twice")
  func cancelled() throws {
    let town = try Town()
    let asked = try town.accept(request(), by: town.bakery)
    #expect(try town.refusal(cancel(asked), by: town.alice) == .roleMissing)
    let shop = try town.join("shop", kind: .business)
    #expect(try town.refusal(cancel(asked), by: shop) == .requestDiffers)
    try town.accept(cancel(asked), by: town.bakery)
    #expect(try town.refusal(pay(asked, to: town.bakery), by: town.alice) == .requestCancelled)
    #expect(try town.refusal(cancel(asked), by: town.bakery) == .requestCancelled)
    #expect(town.books.request(asked.text.id)?.state(at: town.books.now) == .cancelled)
  }

  @Test("another amount, currency or payee is refused, and takes nothing of the request")
  func differs() throws {
    let town = try Town()
    try town.fund(town.alice, 500)
    let asked = try town.accept(request(), by: town.bakery)
    for other in [
      pay(asked, 249, to: town.bakery), pay(asked, 251, to: town.bakery),
      pay(asked, to: town.bakery, in: Town.mel), pay(asked, to: town.bob),
      .payment(
        Payment(to: .system(.commons), currency: Town.min, amount: 250, request: asked.text.id, memo: nil)),
    ] { #expect(try town.refusal(other, by: town.alice) == .requestDiffers) }
    try town.accept(pay(asked, to: town.bakery), by: town.alice)
  }

  @Test("only the id of a request is one")
  func unknown() throws {
    let town = try Town()
    let payment = try town.accept(.pay(1, Town.min, to: town.bob), by: town.alice)
    #expect(try town.refusal(pay(payment, 1, to: town.bob), by: town.alice) == .unknownRequest)
    #expect(try town.refusal(cancel(payment), by: town.bakery) == .unknownRequest)
  }

  @Test("a refused payment leaves the request open, and who asks cannot pay it")
  func stillOpen() throws {
    let town = try Town()
    let asked = try town.accept(request(2_001), by: town.bakery)
    #expect(
      try town.refusal(pay(asked, 2_001, to: town.bakery), by: town.alice)?.code == "insufficient-funds")
    #expect(try town.refusal(pay(asked, 2_001, to: town.bakery), by: town.bakery) == .sameAccount)
    #expect(town.books.request(asked.text.id)?.state(at: town.books.now) == .open)
  }

  @Test("a business asks with its own key, anyone with a till key; and a till key signs nothing else")
  func signers() throws {
    let town = try Town()
    #expect(try town.refusal(request(), by: town.alice) == .roleMissing)
    let club = try town.join("club", kind: .association)
    #expect(try town.refusal(request(), by: club) == .roleMissing)
    for owner in [club, town.bakery, town.alice] {
      let till = Place.Person(number: owner.number, key: town.place.person().key)
      try town.accept(.addKey(till.key.publicKey, of: owner, use: .till), by: owner)
      let asked = try town.accept(request(), by: till)
      try town.accept(cancel(asked), by: till)
      for operation in [
        CarnetLedger.Operation.pay(1, Town.min, to: town.bob), .reverse(0, 1),
        .void(VoidOrder(note: asked.text.id)), .revokeKey(till.key.publicKey, of: owner, use: .till),
        .addKey(town.place.person().key.publicKey, of: owner),
        .card(CardChange(number: owner.number, card: town.card("x"))),
      ] { #expect(try town.refusal(operation, by: till)?.code == "role-missing", "\(operation.kind)") }
      try town.accept(.revokeKey(till.key.publicKey, of: owner, use: .till), by: owner)
      #expect(try town.refusal(request(), by: till) == .keyInactive)
    }
  }

  @Test("a request needs a member who is active, a currency that is one, and seven days at most")
  func made() throws {
    let town = try Town()
    #expect(try town.refusal(request(1, .euro), by: town.bakery) == .currencyMismatch(.euro))
    #expect(try town.refusal(request(), by: town.bakery, lifetime: 7 * Town.day + 1) == .tooFarAhead)
    let asked = try town.accept(request(), by: town.bakery, lifetime: 7 * Town.day)
    try town.setStatus(.suspended, of: town.bakery)
    #expect(try town.refusal(request(), by: town.bakery) == .suspended(.member(town.bakery.number)))
    #expect(try town.refusal(cancel(asked), by: town.bakery) == .suspended(.member(town.bakery.number)))
    #expect(
      try town.refusal(pay(asked, to: town.bakery), by: town.alice)
        == .suspended(.member(town.bakery.number)))
  }

  @Test("of several reasons the first in the order of the protocol is given")
  func precedence() throws {
    let town = try Town()
    let paid = try town.accept(request(), by: town.bakery, lifetime: 60)
    try town.accept(pay(paid, to: town.bakery), by: town.alice)
    let cancelled = try town.accept(request(), by: town.bakery, lifetime: 60)
    try town.accept(cancel(cancelled), by: town.bakery)
    town.wait(seconds: 61)
    #expect(try town.refusal(pay(cancelled, 1, to: town.bob), by: town.alice) == .requestCancelled)
    #expect(try town.refusal(pay(paid, 1, to: town.bob), by: town.alice) == .requestExpired)
  }

  @Test("the reference of a request is a text outside the log that can be erased")
  func reference() throws {
    let town = try Town()
    let reference = town.text("T-1042")
    let asked = PaymentRequest(currency: Town.min, amount: 5, reference: reference)
    let record = try town.accept(.request(asked), by: town.bakery)
    #expect(
      record.text.operation.textHash?.hash == reference && record.text.textSubject == town.bakery.number)
    #expect(throws: Refusal.textMissing(field: "reference")) {
      try town.place.submission(
        .request(asked), by: town.bakery, at: town.books.now, saltedText: SubmittedText("other"))
    }
  }
}

/// The code of a request is the beginning of its id.
@Suite struct RequestCodeTests {
  private func id(_ hex: String) throws -> NoteID {
    try #require(NoteID(hex: hex + String(repeating: "f", count: 64 - hex.count)))
  }

  @Test(
    "the first forty bits make the code, where they make one",
    arguments: [
      ("0000000000", nil), ("0000000001", nil), ("000000000a", "0000-000A"), ("9dc89a0b9c", "KQ49-M2WW"),
      ("ffffffffff", nil), ("07fffffffe", "0ZZZ-ZZZY"), ("52a5400000", nil),
    ] as [(String, String?)])
  func derived(_ hex: String, _ code: String?) throws {
    let id = try id(hex)
    #expect(RequestCode(id)?.description == code)
    #expect(RequestCode.bits(of: id) == UInt64(hex, radix: 16))
    if let code { #expect(RequestCode(typed: code)?.bits == RequestCode.bits(of: id)) }
  }

  @Test("a request is made with a nonce that gives its id a code")
  func drawn() {
    for seed in 0..<20 as Range<UInt8> {
      var count: UInt8 = 0
      let text = NoteText.request(
        PaymentRequest(currency: Town.min, amount: 1, reference: nil), ledger: Samples.origin,
        signer: Samples.alice, until: 1_767_225_600, key: Samples.key.publicKey
      ) {
        count += 1
        guard let nonce = Nonce(Array(repeating: seed &+ 16 &* count, count: 16)) else {
          preconditionFailure("sixteen bytes")
        }
        return nonce
      }
      #expect(RequestCode(text.id) != nil && count >= 1)
    }
  }
}
