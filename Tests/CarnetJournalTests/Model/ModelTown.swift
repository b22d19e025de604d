import CarnetLedger
import CarnetNotes
import Support

/// A place with three currencies and people of every sort, the notes that set it up, and the model of it.
struct ModelTown {
  /// Someone with every key they ever had; a key that was never accepted may be among them.
  struct Someone {
    let number: MemberNumber
    var keys: [SecretKey]
  }

  static let start = Timestamp(milliseconds: 1_767_225_600_000)
  static let backed = code("MEL"), mutual = code("MIN"), boundless = code("BIG")
  static let all = [backed, mutual, boundless]
  static let feeRate: Int64 = 275
  /// The neutral element, written as a key: on the curve, and nobody's.
  static let noPoint: PublicKey = {
    guard let key = PublicKey([1] + Array(repeating: 0, count: 31)) else { preconditionFailure("32 bytes") }
    return key
  }()

  private(set) var place: Place
  private(set) var setUp: [Submission] = []
  var people: [Someone] = []
  let genesis: Submission
  let reason: SubmittedText

  init(seed: UInt64) throws {
    place = Place(seed: seed)
    genesis = try place.genesis(at: ModelTown.start)
    guard let reason = SubmittedText(salt: Array(repeating: 9, count: 32), text: Array("mended".utf8)) else {
      preconditionFailure("a reason")
    }
    self.reason = reason
    people = [Someone(number: place.officer.number, keys: [place.officer.key])]
    for (code, unit) in units.sorted(by: { $0.key < $1.key }) { try add(.currency(currency(code, unit))) }
    try add(
      .setting(
        SettingChange(
          name: .reconversionFee, value: ModelTown.feeRate, starts: ModelTown.start.seconds)))
    try enrol(.person, [.officer])
    try enrol(.counter, [.teller])
    for kind in [MemberKind.person, .person, .association, .business, .business] { try enrol(kind) }
    try add(
      .accreditation(AccreditationChange(number: people[7].number, value: true, reason: nil)))
  }

  /// The accredited business, which can reconvert.
  var bakery: Someone { people[7] }

  static func code(_ text: String) -> CurrencyCode {
    guard let code = CurrencyCode(text) else { preconditionFailure("a test gave no code") }
    return code
  }

  private var units: [CurrencyCode: JournalModel.Unit] {
    [
      ModelTown.backed: .init(isBacked: true, floor: 0, ceiling: 9_000),
      ModelTown.mutual: .init(isBacked: false, floor: -1_000, ceiling: 2_000),
      ModelTown.boundless: .init(isBacked: false, floor: nil, ceiling: nil),
    ]
  }

  private func currency(_ code: CurrencyCode, _ unit: JournalModel.Unit) -> Currency {
    guard let name = FreeText("Unit") else { preconditionFailure("a name") }
    return Currency(
      code: code, kind: unit.isBacked ? .backed : .mutual, scale: unit.isBacked ? 2 : 0, name: name,
      limits: BalanceLimits(floor: unit.floor, ceiling: unit.ceiling))
  }

  private mutating func add(_ operation: CarnetLedger.Operation) throws {
    setUp.append(try place.submission(operation, by: place.officer, at: ModelTown.start))
  }

  private mutating func enrol(_ kind: MemberKind, _ roles: Set<Role> = []) throws {
    let person = place.person()
    setUp.append(try place.enrolment(of: person, kind: kind, roles: roles, at: ModelTown.start))
    people.append(Someone(number: person.number, keys: [person.key]))
  }

  /// The model behind the notes that set the place up.
  func model() -> JournalModel {
    let notes = [genesis] + setUp
    let kinds: [MemberKind] = [
      .person, .person, .counter, .person, .person, .association, .business, .business,
    ]
    let roles: [Set<Role>] = [[.officer], [.officer], [.teller]]
    var members: [MemberNumber: JournalModel.Person] = [:]
    for (place, person) in people.enumerated() {
      let key = JournalModel.Key(
        key: person.keys[0].publicKey, use: .pay, from: ModelTown.start.milliseconds, note: genesis.id)
      members[person.number] = JournalModel.Person(
        kind: kinds[place], roles: place < roles.count ? roles[place] : [], isAccredited: place == 7,
        keys: [key])
    }
    var model = JournalModel(
      origin: place.origin, ledgerKey: place.ledgerKey.publicKey, units: units, feeRate: ModelTown.feeRate,
      people: members, entries: notes.map { .init(note: $0.id) }, time: ModelTown.start.milliseconds)
    for (number, note) in notes.enumerated() { model.numbers[note.id] = UInt64(number) }
    return model
  }
}
