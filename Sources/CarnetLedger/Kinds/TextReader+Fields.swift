import CarnetNotes

extension TextReader {
  /// Reads `name value` as whatever `parse` makes of the value; `nil` is refused with what was expected.
  mutating func value<Value>(
    _ name: String, _ expected: String, _ parse: (ArraySlice<UInt8>) -> Value?
  ) throws(NoteError) -> Value {
    guard let value = parse(try field(name)) else {
      throw .malformed("the value of \"\(name)\" is not \(expected)")
    }
    return value
  }

  /// The same where `-` stands for no value.
  mutating func optionalValue<Value>(
    _ name: String, _ expected: String, _ parse: (ArraySlice<UInt8>) -> Value?
  ) throws(NoteError) -> Value? {
    guard let text = try optionalField(name) else { return nil }
    guard let value = parse(text) else {
      throw .malformed("the value of \"\(name)\" is neither - nor \(expected)")
    }
    return value
  }

  mutating func number(_ name: String) throws(NoteError) -> MemberNumber {
    try value(name, "a member's number") { MemberNumber($0) }
  }

  mutating func currency(_ name: String) throws(NoteError) -> CurrencyCode {
    try value(name, "a currency's code") { CurrencyCode($0) }
  }

  mutating func amount(_ name: String = "amount") throws(NoteError) -> Int64 {
    try integer(name, in: Quantity.amounts)
  }

  /// A floor or a ceiling, `-` for none.
  mutating func bound(_ name: String) throws(NoteError) -> Int64? {
    try optionalValue(name, "an integer that a balance can reach") {
      DecimalText.signed($0).flatMap { Quantity.balances.contains($0) ? $0 : nil }
    }
  }

  mutating func limits() throws(NoteError) -> BalanceLimits {
    BalanceLimits(floor: try bound("floor"), ceiling: try bound("ceiling"))
  }

  mutating func freeText(_ name: String) throws(NoteError) -> FreeText {
    try value(name, "canonical base64 of a text of 1 to \(FreeText.bytesMax) bytes") {
      Base64.decode($0).flatMap { FreeText($0) }
    }
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, as type: Word.Type
  ) throws(NoteError) -> Word where Word.RawValue == String {
    let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(name, "one of \(words)") { Word(rawValue: String(decoding: $0, as: UTF8.self)) }
  }

  /// A comma-separated list in ascending order without repeats, `-` when empty.
  mutating func roles(_ name: String) throws(NoteError) -> Set<Role> {
    let roles = try optionalValue(name, "an ascending list of roles") { text -> [Role]? in
      let words = text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      let roles = words.compactMap { Role(rawValue: String(decoding: $0, as: UTF8.self)) }
      guard roles.count == words.count, zip(roles, roles.dropFirst()).allSatisfy({ $0 < $1 }) else {
        return nil
      }
      return roles
    }
    return Set(roles ?? [])
  }
}

extension TextWriter {
  mutating func field(_ name: String, _ value: MemberNumber) {
    field(name) { value.append(to: &$0) }
  }

  mutating func field(_ name: String, _ value: CurrencyCode) {
    field(name) { value.append(to: &$0) }
  }

  mutating func field(_ name: String, _ value: FreeText) {
    field(name, base64: value.bytes)
  }

  mutating func field(_ name: String, bound value: Int64?) {
    guard let value else { return field(name, "-") }
    field(name, value)
  }

  mutating func field(_ limits: BalanceLimits) {
    field("floor", bound: limits.floor)
    field("ceiling", bound: limits.ceiling)
  }

  mutating func field(_ name: String, roles: Set<Role>) {
    field(name, roles.isEmpty ? "-" : roles.sorted().map(\.rawValue).joined(separator: ","))
  }
}
