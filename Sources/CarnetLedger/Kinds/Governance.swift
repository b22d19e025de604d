public import CarnetNotes

/// The fields of `genesis`: record 0, which opens the books and enrols the first officer.
public struct Genesis: Hashable, Sendable {
  /// The name of the place.
  public let name: FreeText
  public let purpose: Purpose
  /// The rules number the ledger starts with.
  public let rules: UInt64
  /// The signed checkpoint at which an older ledger ended.
  public let previous: [UInt8]?
  /// The key that signs the checkpoints.
  public let ledgerKey: PublicKey
  /// Hash of the first officer’s salted card.
  public let card: Digest?

  public init(
    name: FreeText, purpose: Purpose, rules: UInt64, previous: [UInt8]?, ledgerKey: PublicKey, card: Digest?
  ) {
    self.name = name
    self.purpose = purpose
    self.rules = rules
    self.previous = previous
    self.ledgerKey = ledgerKey
    self.card = card
  }

  init(from reader: inout TextReader) throws(NoteError) {
    name = try reader.freeText("name")
    purpose = try reader.word("purpose", as: Purpose.self)
    rules = try reader.unsigned("rules")
    previous = try reader.optionalValue("previous", "canonical base64 of a checkpoint") {
      previousCheckpoint($0)
    }
    ledgerKey = try reader.publicKey("ledgerkey")
    card = try reader.optionalDigest("card")
  }

  func write(to writer: inout TextWriter) {
    writer.field("name", name)
    writer.field("purpose", purpose.rawValue)
    writer.field("rules", rules)
    writer.field("previous", optionalBase64: previous)
    writer.field("ledgerkey", ledgerKey)
    writer.field("card", base64: card)
  }
}

/// The fields of `rules`: from this record on, the rules of that number hold.
public struct RulesRaise: Hashable, Sendable {
  public let rules: UInt64

  public init(rules: UInt64) {
    self.rules = rules
  }

  init(from reader: inout TextReader) throws(NoteError) {
    rules = try reader.unsigned("rules")
  }

  func write(to writer: inout TextWriter) {
    writer.field("rules", rules)
  }
}

/// The fields of `ledgerkey`: a new key signs the checkpoints.
public struct LedgerKeyChange: Hashable, Sendable {
  public let old: PublicKey
  public let new: PublicKey

  public init(old: PublicKey, new: PublicKey) {
    self.old = old
    self.new = new
  }

  init(from reader: inout TextReader) throws(NoteError) {
    old = try reader.publicKey("old")
    new = try reader.publicKey("new")
  }

  func write(to writer: inout TextWriter) {
    writer.field("old", old)
    writer.field("new", new)
  }
}

/// The fields of `setting`: what an assembly voted, in force from a date.
public struct SettingChange: Hashable, Sendable {
  public let name: SettingName
  /// In the unit of the setting; `-` for no bound.
  public let value: Int64?
  /// Unix seconds, not before the record’s own time.
  public let starts: Int64

  public init(name: SettingName, value: Int64?, starts: Int64) {
    self.name = name
    self.value = value
    self.starts = starts
  }

  init(from reader: inout TextReader) throws(NoteError) {
    name = try reader.value("name", "the name of a setting") { SettingName($0) }
    value = try reader.bound("value")
    starts = try reader.integer("starts")
  }

  func write(to writer: inout TextWriter) {
    writer.field("name", name.description)
    writer.field("value", bound: value)
    writer.field("starts", starts)
  }
}

/// The fields of `access`, which is exchanged for a token and never recorded.
public struct Access: Hashable, Sendable {
  /// The host, and port where it is not the usual one, that the note is meant for.
  public let host: String
  public let scope: AccessScope
  /// Whose account; none where the scope spans all.
  public let account: MemberNumber?
  /// Unix seconds at which the token ends.
  public let expires: Int64

  public init(host: String, scope: AccessScope, account: MemberNumber?, expires: Int64) {
    self.host = host
    self.scope = scope
    self.account = account
    self.expires = expires
  }

  init(from reader: inout TextReader) throws(NoteError) {
    host = try reader.value("host", "a host name with an optional port") { accessHost($0) }
    scope = try reader.word("scope", as: AccessScope.self)
    account = try reader.optionalValue("account", "a member's number") { MemberNumber($0) }
    expires = try reader.integer("expires")
  }

  func write(to writer: inout TextWriter) {
    writer.field("host", host)
    writer.field("scope", scope.rawValue)
    writer.field("account", optionalNumber: account)
    writer.field("expires", expires)
  }
}

/// What a ledger is for.
public enum Purpose: String, Hashable, Sendable, CaseIterable {
  case real
  /// Made to try things out; said on every screen.
  case trial
}

/// What a token lets its bearer read.
public enum AccessScope: String, Hashable, Sendable, CaseIterable {
  /// Balances, statements and receipts of one account.
  case account
  /// Everything: officers and auditors.
  case audit
  /// What a counter needs: the directory and the reference secret. Officers and tellers.
  case counter
  /// What is set up beside the log, such as webhooks and invitations: officers.
  case office
}

extension Currency {
  init(from reader: inout TextReader) throws(NoteError) {
    code = try reader.currency("code")
    kind = try reader.word("kind", as: CurrencyKind.self)
    scale = Int(try reader.integer("scale", in: 0...Int64(Currency.scales.upperBound)))
    name = try reader.freeText("name")
    limits = try reader.limits()
    guard code != .euro else { throw .malformed("EUR is reserved") }
    switch kind {
    case .backed:
      guard scale == 2, limits.floor == 0 else {
        throw .malformed("a backed currency has the scale 2 and the floor 0")
      }
    case .mutual: break
    }
    guard limits.areOrdered, limits.floor ?? 0 <= 0, limits.ceiling ?? 0 >= 0 else {
      throw .malformed("zero does not lie between the floor and the ceiling")
    }
  }

  func write(to writer: inout TextWriter) {
    writer.field("code", code)
    writer.field("kind", kind.rawValue)
    writer.field("scale", Int64(scale))
    writer.field("name", name)
    writer.field(limits)
  }
}

extension TextWriter {
  fileprivate mutating func field(_ name: String, optionalBase64 value: [UInt8]?) {
    guard let value else { return field(name, "-") }
    field(name, base64: value)
  }

  fileprivate mutating func field(_ name: String, optionalNumber value: MemberNumber?) {
    guard let value else { return field(name, "-") }
    field(name, value)
  }
}

/// A signed note that holds a checkpoint, whoever signed it.
private func previousCheckpoint(_ text: ArraySlice<UInt8>) -> [UInt8]? {
  guard let bytes = Base64.decode(text), bytes.count <= Limits.previousCheckpointBytesMax,
    let note = try? SignedNote(parsing: bytes), (try? Checkpoint(parsing: note.text)) != nil
  else { return nil }
  return bytes
}

private func accessHost(_ text: ArraySlice<UInt8>) -> String? {
  guard text.count <= Limits.hostBytesMax, text.allSatisfy(isHostByte) else { return nil }
  return String(decoding: text, as: UTF8.self)
}

/// A letter in lower case, a digit, or what names, ports and IPv6 addresses have between them.
private func isHostByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: ".-:[]".utf8.contains(byte)
  }
}
