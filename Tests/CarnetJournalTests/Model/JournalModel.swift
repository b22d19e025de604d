import CarnetLedger
import CarnetNotes

/// The rules of movements, limits, status and keys once more, for one reader and without any store: written from
/// PROTOCOL, sections 4 to 6, and from none of the code that it is compared with. Every quorum is one.
struct JournalModel {
  struct Key {
    let key: PublicKey
    let use: KeyUse
    /// Milliseconds from which it counts.
    let from: Int64
    /// The note that brought it.
    let note: NoteID
    var isRevoked = false
  }

  struct Person {
    let kind: MemberKind
    let roles: Set<Role>
    let isAccredited: Bool
    var status = MemberStatus.active
    var keys: [Key]
    var floors: [CurrencyCode: Int64] = [:]
    var ceilings: [CurrencyCode: Int64] = [:]
  }

  struct Unit {
    let isBacked: Bool
    let floor, ceiling: Int64?
  }

  struct Entry {
    let note: NoteID
    /// `nil` for what stands before the first compared note.
    var text: NoteText?
    var legs: [Posting] = []
    var undone: Int64 = 0
    /// Of a request: whether a record paid or cancelled it.
    var isPaid = false
    var isCancelled = false
  }

  /// A note as whoever made it knows it: which keys signed, and whether they signed this text.
  struct Note {
    struct Line {
      let number: MemberNumber
      let key: PublicKey
      let isGood: Bool
    }

    let submission: Submission
    let lines: [Line]
    var text: NoteText { submission.text }
  }

  enum Answer: Equatable {
    case refused(String)
    case repeated(UInt64)
    case recorded(UInt64, [Posting], signers: Set<PublicKey>)
  }

  /// The code of a refusal.
  struct No: Error {
    let code: String

    init(_ code: String) { self.code = code }
  }

  let origin: Origin
  let ledgerKey: PublicKey
  let units: [CurrencyCode: Unit]
  /// Hundredths of a percent.
  let feeRate: Int64
  var people: [MemberNumber: Person]
  var balances: [AccountID: Int64] = [:]
  var entries: [Entry]
  /// Milliseconds of the newest record.
  var time: Int64
  var numbers: [NoteID: UInt64] = [:]
  var voids: [NoteID: Set<MemberNumber>] = [:]
  var references: [Digest: [Int]] = [:]

  static let most: Int64 = 9_007_199_254_740_991
  static let day: Int64 = 86_400_000

  /// Decides about a note at a moment of the ledger's clock, and takes what is recorded.
  mutating func answer(to note: Note, at now: Timestamp) -> Answer {
    do throws(No) {
      let lines = try signed(note)
      let id = note.submission.id
      if let number = numbers[id] { return .repeated(number) }
      let time = max(now.milliseconds, time)
      try checkLife(of: note.text, id: id, at: time)
      let signers = try counted(lines, of: note.text, at: time)
      var next = self
      let legs = try next.carryOut(note.text, id: id, at: time)
      for leg in legs { next.balances[leg.account, default: 0] += leg.amount }
      next.entries.append(Entry(note: id, text: note.text, legs: legs))
      (next.numbers[id], next.time) = (UInt64(entries.count), time)
      self = next
      return .recorded(UInt64(entries.count - 1), legs, signers: signers)
    } catch { return .refused(error.code) }
  }

  /// Section 5 up to the id: the ledger, the signer's key, every line by a key that was ever enrolled.
  private func signed(_ note: Note) throws(No) -> [Note.Line] {
    let text = note.text
    guard text.ledger == origin else { throw No("wrong-ledger") }
    guard owns(text.signer, text.key) else { throw No("unknown-key") }
    let lines = note.lines.filter { owns($0.number, $0.key) }
    guard lines.allSatisfy(\.isGood),
      lines.contains(where: { $0.number == text.signer && $0.key == text.key })
    else { throw No("bad-signature") }
    return lines
  }

  private func owns(_ number: MemberNumber, _ key: PublicKey) -> Bool {
    people[number]?.keys.contains { $0.key == key } ?? false
  }

  private func checkLife(of text: NoteText, id: NoteID, at time: Int64) throws(No) {
    guard time <= text.until * 1_000 else { throw No("expired") }
    var days: Int64 = 7
    if case .cheque = text.operation { days = 90 }
    guard text.until * 1_000 <= time + days * JournalModel.day else { throw No("too-far-ahead") }
    guard !(voids[id]?.contains(text.signer) ?? false) else { throw No("voided") }
  }
}

extension JournalModel {
  /// Who must sign: roles of the signer, and roles of which one line is needed.
  private struct Asked {
    var ofSigner: Set<Role>?
    var ofLines: Set<Role> = []
    var signerCounts = true
    var isTillEnough = false
  }

  private func asked(of text: NoteText) -> Asked? {
    let officers = Asked(ofSigner: [.officer], ofLines: [.officer])
    switch text.operation {
    case .payment, .cheque, .void: return Asked()
    case .request, .cancel: return Asked(isTillEnough: true)
    case .status, .limits: return officers
    case .change: return Asked(ofSigner: [.officer, .teller], ofLines: [.officer, .teller])
    case .reconversion: return Asked(ofLines: [.officer, .teller], signerCounts: false)
    case .key(let change):
      guard change.number == text.signer else { return officers }
      return isOfficer(change.number) ? Asked(ofLines: [.officer]) : Asked()
    case .reversal(let reversal):
      guard let original = entry(reversal.record) else { return Asked() }
      return payee(of: original) == .member(text.signer) ? Asked() : officers
    default: return nil
    }
  }

  private func isOfficer(_ number: MemberNumber) -> Bool {
    people[number]?.roles.contains(.officer) ?? false
  }

  private func acts(_ number: MemberNumber, as roles: Set<Role>) -> Bool {
    guard let person = people[number], person.status == .active else { return false }
    return !person.roles.isDisjoint(with: roles)
  }

  private func isActive(_ key: Key, at time: Int64) -> Bool { !key.isRevoked && key.from <= time }

  func entry(_ number: UInt64) -> Entry? {
    number < UInt64(entries.count) ? entries[Int(number)] : nil
  }

  func payee(of entry: Entry) -> AccountName? {
    switch entry.text?.operation {
    case .payment(let payment), .cheque(let payment): payment.to
    default: nil
    }
  }

  /// The keys whose lines count.
  private func counted(
    _ lines: [Note.Line], of text: NoteText, at time: Int64
  ) throws(No) -> Set<PublicKey> {
    guard let asked = asked(of: text) else { throw No("not-modelled") }
    func key(_ line: Note.Line) -> Key? { people[line.number]?.keys.first { $0.key == line.key } }
    guard let own = people[text.signer]?.keys.first(where: { $0.key == text.key }), isActive(own, at: time)
    else { throw No("key-inactive") }
    if asked.isTillEnough {
      guard own.use == .till || people[text.signer]?.kind == .business else { throw No("role-missing") }
      return [text.key]
    }
    guard own.use == .pay, asked.ofSigner.map({ acts(text.signer, as: $0) }) ?? true else {
      throw No("role-missing")
    }
    let others = lines.filter { line in
      guard line.number != text.signer, let key = key(line) else { return false }
      return key.use == .pay && isActive(key, at: time) && acts(line.number, as: asked.ofLines)
    }
    let signerHelps = asked.signerCounts && acts(text.signer, as: asked.ofLines)
    guard asked.ofLines.isEmpty || signerHelps || !others.isEmpty else { throw No("signatures-missing") }
    return Set(others.map(\.key) + [text.key])
  }

  /// Whether some officer is left who can act.
  func checkOfficersLeft(at time: Int64) throws(No) {
    let left = people.values.contains { person in
      person.roles.contains(.officer) && person.status == .active
        && person.keys.contains { $0.use == .pay && isActive($0, at: time) }
    }
    guard left else { throw No("officers-too-few") }
  }

  func person(_ number: MemberNumber) throws(No) -> Person {
    guard let person = people[number] else { throw No("unknown-member") }
    return person
  }

  func checkActive(_ numbers: MemberNumber...) throws(No) {
    for number in numbers where people[number]?.status != .active { throw No("suspended") }
  }
}
