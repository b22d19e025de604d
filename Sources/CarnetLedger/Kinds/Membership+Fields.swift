public import CarnetNotes

/// The fields of `member`: an officer enrols a member with their first key.
public struct Enrolment: Hashable, Sendable {
  /// Drawn at random by the enrolling client.
  public let number: MemberNumber
  public let kind: MemberKind
  public let roles: Set<Role>
  /// The member’s first key, whose use is `pay`.
  public let memberKey: PublicKey
  /// Hash of the salted card.
  public let card: Digest?

  public init(number: MemberNumber, kind: MemberKind, roles: Set<Role>, memberKey: PublicKey, card: Digest?) {
    self.number = number
    self.kind = kind
    self.roles = roles
    self.memberKey = memberKey
    self.card = card
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    kind = try reader.word("kind", as: MemberKind.self)
    roles = try reader.roles("roles")
    memberKey = try reader.publicKey("memberkey")
    card = try reader.optionalDigest("card")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("kind", kind.rawValue)
    writer.field("roles", roles: roles)
    writer.field("memberkey", memberKey)
    writer.field("card", base64: card)
  }
}

/// The fields of `role`: the roles a member has from now on.
public struct RoleChange: Hashable, Sendable {
  public let number: MemberNumber
  /// All roles, those kept included.
  public let value: Set<Role>
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(number: MemberNumber, value: Set<Role>, reason: Digest?) {
    self.number = number
    self.value = value
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    value = try reader.roles("value")
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("value", roles: value)
    writer.field("reason", base64: reason)
  }
}

/// The fields of `accreditation`: whether a business may reconvert.
public struct AccreditationChange: Hashable, Sendable {
  public let number: MemberNumber
  public let value: Bool
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(number: MemberNumber, value: Bool, reason: Digest?) {
    self.number = number
    self.value = value
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    value = try reader.value("value", "yes or no") { isYes($0) }
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("value", value ? "yes" : "no")
    writer.field("reason", base64: reason)
  }
}

/// The fields of `status`.
public struct StatusChange: Hashable, Sendable {
  public let number: MemberNumber
  public let value: MemberStatus
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(number: MemberNumber, value: MemberStatus, reason: Digest?) {
    self.number = number
    self.value = value
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    value = try reader.word("value", as: MemberStatus.self)
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("value", value.rawValue)
    writer.field("reason", base64: reason)
  }
}

/// The fields of `key`: a key of a member is added or revoked.
public struct KeyChange: Hashable, Sendable {
  public let number: MemberNumber
  public let action: KeyAction
  /// Of a key that is revoked: the use it was added for.
  public let use: KeyUse
  /// The key that is added or revoked.
  public let memberKey: PublicKey

  public init(number: MemberNumber, action: KeyAction, use: KeyUse, memberKey: PublicKey) {
    self.number = number
    self.action = action
    self.use = use
    self.memberKey = memberKey
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    action = try reader.word("action", as: KeyAction.self)
    use = try reader.word("use", as: KeyUse.self)
    memberKey = try reader.publicKey("memberkey")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("action", action.rawValue)
    writer.field("use", use.rawValue)
    writer.field("memberkey", memberKey)
  }
}

/// The fields of `card`: what people call a member, and where they find them.
public struct CardChange: Hashable, Sendable {
  public let number: MemberNumber
  /// Hash of the salted card.
  public let card: Digest

  public init(number: MemberNumber, card: Digest) {
    self.number = number
    self.card = card
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    card = try reader.digest("card")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("card", base64: card)
  }
}

/// The fields of `limits`: how low and how high one balance may go. `-` goes back to what holds for all.
public struct LimitsChange: Hashable, Sendable {
  public let number: MemberNumber
  public let currency: CurrencyCode
  /// Minor units.
  public let floor: Int64?
  /// Minor units.
  public let ceiling: Int64?
  /// Hash of the salted reason.
  public let reason: Digest?

  public init(number: MemberNumber, currency: CurrencyCode, floor: Int64?, ceiling: Int64?, reason: Digest?) {
    self.number = number
    self.currency = currency
    self.floor = floor
    self.ceiling = ceiling
    self.reason = reason
  }

  init(from reader: inout TextReader) throws(NoteError) {
    number = try reader.number("number")
    currency = try reader.currency("currency")
    floor = try reader.bound("floor")
    ceiling = try reader.bound("ceiling")
    reason = try reader.optionalDigest("reason")
  }

  func write(to writer: inout TextWriter) {
    writer.field("number", number)
    writer.field("currency", currency)
    writer.field("floor", bound: floor)
    writer.field("ceiling", bound: ceiling)
    writer.field("reason", base64: reason)
  }
}

/// Whether a key comes or goes.
public enum KeyAction: String, Hashable, Sendable, CaseIterable {
  case add, revoke
}

/// Reads `yes` or `no`.
private func isYes(_ text: ArraySlice<UInt8>) -> Bool? {
  text.elementsEqual("yes".utf8) ? true : text.elementsEqual("no".utf8) ? false : nil
}
