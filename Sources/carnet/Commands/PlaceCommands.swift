import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Opening books and governing a place.
enum PlaceCommands {
  static let all = [
    CommandSpec(
      path: ["init"], summary: .commandInit,
      options: [
        OptionSpec(name: "--origin", value: "ORIGIN", isRequired: true, summary: .optionOrigin),
        OptionSpec(name: "--name", value: "NAME", isRequired: true, summary: .optionPlaceName),
        OptionSpec(name: "--officer", value: "HANDLE", isRequired: true, summary: .optionOfficer),
        .noPassphrase,
        OptionSpec(name: "--trial", summary: .optionTrial),
        OptionSpec(name: "--previous", value: "CHECKPOINTFILE", summary: .optionPrevious),
      ],
      examples: [
        "init --ledger mel.carnet --origin mel.example/lille --name \"Mel de Lille\" --officer marie"
      ],
      run: open),
    CommandSpec(path: ["place", "show"], summary: .commandPlaceShow, examples: ["place show"], run: show),
    CommandSpec(path: ["place", "key"], summary: .commandPlaceKey, examples: ["place key"], run: key),
    CommandSpec(
      path: ["currency", "add"], summary: .commandCurrencyAdd, operands: [.init(name: "CODE")],
      options: [
        OptionSpec(name: "--kind", value: "backed|mutual", isRequired: true, summary: .optionCurrencyKind),
        OptionSpec(name: "--scale", value: "N", isRequired: true, summary: .optionScale),
        OptionSpec(name: "--name", value: "NAME", isRequired: true, summary: .optionCurrencyName),
        OptionSpec(name: "--floor", value: "A", summary: .optionFloor),
        OptionSpec(name: "--ceiling", value: "A", summary: .optionCeiling), .draft,
      ],
      examples: [
        "currency add MEL --kind backed --scale 2 --name Mel",
        "currency add MIN --kind mutual --scale 0 --name Minutes --floor -20h --ceiling 40h",
      ], run: addCurrency),
    CommandSpec(
      path: ["currency", "list"], summary: .commandCurrencyList, examples: ["currency list"],
      run: listCurrencies),
    CommandSpec(
      path: ["setting", "set"], summary: .commandSettingSet,
      operands: [.init(name: "NAME"), .init(name: "VALUE|-")],
      options: [OptionSpec(name: "--starts", value: "DATE", summary: .optionStarts), .draft],
      examples: ["setting set reconversion-fee 500", "setting set quorum.role 2 --starts 2026-03-01"],
      run: set),
    CommandSpec(
      path: ["clock", "confirm"], summary: .commandClockConfirm, examples: ["clock confirm"],
      run: confirmClock),
    CommandSpec(
      path: ["checkpoint"], summary: .commandCheckpoint, examples: ["checkpoint > aujourdhui.txt"],
      run: checkpoint),
  ]

  /// A floor or a ceiling as people type it: an amount, with `-` before a negative one; `nil` where it was left out.
  static func bound(_ text: String?, in currency: Currency, _ language: Language) throws -> Int64? {
    guard let text, text != "-" else { return nil }
    let isNegative = text.hasPrefix("-") || text.hasPrefix("−")
    let magnitude = isNegative ? String(text.dropFirst()) : text
    if magnitude.allSatisfy({ $0 == "0" }) && !magnitude.isEmpty { return 0 }
    do throws(AmountText.Fault) {
      let value = try AmountText.parse(magnitude, in: currency)
      return isNegative ? -value : value
    } catch { throw Failure(error, text, currency, language) }
  }

  @Sendable private static func open(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let path = try Session.file(context)
    guard let origin = Origin(invocation["--origin"] ?? "") else {
      throw Failure(
        exit: .badData, code: "bad-origin", message: Phrase.errorOrigin(language),
        hint: Phrase.hintOrigin(language))
    }
    guard let name = FreeText(invocation["--name"] ?? "") else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--name"))
    }
    let handle = try KeyCommands.handle(invocation["--officer"] ?? "", language)
    guard Journal.canCreate(at: path) else { throw Failure(StoreError.exists, language) }
    let key = try officerKey(handle, hasPassphrase: !invocation.has("--no-passphrase"), context)
    let purpose: Purpose = invocation.has("--trial") ? .trial : .real
    let previous = try invocation["--previous"].map { try FileCommands.published($0, language).bytes }
    let founding = Founding(
      origin: origin, name: name, purpose: purpose, officer: handle, key: key, previous: previous)
    do throws(LedgerError) { try founding.open(at: path, now: context.now) } catch {
      throw Failure(error, language)
    }
    context.show(
      .object([
        "origin": .string(origin.description), "officer": .string(founding.number.description),
        "verifier_key": .string(founding.verifierKey.description),
      ])
    ) {
      [
        Phrase.saidOpened(language, Printable.line(name.description), path), founding.verifierKey.description,
        Phrase.saidKeepKey(language, LedgerFiles(path).key),
      ]
    }
    return ExitStatus.done.rawValue
  }

  /// The key of that handle where there is one, else a new one.
  private static func officerKey(_ handle: Handle, hasPassphrase: Bool, _ context: Context) throws
    -> SecretKey
  {
    let file: KeyFile?
    do throws(WalletError) { file = try (try? context.wallet)?.keyFile(handle) } catch {
      throw Failure(error, context.language)
    }
    guard let file else { return try KeyCommands.make(handle, hasPassphrase: hasPassphrase, context) }
    do throws(KeyFile.Fault) {
      return try file.key(passphrase: file.isSealed ? try? context.passphrase(for: handle.description) : nil)
    } catch { throw Failure(error, context.language) }
  }

  @Sendable private static func addCurrency(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let code = CurrencyCode(invocation.required(0)), code != .euro else {
      throw Failure(exit: .badData, code: "bad-currency", message: Phrase.errorCurrencyCode(language))
    }
    guard let kind = CurrencyKind(rawValue: invocation["--kind"] ?? ""),
      let scale = Int(invocation["--scale"] ?? ""), Currency.scales.contains(scale),
      kind == .mutual || scale == 2,
      let name = FreeText(invocation["--name"] ?? "")
    else { throw Failure(exit: .badData, code: "bad-currency", message: Phrase.errorCurrency(language)) }
    let plain = Currency(
      code: code, kind: kind, scale: scale, name: name, limits: BalanceLimits(floor: nil, ceiling: nil))
    let floor = try bound(invocation["--floor"], in: plain, language) ?? (kind == .backed ? 0 : nil)
    let ceiling = try bound(invocation["--ceiling"], in: plain, language)
    let currency = Currency(
      code: code, kind: kind, scale: scale, name: name, limits: BalanceLimits(floor: floor, ceiling: ceiling))
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let posted = try session.submit(.currency(currency), by: identity, draft: invocation["--draft"])
      session.report(posted, Phrase.saidCurrencyAdded(language, code.description))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func show(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let (json, info) = (try session.client.ledgerJSON(), try session.info())
      context.show(json) {
        [
          "\(Printable.line(info.name))  \(info.origin)", info.verifierKey.description,
          info.currencies.map(\.code.description).joined(separator: "  "),
        ]
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func key(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let key = try session.info().verifierKey.description
      context.show(.object(["verifier_key": .string(key)])) { [key] }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func listCurrencies(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let json = try session.client.ledgerJSON()["currencies"] ?? .array([])
      let currencies = try session.info().currencies
      context.show(json) {
        currencies.map { "\($0.code)  \($0.kind.rawValue)  \(Printable.line($0.name.description))" }
      }
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func set(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let name = SettingName(invocation.required(0)) else {
      throw Failure(
        exit: .badData, code: "bad-setting",
        message: Phrase.errorSetting(language, Printable.line(invocation.required(0))),
        hint: "reconversion-fee, key-delay, quorum.KIND, floor.CODE, ceiling.CODE")
    }
    let text = invocation.required(1)
    let value = text == "-" ? nil : DecimalText.signed(text)
    guard text == "-" || value != nil else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "VALUE"))
    }
    let date = invocation["--starts"]
    guard date == nil || Timestamp(rfc3339: date ?? "") != nil else {
      throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorValue(language, "--starts"))
    }
    // A few seconds ahead, since the ledger's clock may be that much later than this one.
    let starts = date.flatMap { Timestamp(rfc3339: $0)?.seconds } ?? context.now.seconds + 5
    return try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let change = SettingChange(name: name, value: value, starts: starts)
      let posted = try session.submit(.setting(change), by: identity, draft: invocation["--draft"])
      session.report(
        posted, Phrase.saidSetting(language, name.description, Timestamp(seconds: starts).rfc3339))
      return ExitStatus.done.rawValue
    }
  }

  /// An officer's note that changes nothing: their own card once more. That it is not expired shows that the officer's
  /// clock and the ledger's agree.
  @Sendable private static func confirmClock(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let own = try session.client.member(identity.number, ledger: session.info().verifierKey)
      let card = Card(
        handle: own?.handle, name: own?.name.flatMap { FreeText($0) }, kind: own?.kind,
        town: own?.town.flatMap { FreeText($0) })
      guard let salted = SubmittedText(card) else {
        preconditionFailure("a card is a salted text")
      }
      let change = CardChange(number: identity.number, card: salted.hash)
      let posted = try session.submit(.card(change), by: identity, text: salted)
      session.report(posted, Phrase.saidClock(context.language))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func checkpoint(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let note = try session.client.checkpoint()
      guard let checkpoint = try? Checkpoint(parsing: note.text) else {
        throw ClientError.badAnswer("/checkpoint")
      }
      let text = String(decoding: note.bytes, as: UTF8.self)
      context.show(
        .object([
          "origin": .string(checkpoint.origin), "size": .integer(Int64(checkpoint.size)),
          "root": .string(checkpoint.root.base64), "note": .string(text),
        ])
      ) { [String(text.dropLast())] }
      return ExitStatus.done.rawValue
    }
  }
}
