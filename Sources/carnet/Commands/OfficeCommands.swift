import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What officers and tellers do: euros in and out, mending, settling, and notes that several sign.
enum OfficeCommands {
  private static let reference = OptionSpec(
    name: "--reference", value: "BANKREF", isRequired: true, summary: .optionReference)
  private static let optionalReference = OptionSpec(
    name: "--reference", value: "BANKREF", summary: .optionReference)

  static let all = [
    CommandSpec(
      path: ["change"], summary: .commandChange,
      operands: [.init(name: "HANDLE", isHandle: true), .init(name: "AMOUNT"), .init(name: "CODE")],
      options: [reference, .draft], examples: ["change alice 100 MEL --reference \"VIR 2026-01-0042\""],
      run: change),
    CommandSpec(
      path: ["reconvert"], summary: .commandReconvert,
      operands: [.init(name: "AMOUNT"), .init(name: "CODE")],
      options: [
        optionalReference,
        OptionSpec(name: "--draft", value: "FILE", isRequired: true, summary: .optionDraft),
      ], examples: ["reconvert 250 MEL --as boulangerie-martin --draft reconversion.json"], run: reconvert),
    CommandSpec(
      path: ["reverse"], summary: .commandReverse,
      operands: [.init(name: "RECORD"), .init(name: "AMOUNT", isOptional: true)],
      options: [
        OptionSpec(name: "--reason", value: "TEXT", isRequired: true, summary: .optionReason), .draft,
      ],
      examples: ["reverse 1042 --reason \"saisi deux fois\""], run: reverse),
    CommandSpec(
      path: ["euro", "move"], summary: .commandEuro,
      operands: [.init(name: "FROM"), .init(name: "TO"), .init(name: "AMOUNT")],
      options: [optionalReference, .reason, .draft],
      examples: ["euro move fees outside 120 --reason \"loyer\""],
      run: moveEuros),
    CommandSpec(
      path: ["settle"], summary: .commandSettle,
      operands: [
        .init(name: "HANDLE", isHandle: true), .init(name: "TO", isHandle: true),
        .init(name: "CODE", isOptional: true),
      ],
      options: [
        .reason, OptionSpec(name: "--draft", value: "FILE", isRequired: true, summary: .optionDraft),
      ],
      examples: ["settle alice association MIN --reason \"départ\" --draft solde.json"], run: settle),
    CommandSpec(
      path: ["note", "sign"], summary: .commandNoteSign, operands: [.init(name: "FILE")],
      examples: ["note sign reconversion.json --as teller"], run: sign),
    CommandSpec(
      path: ["note", "send"], summary: .commandNoteSend, operands: [.init(name: "FILE")],
      examples: ["note send reconversion.json"], run: send),
  ]

  @Sendable private static func change(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.counter) ?? session.identity()
      let payee = try session.resolve(invocation.required(0))
      let currency = try session.currency(invocation.required(2))
      let amount = try session.amount(invocation.required(1), in: currency)
      let reference = try session.reference(invocation["--reference"] ?? "", by: identity)
      let change = Change(to: payee.number, currency: currency.code, amount: amount, reference: reference)
      let posted = try session.submit(.change(change), by: identity, draft: invocation["--draft"])
      session.report(
        posted, Phrase.saidChanged(context.language, session.shown(amount, in: currency), payee.shownName))
      return ExitStatus.done.rawValue
    }
  }

  /// The business signs first; a teller or an officer signs and sends the draft.
  @Sendable private static func reconvert(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.account) ?? session.identity()
      let currency = try session.currency(invocation.required(1))
      let amount = try session.amount(invocation.required(0), in: currency)
      let fee = Reconversion.fee(on: amount, rate: try session.info().reconversionFee)
      let reference = try invocation["--reference"].map { try session.reference($0, by: identity) }
      let reconversion = Reconversion(currency: currency.code, amount: amount, fee: fee, reference: reference)
      _ = try session.submit(.reconversion(reconversion), by: identity, draft: invocation["--draft"])
      let shown = try session.shown(fee, in: .euro)
      context.output.message(Phrase.saidFee(context.language, shown))
      return ExitStatus.done.rawValue
    }
  }

  /// The amount and currency of an older payment, change or reconversion.
  static func original(
    _ number: UInt64, _ identity: Identity, _ session: Session
  ) throws -> (amount: Int64, currency: Currency) {
    let receipt = try session.client.receipt("\(number)", ledger: session.info().verifierKey)
    let operation = (try? Record(parsing: receipt.record))?.text.operation
    let (amount, code): (Int64, CurrencyCode)
    switch operation {
    case .payment(let payment), .cheque(let payment): (amount, code) = (payment.amount, payment.currency)
    case .change(let change): (amount, code) = (change.amount, change.currency)
    case .reconversion(let reconversion): (amount, code) = (reconversion.amount, reconversion.currency)
    default: throw Failure(Refusal.notReversible, session.context.language)
    }
    return (amount, try session.currency(code.description))
  }

  @Sendable private static func reverse(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let number = try Invocation.recordNumber(invocation.required(0), of: "RECORD", context.language)
      let identity = try session.authorized(.audit) ?? session.identity()
      let original = try original(number, identity, session)
      let amount =
        try invocation.operand(1).map { try session.amount($0, in: original.currency) } ?? original.amount
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let reversal = Reversal(record: number, amount: amount, reason: reason?.hash)
      let posted = try session.submit(
        .reversal(reversal), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidReversed(context.language, "\(number)"))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func moveEuros(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let accounts = try (0...1).map { index -> SystemAccount in
        let account = SystemAccount(rawValue: invocation.required(index))
        guard let account, SystemAccount.euroAccounts.contains(account) else {
          throw Failure(exit: .badData, code: "bad-value", message: Phrase.errorEuroAccount(language))
        }
        return account
      }
      let amount: Int64
      do throws(AmountText.Fault) { amount = try AmountText.parse(invocation.required(2), scale: 2) } catch {
        throw Failure(
          exit: .badData, code: "bad-amount",
          message: Phrase.errorAmount(language, Printable.line(invocation.required(2)), "2"))
      }
      let identity = try session.authorized(.counter) ?? session.identity()
      let reference = try invocation["--reference"].map { try session.reference($0, by: identity) }
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let move = EuroMove(
        from: accounts[0], to: accounts[1], amount: amount, reference: reference, reason: reason?.hash)
      let posted = try session.submit(.euro(move), by: identity, text: reason, draft: invocation["--draft"])
      let shown = try session.shown(amount, in: .euro)
      session.report(posted, Phrase.saidMoved(language, shown))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func settle(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let identity = try session.authorized(.audit) ?? session.identity()
      let (leaver, heir) = (
        try session.resolve(invocation.required(0)), try session.resolve(invocation.required(1))
      )
      let currency = try session.currency(invocation.operand(2))
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let settlement = Settlement(
        from: leaver.number, to: heir.number, currency: currency.code, reason: reason?.hash)
      _ = try session.submit(.settle(settlement), by: identity, text: reason, draft: invocation["--draft"])
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func sign(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .read) { session in
      let path = invocation.required(0)
      var draft = try DraftFile(path: path, context.language)
      guard let text = try? NoteText(parsing: draft.note.text) else {
        throw Failure(exit: .badData, code: "malformed", message: Phrase.errorDraft(context.language, path))
      }
      let identity = try session.identity()
      for line in String(decoding: text.bytes, as: UTF8.self).split(separator: "\n") {
        context.output.message("  \(line)")
      }
      if let salted = draft.text {
        context.output.message("  → \(Printable.line(String(decoding: salted.text, as: UTF8.self)))")
      }
      try context.terminal.confirm(Phrase.askSign(context.language))
      guard let signed = try? identity.cosigned(draft.note) else {
        throw Failure(exit: .badData, code: "malformed", message: Phrase.errorDraft(context.language, path))
      }
      draft.note = signed
      try draft.write(to: path, context.language)
      context.output.message(Phrase.saidSigned(context.language, path))
      return ExitStatus.done.rawValue
    }
  }

  @Sendable private static func send(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let draft = try DraftFile(path: invocation.required(0), context.language)
      let posted = try session.client.post(
        draft.note, texts: draft.text.map { [$0] } ?? [], ledger: session.info().verifierKey)
      session.report(posted, Phrase.saidSent(context.language))
      return ExitStatus.done.rawValue
    }
  }
}

extension DirectoryEntry {
  /// Name and handle, or the number.
  var shownName: String {
    let handle = handle.map { name == nil ? $0.description : "(\($0))" }
    let text = [name, handle].compactMap(\.self).joined(separator: " ")
    return Printable.line(text.isEmpty ? number.description : text)
  }
}
