import CarnetJournal
import CarnetLedger
import CarnetNotes

/// The page that tells a visitor what this place is. No script, nothing from elsewhere.
struct FrontPage {
  private let name: String
  private let origin: String
  private let isTrial: Bool
  private let currencies: [(currency: Currency, circulation: Int64)]
  private let reserve: Int64?
  private let kinds: [MemberKind]
  private let key: VerifierKey
  private let checkpoint: Checkpoint
  private let host: String

  init(_ journal: Journal, host: String?) {
    // Only what a host name may hold is shown again.
    let shown = (host ?? "").filter { $0.isASCII && ($0.isLetter || $0.isNumber || ".-:[]".contains($0)) }
    self.host = shown.isEmpty ? "127.0.0.1:8390" : shown
    checkpoint = journal.checkpoint.checkpoint
    // One look at the state, so that all figures belong together.
    (name, origin, isTrial, currencies, reserve, kinds, key) = journal.read { state in
      let circulation = state.currencies.map { $0.kind == .backed ? state.circulation(of: $0.code) : 0 }
      return (
        state.name.description, state.origin.description, state.purpose == .trial,
        Array(zip(state.currencies, circulation)).map { (currency: $0, circulation: $1) },
        state.hasEuro ? state.balance(of: AccountID(.reserve, .euro)) : nil,
        state.members.values.filter { $0.status != .closed }.map(\.kind),
        VerifierKey(origin: state.origin, publicKey: state.ledgerKeys.current)
      )
    }
  }

  func html(in language: Language) -> String {
    let other: Language = language == .french ? .english : .french
    let trial =
      isTrial ? "<p class=\"trial\" role=\"status\">\(Html.escaped(Phrase.pageTrial(language)))</p>\n" : ""
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Html.escaped(name))</title>
      <link rel="stylesheet" href="/style.css">
      </head>
      <body>
      <header>
      <p class="language"><a href="/?lang=\(other.rawValue)" lang="\(other.rawValue)" hreflang="\(other.rawValue)">\(Phrase.pageOtherLanguage(language))</a></p>
      <h1>\(Html.escaped(name))</h1>
      <p class="origin">\(Html.escaped(origin))</p>
      </header>
      <main>
      \(trial)<p>\(Html.escaped(Phrase.pageIntro(language, name)))</p>
      <p>\(Html.escaped(Phrase.pageMembers(language, "\(kinds.count)", "\(kinds.count { $0 == .business })")))</p>
      \(currencySection(language))
      \(commandSection(language))
      \(checkSection(language))
      </main>
      </body>
      </html>

      """
  }

  private func currencySection(_ language: Language) -> String {
    guard !currencies.isEmpty else { return "" }
    let rows = currencies.map { currency, circulation in
      let amount = currency.kind == .backed ? AmountText.format(circulation, in: currency, language) : "–"
      let kind = currency.kind == .backed ? Phrase.pageBacked(language) : Phrase.pageMutual(language)
      return """
        <tr><th scope="row">\(currency.code) <span>\(Html.escaped(currency.name.description))</span></th>\
        <td>\(Html.escaped(kind))</td><td class="amount">\(Html.escaped(amount))</td></tr>
        """
    }
    let fund = reserve.map { reserve in
      let amount = "\(AmountText.format(reserve, scale: 2, language)) EUR"
      return "<p>\(Html.escaped(Phrase.pageReserve(language, amount)))</p>"
    }
    return """
      <h2>\(Html.escaped(Phrase.pageCurrencies(language)))</h2>
      <table>
      <thead><tr><th scope="col">\(Html.escaped(Phrase.pageCurrency(language)))</th>\
      <th scope="col">\(Html.escaped(Phrase.pageKind(language)))</th>\
      <th scope="col" class="amount">\(Html.escaped(Phrase.pageCirculation(language)))</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      \(fund ?? "")
      """
  }

  private func commandSection(_ language: Language) -> String {
    """
    <h2>\(Html.escaped(Phrase.pageHowToPay(language)))</h2>
    <pre><code>carnet pay boulangerie-martin 12,50 --ledger http://\(Html.escaped(host))
    carnet balance --ledger http://\(Html.escaped(host))</code></pre>
    """
  }

  private func checkSection(_ language: Language) -> String {
    """
    <h2>\(Html.escaped(Phrase.pageHowToCheck(language)))</h2>
    <p>\(Html.escaped(Phrase.pageKeyIntro(language)))</p>
    <pre><code>\(Html.escaped(key.description))</code></pre>
    <p>\(Html.escaped(Phrase.pageRecords(language, "\(checkpoint.size)", checkpoint.root.base64)))</p>
    <pre><code>carnet receipt verify receipt.txt --vkey \(Html.escaped(key.description))</code></pre>
    <p>\(Html.escaped(Phrase.pageInterface(language, "/openapi.json")))</p>
    """
  }

  static let style = """
    :root { color-scheme: light dark; --ink: #1b1b1b; --ground: #fdfcf8; --line: #6b6b6b; --accent: #0b5c4a; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #ececec; --ground: #16181a; --line: #a0a0a0; --accent: #7fd8bf; }
    }
    body { margin: 0 auto; max-width: 46rem; padding: 1rem; color: var(--ink); background: var(--ground);
      font: 1.05rem/1.55 system-ui, sans-serif; }
    h1 { margin: 0; } h2 { margin-top: 2rem; }
    .origin, .language { margin: 0; color: var(--line); } .language { text-align: right; }
    .trial { border: 2px solid currentColor; padding: .5rem .75rem; font-weight: 600; }
    a { color: var(--accent); }
    table { border-collapse: collapse; width: 100%; }
    th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
    th span { font-weight: normal; display: block; }
    .amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }
    @media print { body { color: #000; background: #fff; } .language { display: none; } }

    """
}
