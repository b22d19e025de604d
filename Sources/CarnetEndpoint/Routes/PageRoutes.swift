import CarnetLedger

/// The pages that people pay, are paid and read with, and the files these are made of.
enum PageRoutes {
  static let all = [
    page("/p/{payee}", "Where a request, or a member, is paid", .pay),
    Route(
      method: "GET", path: "/p/{payee}/qr.svg", summary: "The QR code of a member's permanent address",
      answers: [(200, "image/svg+xml", "Image")], problems: [404], handler: .immediate(image)),
    page("/till", "Where a merchant is paid", .till),
    page("/join/{link}", "Where somebody who was invited becomes a member", .join),
    page("/me", "One's own balance, statement and receipts", .me),
    Route(
      method: "GET", path: "/assets/{name}", summary: "A script or the style of the pages",
      answers: [(200, "text/javascript", "Script"), (200, "text/css", "Style"), (304, "", "")],
      problems: [404], handler: .immediate(asset)),
    Route(
      method: "GET", path: "/worker.js", summary: "The script that keeps pages readable without a network",
      answers: [(200, "text/javascript", "Script"), (304, "", "")],
      handler: .immediate { _, call in
        var response = PageAsset.worker.response(to: call.request)
        response.headers.append((name: "Content-Security-Policy", value: Page.policy))
        return response
      }),
  ]

  private static func page(_ path: String, _ summary: String, _ page: Page) -> Route {
    Route(
      method: "GET", path: path, summary: summary, answers: [(200, "text/html", "Page")],
      handler: .immediate { _, call in page.response(in: call.language) })
  }

  /// For the counter card. Whether there is such a member is not told: the address is, and it never changes.
  @Sendable private static func image(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let payee = MemberNumber(call.path("payee"))?.description ?? Handle(call.path("payee"))?.description
    guard let payee, let base = endpoint.publicBase, let code = QRCode("\(base)/p/\(payee)") else {
      throw .notFound
    }
    return Response(type: "image/svg+xml", body: Array(code.svg(label: "\(base)/p/\(payee)").utf8))
  }

  @Sendable private static func asset(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let asset = PageAsset.all[call.path("name")] else { throw .notFound }
    return asset.response(to: call.request)
  }
}
