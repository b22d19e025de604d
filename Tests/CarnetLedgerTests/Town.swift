import CarnetLedger
import CarnetNotes
import Support
import Testing

/// A place with a backed and a mutual currency, and the people whom the rules tell apart.
final class Town {
  static let start = Timestamp(milliseconds: 1_767_225_600_000)
  static let mel = code("MEL")
  static let min = code("MIN")
  static let day: Int64 = 86_400

  var place: Place
  var books: Books
  let alice, bob, bakery, teller: Place.Person
  private var texts: [Digest: SubmittedText] = [:]

  var officer: Place.Person { place.officer }
  var state: LedgerState { books.state }

  /// Opens both currencies and enrols everyone; nobody has anything yet.
  init(seed: UInt64 = 1, minLimits: BalanceLimits = BalanceLimits(floor: -1_000, ceiling: 2_000)) throws {
    place = Place(seed: seed)
    books = try Books(&place, at: Town.start)
    (alice, bob, bakery, teller) = (place.person(), place.person(), place.person(), place.person())
    try accept(.currency(Town.currency("MEL", .backed, BalanceLimits(floor: 0, ceiling: nil))), by: officer)
    try accept(.currency(Town.currency("MIN", .mutual, minLimits)), by: officer)
    try books.accept(place.enrolment(of: alice, handle: "alice", at: books.now))
    try books.accept(place.enrolment(of: bob, handle: "bob", at: books.now))
    try books.accept(place.enrolment(of: bakery, kind: .business, handle: "bakery", at: books.now))
    try books.accept(place.enrolment(of: teller, handle: "teller", roles: [.teller], at: books.now))
  }

  static func code(_ text: String) -> CurrencyCode {
    guard let code = CurrencyCode(text) else { preconditionFailure("a test gave no code") }
    return code
  }

  static func currency(_ code: String, _ kind: CurrencyKind, _ limits: BalanceLimits) -> Currency {
    guard let name = FreeText("Unit") else { preconditionFailure("a name") }
    return Currency(
      code: Town.code(code), kind: kind, scale: kind == .backed ? 2 : 0, name: name, limits: limits)
  }

  static func reference(_ text: String) -> Digest {
    BankReference.hash(secret: Array(repeating: 7, count: 32), text: Array(text.utf8))
  }
}

extension Town {
  /// Salts a text, keeps it for the notes that name it, and gives its hash.
  func text(_ text: String) -> Digest {
    guard let salted = SubmittedText(salt: Array(repeating: 9, count: 32), text: Array(text.utf8)) else {
      preconditionFailure("a test gave no text")
    }
    texts[salted.hash] = salted
    return salted.hash
  }

  func card(_ handle: String?, town: String? = nil) -> Digest {
    let card = Card(handle: handle.flatMap { Handle($0) }, town: town.flatMap { FreeText($0) })
    return text(String(decoding: card.text, as: UTF8.self))
  }

  /// A note signed now, with the text it names.
  func submission(
    _ operation: Operation, by signer: Place.Person, with others: [Place.Person] = [],
    ledgerKeys: [SecretKey] = [], lifetime: Int64 = 600
  ) throws -> Submission {
    try place.submission(
      operation, by: signer, with: others, alsoLedgerKeys: ledgerKeys, at: books.now, lifetime: lifetime,
      saltedText: operation.textHash.flatMap { texts[$0.hash] })
  }

  @discardableResult
  func accept(
    _ operation: Operation, by signer: Place.Person, with others: [Place.Person] = [],
    ledgerKeys: [SecretKey] = [], lifetime: Int64 = 600
  ) throws -> Record {
    try books.accept(
      submission(operation, by: signer, with: others, ledgerKeys: ledgerKeys, lifetime: lifetime))
  }

  /// Why a note is refused, `nil` where it is not. A refusal leaves everything as it was.
  func refusal(
    _ operation: Operation, by signer: Place.Person, with others: [Place.Person] = [],
    ledgerKeys: [SecretKey] = [], lifetime: Int64 = 600
  ) throws -> Refusal? {
    try refusal(
      of: submission(operation, by: signer, with: others, ledgerKeys: ledgerKeys, lifetime: lifetime))
  }

  /// The same for a note that is signed already.
  func refusal(of submission: Submission) -> Refusal? {
    let (before, count) = (Picture(state), books.records.count)
    do throws(Refusal) {
      try books.accept(submission)
      return nil
    } catch {
      #expect(Picture(state) == before && books.records.count == count)
      return error
    }
  }

  func wait(seconds: Int64) { books.now = books.now.adding(seconds: seconds) }

  func balance(_ person: Place.Person, _ code: CurrencyCode) -> Int64 {
    state.balance(of: AccountID(person.number, code))
  }

  func member(_ person: Place.Person) throws -> Member { try #require(state.member(person.number)) }
}

extension Town {
  /// Someone new, enrolled by the officer.
  @discardableResult
  func join(
    _ handle: String? = nil, kind: MemberKind = .person, roles: Set<Role> = []
  ) throws -> Place.Person {
    let person = place.person()
    try books.accept(
      place.enrolment(of: person, kind: kind, handle: handle, roles: roles, at: books.now))
    return person
  }

  /// Euros come in for someone, under a reference of their own.
  @discardableResult
  func fund(_ person: Place.Person, _ amount: Int64) throws -> Record {
    try accept(.change(amount, to: person, "VIR \(books.records.count)"), by: officer)
  }

  @discardableResult
  func set(_ name: SettingName, _ value: Int64?, with others: [Place.Person] = []) throws -> Record {
    try accept(.set(name, value, from: books.now), by: officer, with: others)
  }

  @discardableResult
  func setStatus(
    _ status: MemberStatus, of person: Place.Person, with others: [Place.Person] = []
  ) throws -> Record {
    try accept(.status(status, of: person), by: officer, with: others)
  }

  func accreditBakery() throws {
    try accept(
      .accreditation(AccreditationChange(number: bakery.number, value: true, reason: nil)), by: officer)
  }
}

/// All that a state shows, to compare two.
struct Picture: Hashable {
  let rules, size: UInt64
  let time: Timestamp
  let keys: LedgerKeys
  let currencies: [Currency]
  let settings: [SettingName: Timeline]
  let members: [MemberNumber: Member]
  let accounts: [AccountID]
  let balances: [Int64]
  let issued: Int64
  let handles: [Handle: MemberNumber]

  init(_ state: LedgerState) {
    (rules, size, time, keys) = (state.rules, state.size, state.time, state.ledgerKeys)
    (currencies, settings, members) = (state.currencies, state.settings, state.members)
    (accounts, balances, issued) = (state.book.accounts, state.book.balances, state.book.issued)
    let named = state.members.values.compactMap { $0.card?.handle }.map { ($0, state.member($0)?.number) }
    handles = Dictionary(named.map { ($0.0, $0.1) }, uniquingKeysWith: { first, _ in first }).compactMapValues
    {
      $0
    }
  }
}

extension Operation {
  static func pay(
    _ amount: Int64, _ code: CurrencyCode, to payee: Place.Person, request: NoteID? = nil
  ) -> Operation {
    .payment(
      Payment(to: .member(payee.number), currency: code, amount: amount, request: request, memo: nil))
  }

  static func payCommons(_ amount: Int64, _ code: CurrencyCode) -> Operation {
    .payment(Payment(to: .system(.commons), currency: code, amount: amount, request: nil, memo: nil))
  }

  static func change(
    _ amount: Int64, to payee: Place.Person, _ reference: String, in code: CurrencyCode = Town.mel
  ) -> Operation {
    .change(
      Change(to: payee.number, currency: code, amount: amount, reference: Town.reference(reference)))
  }

  static func reconvert(_ amount: Int64, fee: Int64, in code: CurrencyCode = Town.mel) -> Operation {
    .reconversion(Reconversion(currency: code, amount: amount, fee: fee, reference: nil))
  }

  static func reverse(_ record: UInt64, _ amount: Int64, _ reason: Digest? = nil) -> Operation {
    .reversal(Reversal(record: record, amount: amount, reason: reason))
  }

  static func move(_ amount: Int64, from: SystemAccount, to: SystemAccount) -> Operation {
    .euro(EuroMove(from: from, to: to, amount: amount, reference: nil, reason: nil))
  }

  static func settle(_ from: Place.Person, to: Place.Person, in code: CurrencyCode) -> Operation {
    .settle(Settlement(from: from.number, to: to.number, currency: code, reason: nil))
  }

  static func status(_ status: MemberStatus, of person: Place.Person) -> Operation {
    .status(StatusChange(number: person.number, value: status, reason: nil))
  }

  static func role(_ roles: Set<Role>, of person: Place.Person) -> Operation {
    .role(RoleChange(number: person.number, value: roles, reason: nil))
  }

  static func limits(
    _ floor: Int64?, _ ceiling: Int64?, of person: Place.Person, in code: CurrencyCode
  ) -> Operation {
    .limits(
      LimitsChange(number: person.number, currency: code, floor: floor, ceiling: ceiling, reason: nil))
  }

  static func addKey(_ key: PublicKey, of person: Place.Person, use: KeyUse = .pay) -> Operation {
    .key(KeyChange(number: person.number, action: .add, use: use, memberKey: key))
  }

  static func revokeKey(_ key: PublicKey, of person: Place.Person, use: KeyUse = .pay) -> Operation {
    .key(KeyChange(number: person.number, action: .revoke, use: use, memberKey: key))
  }

  static func set(_ name: SettingName, _ value: Int64?, from time: Timestamp) -> Operation {
    .setting(SettingChange(name: name, value: value, starts: time.seconds))
  }

  /// The enrolment of someone without a card.
  static func enrol(
    _ person: Place.Person, kind: MemberKind = .person, roles: Set<Role> = [], key: PublicKey? = nil,
    card: Digest? = nil
  ) -> Operation {
    .member(
      Enrolment(
        number: person.number, kind: kind, roles: roles, memberKey: key ?? person.key.publicKey, card: card))
  }
}
