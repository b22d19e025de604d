import CarnetLedger
import CarnetNotes
import CarnetWallet

extension Session {
  /// The payer of a member: keeps, sends, settles.
  func payer(_ identity: Identity) throws -> Payer {
    Payer(client: client, folder: try folder(), identity: identity, key: try info().verifierKey)
  }

  /// Signs a note and sends it; with `--draft FILE` writes it there instead, for others to sign too.
  ///
  /// - Returns: `nil` where a draft was written.
  func submit(
    _ operation: CarnetLedger.Operation, by identity: Identity, text: SubmittedText? = nil,
    draft: String? = nil
  ) throws -> Posted? {
    guard let draft else { return try payer(identity).send(operation, saltedText: text, now: context.now) }
    let note = identity.signed(operation, now: context.now, lifetime: DraftFile.lifetimeSeconds)
    try DraftFile(note: note, text: text).write(to: draft, context.language)
    context.output.message(Phrase.saidDraft(context.language, draft))
    return nil
  }

  /// A member by number or handle, as people type them.
  func resolve(_ text: String) throws -> DirectoryEntry {
    let key = try info().verifierKey
    let language = context.language
    let upper = text.uppercased().filter { $0 != "-" && $0 != " " }
    if let number = MemberNumber(upper) {
      if let entry = try client.member(number, ledger: key) { return try remembered(entry) }
      throw Failure(Refusal.unknownMember(.member(number)), language)
    }
    if let handle = Handle(text) {
      if let entry = try client.member(handle, ledger: key) {
        try folder().pin(handle, entry.number)
        return try remembered(entry)
      }
      throw Failure(
        exit: .inputMissing, code: "unknown-member", message: Phrase.errorUnknownHandle(language, text),
        hint: Phrase.hintUnknownHandle(language))
    }
    if RequestCode(typed: text) != nil { throw Failure(Refusal.unknownRequest, language) }
    if let number = MemberNumber(typed: text), let entry = try client.member(number, ledger: key) {
      return try remembered(entry)
    }
    throw Failure(
      exit: .badData, code: "bad-member", message: Phrase.errorBadMember(language, Printable.line(text)),
      hint: Phrase.hintUnknownHandle(language))
  }

  /// The entry, with its name kept for when there is no network.
  func remembered(_ entry: DirectoryEntry) throws -> DirectoryEntry {
    try folder().keepName(of: entry)
    return entry
  }

  /// The lines of a member's statements, one currency after the other.
  func statementLines(of member: MemberNumber) throws -> [JSON] {
    try info().currencies.flatMap { currency in
      try client.statement(.member(member), currency: currency.code, since: nil, until: nil)["lines"]?.array
        ?? []
    }
  }

  /// A currency by its code, or the only one there is.
  func currency(_ code: String?) throws -> Currency {
    try Typed.currency(code, among: info().currencies, context.language)
  }

  func amount(_ text: String, in currency: Currency) throws -> Int64 {
    try Typed.amount(text, in: currency, context.language)
  }

  /// The amount for people: `1 234,50 MEL`, with hours beside where the currency counts minutes.
  func shown(_ minorUnits: Int64, in currency: Currency) -> String {
    currency.shown(minorUnits, context.language)
  }

  func shown(_ minorUnits: Int64, in code: CurrencyCode) throws -> String {
    if let currency = try info().currencies.first(where: { $0.code == code }) {
      return shown(minorUnits, in: currency)
    }
    return "\(AmountText.format(minorUnits, scale: code == .euro ? 2 : 0, context.language)) \(code)"
  }

  /// A bank reference as its keyed hash, with the secret that officers and tellers may fetch.
  func reference(_ text: String, by identity: Identity) throws -> Digest {
    guard !text.isEmpty, SaltedText.isAcceptable(Array(text.utf8)) else {
      throw Failure(
        exit: .badData, code: "bad-value", message: Phrase.errorValue(context.language, "--reference"))
    }
    if client.needsToken { try client.authorize(as: identity, scope: .counter, now: context.now) }
    return BankReference.hash(secret: try client.referenceSecret(), text: Array(text.utf8))
  }

  /// A text that goes beside a note, `nil` for none.
  func salted(_ text: String?, option: String) throws -> SubmittedText? {
    guard let text, !text.isEmpty else { return nil }
    guard let salted = SubmittedText(text) else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(context.language, option))
    }
    return salted
  }

  /// Says what was recorded.
  func report(_ posted: Posted?, _ sentence: @autoclosure () -> String) {
    guard let posted else { return }
    let record = posted.record
    context.show(
      .object([
        "id": .string(record.text.id.hex), "kind": .string(record.text.operation.kind.rawValue),
        "number": .integer(Int64(record.number)), "time": .string(record.time.rfc3339),
        "repeated": .bool(posted.isRepeat),
      ])
    ) { [sentence(), Phrase.saidRecord(context.language, "\(record.number)", record.text.id.hex)] }
  }
}

/// What people type, read with what is known of a place.
enum Typed {
  /// A currency by its code, or the only one there is.
  static func currency(_ code: String?, among currencies: [Currency], _ language: Language) throws -> Currency
  {
    guard let code else {
      guard let only = currencies.first, currencies.count == 1 else {
        throw Failure(
          exit: .usage, code: "which-currency", message: Phrase.errorWhichCurrency(language),
          hint: currencies.map(\.code.description).joined(separator: ", "))
      }
      return only
    }
    guard let parsed = CurrencyCode(code.uppercased()),
      let currency = currencies.first(where: { $0.code == parsed })
    else {
      throw Failure(
        exit: .badData, code: "currency-mismatch",
        message: Phrase.errorUnknownCurrency(language, Printable.line(code)),
        hint: currencies.map(\.code.description).joined(separator: ", "))
    }
    return currency
  }

  static func amount(_ text: String, in currency: Currency, _ language: Language) throws -> Int64 {
    do throws(AmountText.Fault) { return try AmountText.parse(text, in: currency) } catch {
      throw Failure(error, text, currency, language)
    }
  }
}

extension Currency {
  /// The amount for people: `1 234,50 MEL`, with hours beside where the currency counts minutes.
  func shown(_ minorUnits: Int64, _ language: Language) -> String {
    let text = AmountText.format(minorUnits, in: self, language)
    return code.description == "MIN" ? "\(text) (\(AmountText.hours(minorUnits)))" : text
  }
}

extension Failure {
  init(_ fault: AmountText.Fault, _ text: String, _ currency: Currency, _ language: Language) {
    let phrase: Phrase =
      switch fault {
      case .unreadable: .errorAmount
      case .ambiguous: .errorAmountAmbiguous
      case .tooPrecise: .errorAmountPrecise
      case .outOfRange: .errorAmountRange
      }
    self.init(
      exit: .badData, code: "bad-amount",
      message: phrase(language, Printable.line(text), "\(currency.scale)"),
      hint: Phrase.hintAmount(language))
  }
}

/// A note on its way from one signer to the next, with its salted text: a file of JSON.
struct DraftFile {
  /// Signers have this long: the longest that a note may wait, but for an hour of clocks that differ.
  static let lifetimeSeconds: Int64 = 7 * 86_400 - 3_600

  var note: SignedNote
  let text: SubmittedText?

  init(note: SignedNote, text: SubmittedText?) {
    (self.note, self.text) = (note, text)
  }

  init(path: String, _ language: Language) throws {
    let bytes = try FileText.read(path, language)
    guard let json = try? JSON(parsing: bytes), let text = json["note"]?.string,
      let note = try? SignedNote(parsing: Array(text.utf8))
    else { throw Failure(exit: .badData, code: "malformed", message: Phrase.errorDraft(language, path)) }
    self.note = note
    self.text = SubmittedText(json: json)
  }

  func write(to path: String, _ language: Language) throws {
    let json = JSON.object([
      "note": .string(String(decoding: note.bytes, as: UTF8.self)),
      "salt": .optional(text.map { Base64.encode($0.salt) as String }),
      "text": .optional(text.map { String(decoding: $0.text, as: UTF8.self) }),
    ])
    try FileText.write(json.pretty(), to: path, language)
  }
}

/// Whole small files that a person names.
enum FileText {
  /// Bytes of a bank statement.
  static let statementBytesMax = 64 * 1024 * 1024

  static func read(
    _ path: String, _ language: Language, bytesMax: Int = Folder.fileBytesMax
  ) throws -> [UInt8] {
    let (folder, name) = parts(path)
    do throws(Folder.Fault) {
      guard let bytes = try folder.read(name, bytesMax: bytesMax) else {
        throw Folder.Fault.system(path, code: 2)
      }
      return bytes
    } catch {
      throw Failure(
        exit: .inputMissing, code: "file-missing", message: Phrase.errorFileUnreadable(language, path))
    }
  }

  static func write(_ bytes: [UInt8], to path: String, _ language: Language) throws {
    let (folder, name) = parts(path)
    do throws(Folder.Fault) { try folder.write(name, bytes) } catch {
      throw Failure(
        exit: .inputOutput, code: "input-output", message: Phrase.errorFileUnwritable(language, path))
    }
  }

  private static func parts(_ path: String) -> (Folder, String) {
    guard let slash = path.lastIndex(of: "/") else { return (Folder("."), path) }
    let folder = path[..<slash]
    return (Folder(folder.isEmpty ? "/" : String(folder)), String(path[path.index(after: slash)...]))
  }
}
