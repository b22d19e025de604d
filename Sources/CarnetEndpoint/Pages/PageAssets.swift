import CarnetLedger
import CarnetNotes

/// The scripts and the style of the pages, embedded when the program is built.
struct PageAsset: Sendable {
  let type: String
  let body: [UInt8]
  /// The beginning of the SHA-256 of the body, as `ETag` writes it (RFC 9110, section 8.8.3).
  let tag: String

  private init(type: String, body: [UInt8]) {
    (self.type, self.body) = (type, body)
    tag = "\"\(Hex.encode(Array(Digest.sha256(body).bytes.prefix(12))) as String)\""
  }

  private static let script = "text/javascript; charset=utf-8"
  private static let style = "text/css; charset=utf-8"

  /// Every asset by its name under `/assets/`.
  static let all: [String: PageAsset] = {
    var assets = scripts.mapValues { PageAsset(type: script, body: $0) }
    assets["carnet.css"] = PageAsset(type: style, body: PackageResources.carnet_css)
    for language in Language.allCases {
      for (name, texts) in [("texts", PageTexts.forMembers), ("till-texts", PageTexts.forTills)] {
        assets["\(name).\(language.rawValue).js"] = PageAsset(type: script, body: module(texts, in: language))
      }
    }
    let words = WordList.words.joined(separator: " ")
    assets["words.js"] = PageAsset(type: script, body: Array("export default '\(words)'.split(' ');\n".utf8))
    return assets
  }()

  /// The worker that keeps `/me` readable without a network; served at the root, since its reach is its folder.
  static let worker = PageAsset(type: script, body: PackageResources.worker_js)

  private static let scripts: [String: [UInt8]] = [
    "amounts.js": PackageResources.amounts_js, "api.js": PackageResources.api_js,
    "bytes.js": PackageResources.bytes_js, "desk.js": PackageResources.desk_js,
    "dom.js": PackageResources.dom_js,
    "frame.js": PackageResources.frame_js, "join.js": PackageResources.join_js,
    "joining.js": PackageResources.joining_js,
    "keys.js": PackageResources.keys_js,
    "me.js": PackageResources.me_js, "merkle.js": PackageResources.merkle_js,
    "notes.js": PackageResources.notes_js, "numbers.js": PackageResources.numbers_js,
    "pay.js": PackageResources.pay_js, "receipts.js": PackageResources.receipts_js,
    "sounds.js": PackageResources.sounds_js, "store.js": PackageResources.store_js,
    "stream.js": PackageResources.stream_js, "texts.js": PackageResources.texts_js,
    "ticket.js": PackageResources.ticket_js, "till.js": PackageResources.till_js,
    "wallet.js": PackageResources.wallet_js,
  ]

  /// Texts of the catalogue for scripts, as a module.
  private static func module(_ texts: [(key: String, value: Phrase)], in language: Language) -> [UInt8] {
    let members = texts.sorted { $0.key < $1.key }.map {
      JSON.Member($0.key, .string($0.value(language)))
    }
    return Array("export default ".utf8) + JSON.object(members).serialized() + Array(";\n".utf8)
  }

  /// The asset, or 304 where the asker has it already.
  func response(to request: Request) -> Response {
    let headers = [(name: "ETag", value: tag), (name: "Cache-Control", value: "no-cache")]
    guard request.headers["if-none-match"] != tag else { return Response(status: 304, headers: headers) }
    var response = Response(type: type, body: body)
    response.headers += headers
    return response
  }
}
