import CarnetEndpoint
import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What is known of a cheque, with nobody asked or after its ledger was.
struct ChequeView {
  /// Whose key it is.
  enum KeyOwner {
    /// By the wallet's own keys and receipts.
    case known
    /// By the record that enrolled it.
    case proven
    case unknown
  }

  let cheque: Cheque
  var state: ChequeState
  var owner: KeyOwner
  /// The number of the record that paid it, and whether a receipt is here.
  var record: UInt64?
  var isProven = false
  /// Whether the ledger was asked.
  var isChecked = false

  /// Looks at a cheque with what the wallet has: nothing is asked.
  ///
  /// - Parameter owners: ``LedgerFolder/knownOwners()``.
  /// - Throws: `cheque-invalid` where the signature is wrong or the key is known to be someone else's.
  init(
    _ cheque: Cheque, in folder: LedgerFolder, owners: [PublicKey: MemberNumber], _ context: Context
  ) throws {
    let language = context.language
    guard cheque.isSignatureValid else {
      throw ChequeView.invalid(Refusal.badSignature.message(in: language), language)
    }
    let owner = owners[cheque.text.key]
    guard owner == nil || owner == cheque.payer else {
      throw ChequeView.invalid(
        Phrase.chequeBadKey(language, "\(owner ?? cheque.payer)", "\(cheque.payer)"), language)
    }
    let kept = try folder.cheque(cheque.id)
    let record = try folder.record(of: cheque.id)
    self.cheque = cheque
    self.owner = owner == nil ? .unknown : .known
    state = KeptCheque(cheque: cheque, isVoid: kept?.isVoid ?? false, record: record).state(at: context.now)
    (self.record, isProven) = (record?.number, record != nil)
  }

  static func invalid(_ reason: String, _ language: Language) -> Failure {
    Failure(exit: .badData, code: "cheque-invalid", message: Phrase.errorCheque(language, reason))
  }

  var json: JSON {
    .object([
      "id": .string(cheque.id.hex), "state": .string(state.rawValue),
      "ledger": .string(cheque.text.ledger.description), "from": .string(cheque.payer.description),
      "to": .string(cheque.payment.to.description), "currency": .string(cheque.payment.currency.description),
      "amount": .integer(cheque.payment.amount),
      "memo": .optional(cheque.memo.map { String(decoding: $0.text, as: UTF8.self) }),
      "request": .optional(cheque.payment.request?.hex), "until": .string(cheque.end.rfc3339),
      "key": .string(cheque.text.key.base64), "key_known": .bool(owner != .unknown),
      "checked": .bool(isChecked), "record": .optional(record.map { Int64($0) }),
      "receipt": .bool(isProven),
    ])
  }
}

/// A cheque in words, for a terminal and for paper.
struct ChequeWords {
  let place: KnownPlace
  let language: Language

  init(_ folder: LedgerFolder, _ context: Context) throws {
    var place = try KnownPlace(folder)
    // One's own handles are known, though nobody looked them up.
    let wallet = try context.wallet
    for name in wallet.handles {
      guard let file = try Handle(name).flatMap({ try wallet.keyFile($0) }),
        let number = try folder.ownNumber(of: file.publicKey), place.handles[number] == nil
      else { continue }
      place.handles[number] = name
    }
    (self.place, language) = (place, context.language)
  }

  /// A registered name and number, or the number with a word that the name is not known here.
  func name(_ account: AccountName) -> String {
    guard let number = account.member else { return account.description }
    guard let name = place.names[number] ?? place.handles[number] else {
      return Phrase.nameUnknown(language, number.description)
    }
    return "\(Printable.line(name)) (\(number))"
  }

  func amount(_ cheque: Cheque) -> String { amount(cheque.payment.amount, cheque.payment.currency) }

  func amount(_ minorUnits: Int64, _ code: CurrencyCode) -> String {
    if let currency = place.currencies.first(where: { $0.code == code }) {
      return currency.shown(minorUnits, language)
    }
    return place.amount(minorUnits, code, language)
  }

  /// `2026-03-31 17:00 UTC`.
  func moment(_ time: Timestamp) -> String {
    String(time.rfc3339.prefix(16).map { $0 == "T" ? " " : $0 }) + " UTC"
  }

  func state(_ view: ChequeView) -> String {
    switch view.state {
    case .notYetPaid: Phrase.chequeNotYetPaid(language)
    case .cashed: Phrase.chequeCashed(language, view.record.map { "\($0)" } ?? "-")
    case .void: Phrase.chequeVoid(language)
    case .expired: (view.isChecked ? Phrase.chequeExpiredUnpaid : Phrase.chequeExpired)(language)
    }
  }

  /// What the cheque says: a word and a value each.
  func fields(_ cheque: Cheque) -> [(word: String, value: String)] {
    var fields = [
      (Phrase.headAmount(language), amount(cheque)),
      (Phrase.wordFrom(language), name(.member(cheque.payer))),
      (Phrase.wordTo(language), name(cheque.payment.to)),
      (Phrase.wordPlace(language), cheque.text.ledger.description),
      (Phrase.headExpires(language), moment(cheque.end)),
    ]
    if let memo = cheque.memo {
      fields.append(
        (Phrase.headMemo(language), Printable.line(String(decoding: memo.text, as: UTF8.self))))
    }
    return fields + [(Phrase.wordNote(language), cheque.id.hex)]
  }

  /// What was checked, and what nobody can know from the cheque alone.
  func verdicts(_ view: ChequeView) -> [String] {
    let payer = name(.member(view.cheque.payer))
    var lines = [Phrase.chequeChecked(language)]
    switch view.owner {
    case .known: lines.append(Phrase.chequeKeyKnown(language, payer))
    case .proven: lines.append(Phrase.chequeKeyProven(language, payer))
    case .unknown: lines.append(Phrase.chequeKeyUnknown(language, payer))
    }
    if place.currencies.isEmpty { lines.append(Phrase.chequePlaceUnknown(language)) }
    if view.state == .notYetPaid {
      lines.append((view.isChecked ? Phrase.chequeLedgerSays : Phrase.chequeNotKnown)(language))
      lines.append(Phrase.chequePaysPayee(language, name(view.cheque.payment.to)))
    }
    return lines
  }

  func lines(_ view: ChequeView) -> [String] {
    let fields = fields(view.cheque)
    let width = fields.map { Printable.width($0.word) }.max() ?? 0
    return [Phrase.chequeTitle(language, state(view))]
      + fields.map { word, value in
        "  \(word)\(String(repeating: " ", count: width - Printable.width(word)))  \(value)"
      } + verdicts(view)
  }
}

/// A cheque on a sheet of paper: one page of HTML that needs nothing beside it.
struct ChequePage {
  let view: ChequeView
  let words: ChequeWords
  let code: QRCode

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}
    main{border:2px solid #111;padding:1rem 1.5rem}h1{font-size:1.4rem;margin:0 0 1rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem;margin:0}dt{color:#444}dd{margin:0;\
    overflow-wrap:anywhere}dd:first-of-type{font-size:1.6rem;font-weight:700}
    svg{display:block;width:100%;max-width:11cm;margin:1rem auto}pre{font-size:.75rem;white-space:pre-wrap;\
    overflow-wrap:anywhere}@media print{body{margin:0;max-width:none}}
    """

  var html: String {
    let title = Phrase.chequeTitle(words.language, words.state(view))
    let rows = words.fields(view.cheque).map {
      Markup.element("dt", $0.word) + Markup.element("dd", $0.value)
    }.joined(separator: "\n")
    let text = String(decoding: view.cheque.bytes, as: UTF8.self)
    return """
      <!DOCTYPE html>
      <html lang="\(words.language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(Markup.element("title", title))
      <style>\(ChequePage.style)</style>
      </head>
      <body>
      <main>
      \(Markup.element("h1", title))
      <dl>
      \(rows)
      </dl>
      \(code.svg(label: title))
      \(words.verdicts(view).map { Markup.element("p", $0) }.joined(separator: "\n"))
      \(Markup.element("p", Phrase.chequeHowToCash(words.language)))
      <pre>\(Html.escaped(text))</pre>
      </main>
      </body>
      </html>

      """
  }
}
