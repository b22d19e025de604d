import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What a till took in: its sales, the report so far (X), the closes (Z).
enum TillReportRoutes {
  static let all = [
    Route(
      method: "GET", path: "/v1/tills/{till}/sales", summary: "Sales and refunds of a till, newest first",
      query: ["limit", "cursor"], security: .bearer, admitsTill: true,
      answers: [(200, "application/json", "Sales")], problems: [401, 403, 404], handler: .deferred(sales)),
    Route(
      method: "GET", path: "/v1/tills/{till}/report", summary: "Counts and totals since the last close (X)",
      security: .bearer, admitsTill: true, answers: [(200, "application/json", "TillReport")],
      problems: [401, 403, 404, 409], handler: .deferred(report)),
    Route(
      method: "POST", path: "/v1/tills/{till}/closes", summary: "Close the till (Z)", security: .bearer,
      admitsTill: true, answers: [(201, "application/json", "TillClose")],
      problems: [400, 401, 403, 404, 409, 413, 422, 429], handler: .deferred(close)),
    Route(
      method: "GET", path: "/v1/tills/{till}/closes", summary: "The closes of a till, newest first",
      query: ["limit", "cursor"], security: .bearer, admitsTill: true,
      answers: [(200, "application/json", "TillCloses")], problems: [401, 403, 404, 409],
      handler: .deferred(closes)),
    Route(
      method: "GET", path: "/v1/tills/{till}/closes/{number}",
      summary: "One close of a till; as CSV by Accept",
      security: .bearer, admitsTill: true,
      answers: [(200, "application/json", "TillClose"), (200, "text/csv", "CSV")],
      problems: [401, 403, 404, 409], handler: .deferred(oneClose)),
  ]

  @Sendable private static func sales(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let limit = try call.limit(Limits.pageRowsMax)
    let before = try call.query("cursor") { DecimalText.unsigned($0) } ?? UInt64(Int64.max)
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try TillRoutes.till(endpoint, call)
      return try endpoint.query { () throws(StoreError) in
        try endpoint.tills.catchUp()
        let found = try endpoint.tills.store.sales(of: till.id, before: before, limit: limit + 1)
        var rows: [JSON] = []
        for sale in found.prefix(limit) { rows.append(try row(sale, endpoint)) }
        let next = found.count > limit ? found[limit - 1].record : nil
        return Response(
          json: .object(["sales": .array(rows), "next": .optional(next.map { "\($0)" })]))
      }
    }
  }

  private static func row(_ sale: TillSale, _ endpoint: Endpoint) throws(StoreError) -> JSON {
    let request = try endpoint.journal.request(sale.request)
    let text = try request.flatMap { request throws(StoreError) in
      try endpoint.journal.saltedText(of: request.record)
    }
    let kept = try endpoint.tills.store.request(sale.request)
    let refunded = sale.kind == .sale ? try endpoint.tills.store.refunded(sale.record) : nil
    return .object([
      "number": .integer(Int64(sale.record)), "time": .string(sale.time.rfc3339),
      "kind": .string(sale.kind.rawValue), "currency": .string(sale.currency.description),
      "amount": .integer(sale.amount), "code": .optional(request?.code?.description),
      "request": .string(sale.request.hex),
      "reference": .optional(text.map { String(decoding: $0.text, as: UTF8.self) }),
      "cashier": .optional(kept?.cashier), "sale": .optional(sale.sale.map { Int64($0) }),
      "refunded": .optional(refunded),
    ])
  }

  /// What was not closed yet. On the queue.
  private static func draft(_ till: Till, _ endpoint: Endpoint) throws(Problem) -> TillClose {
    let (newest, sales, from, size) = try endpoint.query { () throws(StoreError) in
      try endpoint.tills.catchUp()
      let newest = try endpoint.tills.store.newestClose(of: till.id)
      let (from, size) = (newest.map { $0.through + 1 } ?? 0, endpoint.journal.read { $0.size })
      let range = from...max(from, size - 1)
      let sales = from < size ? try endpoint.tills.store.sales(of: till.id, in: range) : []
      return (newest, sales, from, size)
    }
    guard let days = TillDays(till.timeZone) else { throw Problem(StoreError.service(.damaged)) }
    do throws(Refusal) {
      return TillClose(
        ledger: endpoint.journal.read { $0.origin }, till: till.id, number: (newest?.number ?? 0) + 1,
        time: endpoint.journal.requestTime, timeZone: till.timeZone, from: from,
        through: max(from, size) - 1, figures: try TillFigures(sales) { days.day(of: $0) },
        previous: newest?.hash)
    } catch { throw Problem(error, currencies: []) }
  }

  @Sendable private static func report(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try TillRoutes.till(endpoint, call)
      let draft = try draft(till, endpoint)
      return Response(
        json: .object(
          try made { () throws(Refusal) in
            try TillViews.figures(
              draft.figures, number: draft.number, from: draft.from, through: draft.through, at: draft.time,
              of: till)
          }))
    }
  }

  @Sendable private static func close(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    guard call.principal.isKnown else { throw .tokenMissing }
    guard let id = TillID(call.path("till")) else { throw .notFound }
    guard call.request.body.isEmpty else { throw Problem(400, "malformed", .problemBody, "expected no body") }
    let once = try TillService.OnceCall(call, scope: "close:\(id)")
    endpoint.tills.once(once, completion) { _, finished throws(Problem) in
      let till = try TillRoutes.till(endpoint, call)
      let close = try draft(till, endpoint)
      let body = try made { () throws(Refusal) in try TillViews.close(close, of: till).serialized() }
      let answer = SavedCall.Answer(
        status: 201, location: "/v1/tills/\(till.id)/closes/\(close.number)", body: body)
      let isKept = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.keep(
          close, under: once.key, request: once.request, answer, now: endpoint.journal.clock.now)
      }
      guard isKept else { throw .tooMany }
      finished(.success(Response(answer)))
    }
  }

  @Sendable private static func closes(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let limit = try call.limit(Limits.pageRowsMax)
    let before =
      try call.query("cursor") { DecimalText.unsigned($0).flatMap { Int64(exactly: $0) } } ?? Int64.max
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try TillRoutes.till(endpoint, call)
      let found = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.closes(of: till.id, before: before, limit: limit + 1)
      }
      let rows = try made { () throws(Refusal) in
        try found.prefix(limit).map { close throws(Refusal) in try TillViews.close(close, of: till) }
      }
      let next = found.count > limit ? "\(found[limit - 1].number)" : nil
      return Response(json: .object(["closes": .array(rows), "next": .optional(next)]))
    }
  }

  @Sendable private static func oneClose(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let number = DecimalText.unsigned(call.path("number")).flatMap { Int64(exactly: $0) }
    let wantsTable = call.request.headers["accept"]?.lowercased().hasPrefix("text/csv") ?? false
    endpoint.tills.answer(completion) { () throws(Problem) in
      let till = try TillRoutes.till(endpoint, call)
      let found = try endpoint.query { () throws(StoreError) in
        try number.flatMap { number throws(StoreError) in try endpoint.tills.store.close(number, of: till.id)
        }
      }
      guard let close = found else { throw .notFound }
      guard !wantsTable else {
        let currencies = endpoint.journal.read { $0.currencies }
        return Response(
          type: "text/csv; charset=utf-8", body: TillViews.csv(close, currencies: currencies))
      }
      return Response(json: try made { () throws(Refusal) in try TillViews.close(close, of: till) })
    }
  }

  /// What could only be refused where sums are beyond 64 bits.
  private static func made<Value>(_ body: () throws(Refusal) -> Value) throws(Problem) -> Value {
    do throws(Refusal) { return try body() } catch { throw Problem(error, currencies: []) }
  }
}
