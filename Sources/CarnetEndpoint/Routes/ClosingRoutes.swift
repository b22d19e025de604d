import CarnetJournal
import CarnetLedger
import CarnetNotes

/// Cutoffs, their closings, and the proofs that a balance is counted in one.
enum ClosingRoutes {
  static let all = [
    Route(
      method: "GET", path: "/v1/closings", summary: "Every cutoff with its closing",
      answers: [(200, "application/json", "Closings")], handler: .immediate(list)),
    Route(
      method: "GET", path: "/v1/closings/{cutoff}", summary: "The receipt of a cutoff's closing",
      answers: [(200, "text/plain", "Receipt")], problems: [404], handler: .immediate(closing)),
    Route(
      method: "GET", path: "/v1/closings/{cutoff}/draft",
      summary: "What a closing of the cutoff must say of the balances", security: .bearer,
      answers: [(200, "application/json", "ClosingDraft")], problems: [401, 403, 404],
      handler: .immediate(draft)),
    Route(
      method: "GET", path: "/v1/closings/{cutoff}/proof",
      summary: "The proof that an account's balance is counted in the closing",
      query: ["account", "currency"], security: .bearer, answers: [(200, "text/plain", "ClosingProof")],
      problems: [401, 403, 404], handler: .immediate(proof)),
  ]

  @Sendable private static func list(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    var items: [JSON] = []
    for cutoff in endpoint.journal.cutoffs {
      let record = try cutoff.closedIn.flatMap { number throws(Problem) in
        try endpoint.query { () throws(StoreError) in try endpoint.journal.record(number) }
      }
      items.append(Shapes.cutoff(cutoff, closing: record))
    }
    return Response(json: .object(["closings": .array(items)]))
  }

  private static func cutoff(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Cutoff {
    guard let number = DecimalText.unsigned(call.path("cutoff")),
      let cutoff = endpoint.journal.read({ $0.cutoffs[number] })
    else { throw .notFound }
    return cutoff
  }

  @Sendable private static func closing(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let number = try cutoff(endpoint, call).closedIn else { throw .notFound }
    let receipt = try endpoint.query { () throws(StoreError) in try endpoint.journal.receipt(of: number) }
    guard let receipt else { throw .notFound }
    return Response(text: receipt.bytes)
  }

  @Sendable private static func draft(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    try call.requireAll()
    let cutoff = try cutoff(endpoint, call)
    let tree = try endpoint.query { () throws(StoreError) in
      try endpoint.journal.closingTree(of: cutoff.number)
    }
    guard let tree else { throw .notFound }
    return Response(
      json: .object([
        "cutoff": .integer(Int64(cutoff.number)), "period": .string(cutoff.period.description),
        "state": .string(cutoff.state.base64), "reserve": .integer(cutoff.reserve),
        "totals": .array(tree.totals.map { .string($0.description) }),
      ]))
  }

  @Sendable private static func proof(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let name = try call.query("account", { AccountName($0) }),
      let code = try call.query("currency", { CurrencyCode($0) })
    else { throw .badParameter }
    let isOwn = name.member.map(call.principal.reads) ?? call.principal.readsAll
    guard isOwn else { throw call.principal.isKnown ? .forbidden : .tokenMissing }
    let cutoff = try cutoff(endpoint, call)
    let proof = try endpoint.query { () throws(StoreError) in
      try endpoint.journal.closingProof(of: AccountID(name, code), cutoff: cutoff.number)
    }
    guard let proof else { throw .notFound }
    return Response(text: proof.bytes)
  }
}

extension Shapes {
  /// A cutoff with what its closing attests.
  static func cutoff(_ cutoff: Cutoff, closing record: Record?) -> JSON {
    let sums = cutoff.sums.map { sums in
      JSON.object([
        "currency": .string(sums.currency.description), "positive": .integer(sums.positive),
        "negative": .integer(sums.negative), "circulation": .integer(sums.circulation),
      ])
    }
    var closing = JSON.null
    if let record, case .closing(let made) = record.text.operation {
      closing = .object([
        "record": .integer(Int64(record.number)), "time": .string(record.time.rfc3339),
        "attested": .optional(made.attested?.amount), "date": .optional(made.attested?.date.description),
      ])
    }
    return .object([
      "cutoff": .integer(Int64(cutoff.number)), "period": .string(cutoff.period.description),
      "time": .string(cutoff.time.rfc3339), "sums": .array(sums), "reserve": .integer(cutoff.reserve),
      "state": .string(cutoff.state.base64), "closing": closing,
    ])
  }
}
