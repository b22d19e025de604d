import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Proofs that a member keeps.
enum ReceiptCommands {
  static let all = [
    CommandSpec(
      path: ["receipt", "show"], summary: .commandReceiptShow, operands: [.init(name: "ID")],
      options: [
        OptionSpec(name: "--out", value: "FILE", summary: .optionOut),
        OptionSpec(name: "--with-keys", summary: .optionWithKeys),
      ],
      examples: [
        "receipt show 1042", "receipt show 1042 --out recu.txt",
        "receipt show 1042 --with-keys --out recu.txt",
      ], run: show),
    ReceiptVerification.spec,
    CommandSpec(
      path: ["receipt", "list"], summary: .commandReceiptList, examples: ["receipt list"], run: list),
  ]

  /// The receipt as the ledger gives it today, with its witnesses' lines; where it cannot be asked, the one that was kept.
  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let id = invocation.required(0)
    do {
      return try Session.with(context, .read) { session in
        _ = try session.authorized(.account)
        let receipt = try session.client.receipt(id, ledger: session.info().verifierKey)
        let keys = invocation.has("--with-keys") ? try enrolments(of: receipt, session) : []
        return try give(receipt, keys, invocation, context)
      }
    } catch let failure as Failure where failure.exit == .unreachable || failure.code == "no-ledger" {
      guard let noteID = NoteID(hex: id), let kept = try kept(noteID, context) else { throw failure }
      return try give(kept, [], invocation, context)
    }
  }

  private static func kept(_ id: NoteID, _ context: Context) throws -> Receipt? {
    for folder in try context.wallet.ledgers {
      do throws(WalletError) {
        if let receipt = try folder.receipt(id) { return receipt }
      } catch { throw Failure(error, context.language) }
    }
    return nil
  }

  /// The receipts of the records that enrolled the keys under the note.
  private static func enrolments(of receipt: Receipt, _ session: Session) throws -> [Receipt] {
    guard let record = try? Record(parsing: receipt.record) else { return [] }
    let key = try session.info().verifierKey
    return try record.signers.filter { $0.member != nil }
      .map { try session.client.enrolment(of: $0.key, ledger: key) }
  }

  private static func give(
    _ receipt: Receipt, _ keys: [Receipt], _ invocation: Invocation, _ context: Context
  ) throws -> Int32 {
    guard let path = invocation["--out"] else {
      guard keys.isEmpty else {
        throw Failure(
          exit: .usage, code: "usage", message: Phrase.errorOptionMissing(context.language, "--out"))
      }
      let text = String(decoding: receipt.bytes, as: UTF8.self)
      context.show(.object(["receipt": .string(text)])) { [String(text.dropLast())] }
      return ExitStatus.done.rawValue
    }
    for (place, bytes) in [(path, receipt.bytes)]
      + keys.enumerated().map({ ("\(path).key-\($0 + 1)", $1.bytes) })
    {
      try FileText.write(bytes, to: place, context.language)
      context.output.message(Phrase.saidWritten(context.language, place))
    }
    return ExitStatus.done.rawValue
  }

  /// Every receipt of the member: those that are not here yet are fetched and kept.
  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let folder = try session.folder()
      try fetchMissing(folder, session)
      var rows: [(NoteID, Record)] = []
      for id in folder.receiptIDs {
        guard let receipt = try folder.receipt(id), let record = try? Record(parsing: receipt.record) else {
          throw WalletError.damaged("\(id.hex).txt")
        }
        rows.append((id, record))
      }
      rows.sort { $0.1.number < $1.1.number }
      let words = ReceiptWords(try KnownPlace(session), context.language)
      context.show(
        .array(
          rows.map { id, record in
            .object([
              "id": .string(id.hex), "number": .integer(Int64(record.number)),
              "time": .string(record.time.rfc3339),
              "kind": .string(record.text.operation.kind.rawValue),
            ])
          })
      ) { rows.map { "\($0.1.number)  \($0.0.hex)  \(words.sentence($0.1))" } }
      return ExitStatus.done.rawValue
    }
  }

  private static func fetchMissing(_ folder: LedgerFolder, _ session: Session) throws {
    let identity = try session.authorized(.account) ?? session.identity()
    let key = try session.info().verifierKey
    var known = Set(folder.receiptIDs)
    for line in try session.statementLines(of: identity.number) {
      guard let id = line["id"]?.string.flatMap({ NoteID(hex: $0) }), known.insert(id).inserted else {
        continue
      }
      try folder.keep(try session.client.receipt(id.hex, ledger: key), of: id)
    }
  }
}

/// What is known of a place without asking it: names and decimals.
struct KnownPlace {
  var handles: [MemberNumber: String] = [:]
  /// Registered names, as a proven card said last.
  var names: [MemberNumber: String] = [:]
  var currencies: [Currency] = []

  init(_ session: Session) throws {
    try self.init(session.folder())
    currencies = try session.info().currencies
  }

  init(_ folder: LedgerFolder) throws(WalletError) {
    for (handle, number) in try folder.names() {
      if let number = MemberNumber(number) { handles[number] = handle }
    }
    for (number, known) in try folder.knownNames() {
      if handles[number] == nil { handles[number] = known.handle }
      names[number] = known.name
    }
    currencies = try folder.currencies()
  }

  /// `12,50 MEL`, or minor units where the decimals are not known.
  func amount(_ minorUnits: Int64, _ code: CurrencyCode, _ language: Language) -> String {
    let scale = code == .euro ? 2 : currencies.first { $0.code == code }?.scale
    guard let scale else { return Phrase.wordMinorUnits(language, "\(minorUnits)", code.description) }
    return "\(AmountText.format(minorUnits, scale: scale, language)) \(code)"
  }

  func name(_ name: AccountName) -> String {
    guard let number = name.member, let handle = handles[number] else { return name.description }
    return "\(Printable.line(handle)) (\(number))"
  }
}
