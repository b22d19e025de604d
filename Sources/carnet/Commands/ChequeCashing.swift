import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What becomes of cheques at their ledger.
extension ChequeCommands {
  /// Hands a cheque in. The same cheque again gives the same record, so that after any failure the same command is safe.
  @Sendable static func cash(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let cheque = try offline(context) { try ChequeFile.read(invocation.required(0), context) }
    return try Session.with(context, .write) { session in
      try session.checkPlace(of: cheque)
      let folder = try session.folder()
      _ = try ChequeView(cheque, in: folder, owners: folder.knownOwners(), context)
      try session.rememberNames(of: cheque)
      let words = try ChequeWords(folder, context)
      let posted = try folder.aloneWithCommand { try handIn(cheque, folder, words, session) }
      let said: Phrase = posted.isRepeat ? .saidChequeCashedBefore : .saidChequeCashed
      session.report(
        posted,
        said(
          context.language, words.amount(cheque), words.name(.member(cheque.payer)),
          words.name(cheque.payment.to)))
      return ExitStatus.done.rawValue
    }
  }

  private static func handIn(
    _ cheque: Cheque, _ folder: LedgerFolder, _ words: ChequeWords, _ session: Session
  ) throws -> Posted {
    let language = session.context.language
    do throws(WalletError) { try folder.keep(cheque, now: session.context.now) } catch {
      // A wallet full of cheques is no reason not to be paid.
      if case .chequesFull = error {} else { throw error }
    }
    let key = try session.info().verifierKey
    let posted: Posted
    do throws(ClientError) { posted = try session.client.cash(cheque, ledger: key) } catch {
      guard case .refused(let refused) = error else { throw error }
      if refused.code == Refusal.voided.code { try folder.markVoid(cheque.id) }
      let mayPassLater = ["insufficient-funds", "ceiling-exceeded", "suspended", "too-far-ahead"]
      throw Failure(
        exit: ExitStatus(http: refused.status), code: refused.code,
        message: Phrase.errorChequeRefused(language, Printable.line(refused.detail)),
        hint: mayPassLater.contains(refused.code)
          ? Phrase.hintChequeAgain(language, words.moment(cheque.end)) : nil)
    }
    try folder.keep(posted.receipt, of: cheque.id)
    return posted
  }

  /// Takes a cheque back: the ledger will never record it, or says that it did already.
  @Sendable static func void(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let operand = invocation.required(0)
    let language = context.language
    let (id, cheque) = try offline(context) { () throws -> (NoteID, Cheque?) in
      // The whole id is enough, also where the cheque was lost with another wallet.
      if let id = NoteID(hex: operand), !FileSystemProbe.exists(operand) {
        return (id, try? ChequeFile.read(operand, context))
      }
      let cheque = try ChequeFile.read(operand, context)
      return (cheque.id, cheque)
    }
    return try Session.with(context, .write) { session in
      if let cheque { try session.checkPlace(of: cheque) }
      let payer = try session.payer(session.authorized(.account) ?? session.identity())
      if let cheque, cheque.payer != payer.identity.number {
        let words = try ChequeWords(payer.folder, context)
        throw Failure(
          exit: .noRight, code: "not-your-cheque",
          message: Phrase.errorNotYourCheque(language, words.name(.member(cheque.payer))))
      }
      let said = try payer.folder.aloneWithCommand { try takeBack(id, cheque, payer, session) }
      context.show(.object(["id": .string(id.hex), "state": .string(ChequeState.void.rawValue)])) {
        [said(language, String(id.hex.prefix(12)))]
      }
      return ExitStatus.done.rawValue
    }
  }

  private static func takeBack(
    _ id: NoteID, _ cheque: Cheque?, _ payer: Payer, _ session: Session
  ) throws -> Phrase {
    try settle(payer, session)
    switch try session.client.standing(of: id, by: payer.identity.number) {
    case .voided:
      try payer.folder.markVoid(id)
      return .saidChequeVoidBefore
    case .recorded(let number):
      if let cheque { try session.fetchReceipt(of: cheque) }
      throw Failure(Refusal.alreadyRecorded(number), session.context.language)
    case .unknown: break
    }
    if let cheque {
      let words = try ChequeWords(payer.folder, session.context)
      try session.context.terminal.confirm(
        Phrase.askVoidCheque(
          session.context.language, words.amount(cheque), words.name(cheque.payment.to)))
    }
    try payer.send(.void(VoidOrder(note: id)), saltedText: nil, now: session.context.now)
    try payer.folder.markVoid(id)
    return .saidChequeVoid
  }

  /// Settles what waits, such as a void whose answer was lost.
  private static func settle(_ payer: Payer, _ session: Session) throws {
    let settled = try payer.settleAll { one in
      session.context.output.message(PayCommands.sentence(one, session))
    }
    if let unknown = settled.first(where: { if case .unknown = $0.outcome { true } else { false } }) {
      throw Failure(
        exit: .unknown, code: "outcome-unknown",
        message: Phrase.errorStillUnknown(session.context.language, unknown.note.id.hex),
        hint: Phrase.hintOutcomeUnknown(session.context.language))
    }
  }
}

extension Session {
  /// Refuses a cheque that is for another ledger, before anything is sent.
  func checkPlace(of cheque: Cheque) throws {
    let origin = try info().origin
    guard origin == cheque.text.ledger else {
      throw Failure(
        exit: .badData, code: Refusal.wrongLedger.code,
        message: Phrase.errorChequeElsewhere(
          context.language, cheque.text.ledger.description, origin.description),
        hint: Refusal.wrongLedger.hint(in: context.language))
    }
  }

  /// Looks up what both sides are called, where the directory tells.
  func rememberNames(of cheque: Cheque) throws {
    let key = try info().verifierKey
    for number in [cheque.payer, cheque.payment.to.member].compactMap(\.self) {
      guard let entry = try client.member(number, ledger: key) else { continue }
      _ = try remembered(entry)
    }
  }

  /// Fetches and keeps the receipt of a cashed cheque, where this wallet may have it.
  @discardableResult
  func fetchReceipt(of cheque: Cheque) throws -> Bool {
    let key = try info().verifierKey
    guard let receipt = try? client.receipt(cheque.id.hex, ledger: key),
      (try? Record(parsing: receipt.record))?.text == cheque.text
    else { return false }
    try folder().keep(receipt, of: cheque.id)
    return true
  }

  /// Asks the ledger what became of a cheque, and keeps what it says.
  ///
  /// What takes a token is left out where there is none.
  /// - Throws: `cheque-invalid` where the ledger says that the key is not the payer's.
  func learn(_ view: inout ChequeView) throws {
    let cheque = view.cheque
    try checkPlace(of: cheque)
    guard try client.number(of: cheque.text.key) == cheque.payer else {
      throw ChequeView.invalid(Refusal.unknownKey.message(in: context.language), context.language)
    }
    if view.owner == .unknown { view.owner = try isProven(cheque) ? .proven : .known }
    try rememberNames(of: cheque)
    view.isChecked = true
    switch try client.standing(of: cheque.id, by: cheque.payer) {
    case .recorded(let number):
      (view.state, view.record) = (.cashed, number)
      if !view.isProven { view.isProven = try fetchReceipt(of: cheque) }
    case .voided:
      view.state = .void
      try folder().markVoid(cheque.id)
    case .unknown: break
    }
  }

  /// Whether the record that enrolled the key says that it is the payer's.
  private func isProven(_ cheque: Cheque) throws -> Bool {
    let key = try info().verifierKey
    guard let receipt = try? client.enrolment(of: cheque.text.key, ledger: key) else { return false }
    let signer = Record.Signer(member: cheque.payer, key: cheque.text.key)
    return try Record(parsing: receipt.record).text.enrols.contains(signer)
  }
}
