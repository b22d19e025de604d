import CarnetLedger
import CarnetNotes

/// The texts outside the log, held against the hashes in it and against what was erased by records.
///
/// A record may be read long before the one that erases its text: what is missing is judged at the end.
struct TextLedger {
  /// `texts` in the order of their records; `nil` for content that may not be a salted text at all.
  private var rows: RowCursor<SubmittedText?>
  /// Records whose hash has no text, with the hash.
  private var missing: [UInt64: Digest] = [:]
  /// Cards and reasons by the member they are about, not erased so far.
  private var subjects: [MemberNumber: Set<UInt64>] = [:]
  private var subject: [UInt64: MemberNumber] = [:]
  private var erased: Set<UInt64> = []

  init(_ database: Database) throws(StoreError) {
    rows = try RowCursor("SELECT record, salt, text FROM texts ORDER BY record", in: database) {
      SubmittedText(salt: $0.bytes(1), text: $0.bytes(2))
    }
  }

  /// The text behind the record's hash; one that is another is reported.
  mutating func text(of record: Record, _ audit: inout Audit) throws(StoreError) -> SubmittedText? {
    let number = record.number
    for extra in try rows.extras(below: Int64(number)) {
      audit.report(Finding(.index, nil, "texts", found: "\(extra)"))
    }
    let found = try rows.next(at: Int64(number))
    guard let hash = record.text.operation.textHash?.hash else {
      if found != nil { audit.report(Finding(.textDiffers, number, "texts", found: "-")) }
      return nil
    }
    if let member = record.text.textSubject {
      subjects[member, default: []].insert(number)
      subject[number] = member
    }
    switch found {
    case nil:
      missing[number] = hash
      return nil
    case .some(let text) where text?.hash == hash: return text
    case .some(let text):
      audit.report(
        Finding(.textDiffers, number, "texts.text", expected: hash.hex, found: text?.hash.hex ?? "-"))
      return nil
    }
  }

  /// Takes in what a record erases.
  mutating func erase(member: MemberNumber) {
    for number in subjects.removeValue(forKey: member) ?? [] { erased.insert(number) }
  }

  /// Takes in what a record erases.
  mutating func erase(textOf number: UInt64) {
    erased.insert(number)
    if let member = subject[number] { subjects[member]?.remove(number) }
  }

  /// Reports what disappeared without a record that says so, and what is still there in spite of one.
  mutating func finish(isWhole: Bool, _ audit: inout Audit) throws(StoreError) {
    for extra in try rows.extras(below: .max) {
      audit.report(Finding(.index, nil, "texts", found: "\(extra)"))
    }
    // Behind a record that could not be replayed, an erasure may have been one of those not understood.
    guard isWhole else { return }
    for (number, hash) in missing.sorted(by: { $0.key < $1.key }) where !erased.contains(number) {
      audit.report(Finding(.textMissing, number, "texts", expected: hash.hex))
    }
    for number in erased.sorted() where missing[number] == nil {
      audit.report(Finding(.textKept, number, "texts", expected: "erased"))
    }
    try compareSubjects(&audit)
  }

  private func compareSubjects(_ audit: inout Audit) throws(StoreError) {
    let expected = Set(subjects.flatMap { member in member.value.map { "\(member.key) \($0)" } })
    try audit.compareRows("member_texts", "SELECT number || ' ' || record FROM member_texts", expected)
  }
}
