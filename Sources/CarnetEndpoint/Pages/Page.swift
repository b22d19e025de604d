import CarnetLedger

/// A page whose content a script makes: its head, its style, and what is said where there are no scripts.
struct Page: Sendable {
  let title: Phrase
  /// The script that makes it, the first of `modules`.
  let script: String
  /// Further modules that the script needs, so that they are fetched at once.
  var modules: [String] = []
  /// The file of its texts, without the language.
  var texts = "texts"

  static let pay = Page(title: .pagePayTitle, script: "pay.js", modules: memberModules)
  static let me = Page(title: .pageMeTitle, script: "me.js", modules: memberModules)

  static let join = Page(title: .pageJoiningTitle, script: "join.js", modules: memberModules + ["joining.js"])

  static let till = Page(
    title: .tillPageTitle, script: "till.js",
    modules: memberModules + ["stream.js", "sounds.js", "ticket.js"], texts: "till-texts")

  private static let memberModules = [
    "frame.js", "dom.js", "texts.js", "api.js", "wallet.js", "store.js", "keys.js", "bytes.js", "notes.js",
    "merkle.js", "receipts.js", "amounts.js", "numbers.js",
  ]

  /// What a page may load: its own files from here, nothing else, nothing inline.
  static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    + "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"

  func response(in language: Language) -> Response {
    var response = Response(type: "text/html; charset=utf-8", body: Array(html(in: language).utf8))
    response.headers.append((name: "Content-Security-Policy", value: Page.policy))
    return response
  }

  private func html(in language: Language) -> String {
    let preloads = (modules + ["\(texts).\(language.rawValue).js"])
      .map { "<link rel=\"modulepreload\" href=\"/assets/\($0)\">" }.joined(separator: "\n")
    return """
      <!doctype html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(Html.escaped(title(language)))</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/assets/carnet.css">
      \(preloads)
      <script type="module" src="/assets/\(script)"></script>
      </head>
      <body>
      <noscript><main><h1>\(Html.escaped(title(language)))</h1>
      <p>\(Html.escaped(Phrase.pageNeedsScript(language)))</p></main></noscript>
      </body>
      </html>

      """
  }
}
