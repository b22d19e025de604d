import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What watches the service and describes it, and the page for visitors.
enum ServiceRoutes {
  static let all = [
    Route(
      method: "GET", path: "/", summary: "A page that says what this place is",
      answers: [(200, "text/html", "Page")],
      handler: .immediate(page)),
    Route(
      method: "GET", path: "/style.css", summary: "The style of the pages",
      answers: [(200, "text/css", "Style")],
      handler: .immediate(style)),
    Route(
      method: "GET", path: "/livez", summary: "Whether the process answers",
      answers: [(200, "application/json", "Health")],
      handler: .immediate { _, _ in Response(json: .object(["status": .string("ok")])) }),
    Route(
      method: "GET", path: "/readyz", summary: "Whether notes are taken in",
      answers: [(200, "application/json", "Health")], handler: .immediate(ready)),
    Route(
      method: "GET", path: "/metrics", summary: "Counters for Prometheus",
      answers: [(200, "text/plain", "Metrics")],
      handler: .immediate { endpoint, _ in
        let text = endpoint.metrics.text(of: endpoint.journal)
        return Response(type: "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
      }),
    Route(
      method: "GET", path: "/openapi.json", summary: "This description",
      answers: [(200, "application/json", "OpenAPI")],
      handler: .immediate { _, _ in Response(json: OpenAPI.document) }),
  ]

  @Sendable private static func page(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let html = FrontPage(endpoint.journal, host: call.request.headers["host"]).html(in: call.language)
    return Response(type: "text/html; charset=utf-8", body: Array(html.utf8))
  }

  @Sendable private static func style(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    var response = Response(type: "text/css; charset=utf-8", body: Array(FrontPage.style.utf8))
    response.headers.append((name: "Cache-Control", value: "max-age=3600"))
    return response
  }

  @Sendable private static func ready(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let failure = endpoint.journal.failure else {
      return Response(json: .object(["status": .string("ok")]))
    }
    throw Problem(failure)
  }
}
