import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What takes a token: accounts, statements, receipts, members.
enum AccountRoutes {
  static let all = [
    Route(
      method: "GET", path: "/v1/accounts/{account}", summary: "Balances of a member or a system account",
      query: ["at"], security: .bearer, answers: [(200, "application/json", "Account")],
      problems: [401, 403, 404], handler: .immediate(account)),
    Route(
      method: "GET", path: "/v1/accounts/{account}/statement",
      summary: "A page of a statement, newest lines last",
      query: ["currency", "since", "until", "limit", "cursor"], security: .bearer,
      answers: [(200, "application/json", "Statement")], problems: [401, 403, 404],
      handler: .immediate(statement)),
    Route(
      method: "GET", path: "/v1/receipts/{id}",
      summary: "The receipt of a note, by its id or its record's number (C2SP tlog-proof)",
      security: .bearer, answers: [(200, "text/plain", "Receipt")], problems: [401, 404],
      handler: .immediate(receipt)),
    Route(
      method: "GET", path: "/v1/enrolments", summary: "The receipt of the record that enrolled a key",
      query: ["key"], security: .bearer, answers: [(200, "text/plain", "Receipt")], problems: [401, 404],
      handler: .immediate(enrolment)),
    Route(
      method: "GET", path: "/v1/members", summary: "Every member", query: ["limit", "cursor"],
      security: .bearer,
      answers: [(200, "application/json", "Members")], problems: [401, 403], handler: .immediate(members)),
    Route(
      method: "GET", path: "/v1/balances", summary: "Every account's balance, a trial balance",
      query: ["limit", "cursor"], security: .bearer, answers: [(200, "application/json", "Balances")],
      problems: [401, 403], handler: .immediate(balances)),
    Route(
      method: "GET", path: "/v1/reference-secret", summary: "The secret of the bank references",
      security: .bearer, answers: [(200, "application/json", "ReferenceSecret")], problems: [401, 403, 404],
      handler: .immediate(referenceSecret)),
  ]

  /// The account in the path, which the caller may read.
  private static func name(_ call: Call, _ endpoint: Endpoint) throws(Problem) -> AccountName {
    guard let name = AccountName(call.path("account")) else { throw .notFound }
    switch name {
    case .member(let number):
      guard call.principal.reads(number) else { throw call.principal.isKnown ? .forbidden : .tokenMissing }
      guard endpoint.journal.read({ $0.member(number) != nil }) else { throw .notFound }
    case .system:
      guard call.principal.readsAll else { throw call.principal.isKnown ? .forbidden : .tokenMissing }
    }
    return name
  }

  /// The number of records behind which balances are asked for; `nil` for all.
  private static func size(_ call: Call, _ endpoint: Endpoint) throws(Problem) -> UInt64? {
    guard let text = call.request.parameter("at") else { return nil }
    if let number = DecimalText.unsigned(text) {
      guard number < endpoint.journal.read({ $0.size }) else { throw .badParameter }
      return number + 1
    }
    guard let time = Timestamp(rfc3339: text) else { throw .badParameter }
    return try endpoint.query { () throws(StoreError) in try endpoint.journal.size(at: time) }
  }

  @Sendable private static func account(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let name = try name(call, endpoint)
    let size = try size(call, endpoint)
    let now = endpoint.journal.clock.now
    // One look at the state, so that balances and moment belong together.
    let (member, newest, current) = endpoint.journal.read { state in
      let rows = accounts(of: name, in: state).map { account in
        (account: account, balance: state.balance(of: account), limits: state.limits(of: account, at: now))
      }
      return (name.member.flatMap { state.member($0) }, (state.size, state.time), rows)
    }
    var balances: [JSON] = []
    for row in current {
      let past = try size.map { size throws(Problem) in
        try endpoint.query { () throws(StoreError) in
          try endpoint.journal.balance(of: row.account, behind: size)
        }
      }
      balances.append(Shapes.balance(row.account, past ?? row.balance, row.limits))
    }
    let moment = try moment(behind: size, newest, endpoint)
    let roles = (member?.roles ?? []).sorted().map { JSON.string($0.rawValue) }
    return Response(
      json: .object([
        JSON.Member("number", .string(name.description)),
        JSON.Member("handle", .optional(member?.card?.handle?.description)),
        JSON.Member("name", .optional(member?.card?.name?.description)),
        JSON.Member("kind", .optional(member?.kind.rawValue)),
        JSON.Member("status", .optional(member?.status.rawValue)), JSON.Member("roles", .array(roles)),
        JSON.Member("accredited", .bool(member?.isAccredited ?? false)),
        JSON.Member("balances", .array(balances)), JSON.Member("as_of", moment),
      ]))
  }

  private static func moment(
    behind size: UInt64?, _ newest: (size: UInt64, time: Timestamp), _ endpoint: Endpoint
  ) throws(Problem) -> JSON {
    guard let size else { return Shapes.moment(number: newest.size - 1, time: newest.time) }
    guard size > 0 else { return .null }
    let record = try endpoint.query { () throws(StoreError) in try endpoint.journal.record(size - 1) }
    return record.map { Shapes.moment(number: $0.number, time: $0.time) } ?? .null
  }

  /// A member has an account in every currency, a system account only where it was posted to.
  static func accounts(of name: AccountName, in state: borrowing LedgerState) -> [AccountID] {
    let codes = state.currencies.map(\.code)
    switch name {
    case .member: return codes.map { AccountID(name, $0) }
    case .system:
      let book = state.book
      return (codes + [.euro]).map { AccountID(name, $0) }.filter { book.place(of: $0) != nil }
    }
  }

  @Sendable private static func statement(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let name = try name(call, endpoint)
    let accounts = endpoint.journal.read { AccountRoutes.accounts(of: name, in: $0) }
    let asked = try call.query("currency") { CurrencyCode($0) }
    guard let account = accounts.first(where: { asked == nil || $0.currency == asked }) else {
      throw .notFound
    }
    let time = { @Sendable (text: String) in Timestamp(rfc3339: text) }
    let request = StatementRequest(
      account: account, since: try call.query("since", time), until: try call.query("until", time),
      limit: try call.limit(AccountStatement.linesMax),
      cursor: try call.query("cursor") { AccountStatement.Cursor($0) })
    let page = try endpoint.query { () throws(StoreError) in try endpoint.journal.statement(request) }
    guard let page else { throw .badParameter }
    let names = endpoint.journal.read { state in
      page.lines.map { line in line.counterparty.member.flatMap { state.member($0)?.card } }
    }
    return Response(
      json: .object([
        "account": .string(name.description), "currency": .string(account.currency.description),
        "opening": .integer(page.opening), "lines": .array(zip(page.lines, names).map(line)),
        "closing": .integer(page.closing), "next": .optional(page.next?.description),
      ]))
  }

  private static func line(_ line: AccountStatement.Line, _ card: Card?) -> JSON {
    .object([
      "number": .integer(Int64(line.number)), "time": .string(line.time.rfc3339),
      "kind": .string(line.kind.rawValue),
      "account": .string(line.counterparty.description), "handle": .optional(card?.handle?.description),
      "name": .optional(card?.name?.description), "amount": .integer(line.amount),
      "balance": .integer(line.balance), "memo": .optional(line.text), "id": .string(line.id.hex),
    ])
  }

  /// A receipt shows its reader both sides: it is for the parties, officers and auditors.
  @Sendable private static func receipt(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard call.principal.isKnown else { throw .tokenMissing }
    let id = NoteID(hex: call.path("id"))
    let asked = DecimalText.unsigned(call.path("id"))
    let receipt = try endpoint.query { () throws(StoreError) -> Receipt? in
      let found = try id.flatMap { id throws(StoreError) in try endpoint.journal.number(of: id) }
      guard let number = found ?? asked, let record = try endpoint.journal.record(number)
      else {
        return nil
      }
      let parties =
        record.postings.legs.compactMap(\.account.name.member) + record.signers.compactMap(\.member)
      guard parties.contains(where: call.principal.reads) || call.principal.readsAll else { return nil }
      return try endpoint.journal.receipt(of: number)
    }
    guard let receipt else { throw .notFound }
    return Response(text: receipt.bytes)
  }
}

extension AccountRoutes {
  /// Shows whose key it is, for whoever holds a receipt that it signed.
  @Sendable private static func enrolment(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard call.principal.isKnown else { throw .tokenMissing }
    guard let key = try call.query("key", { PublicKey(base64: $0) }) else { throw .badParameter }
    let note = endpoint.journal.read { state in
      state.owner(of: key).flatMap { state.member($0) }?.key(key)?.enrolledBy
    }
    let receipt = try endpoint.query { () throws(StoreError) -> Receipt? in
      guard let note, let number = try endpoint.journal.number(of: note) else { return nil }
      return try endpoint.journal.receipt(of: number)
    }
    guard let receipt else { throw .notFound }
    return Response(text: receipt.bytes)
  }

  @Sendable private static func members(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    try call.requireAll()
    let limit = try call.limit(Limits.pageRowsMax)
    let after = try call.query("cursor") { MemberNumber($0) }
    let now = endpoint.journal.clock.now
    // Sorted outside the lock: the writer waits for it to publish.
    let all = endpoint.journal.read { Array($0.members.keys) }
    let numbers = all.filter { number in after.map { $0 < number } ?? true }.sorted()
    let (page, hasMore) = (numbers.prefix(limit), numbers.count > limit)
    let rows = endpoint.journal.read { state in page.compactMap { memberRow($0, in: state, at: now) } }
    let next = hasMore ? rows.last?["number"] ?? .null : .null
    return Response(json: .object(["members": .array(rows), "next": next]))
  }

  private static func memberRow(
    _ number: MemberNumber, in state: borrowing LedgerState, at now: Timestamp
  ) -> JSON? {
    guard let member = state.member(number) else { return nil }
    var balances: [JSON] = []
    for account in accounts(of: .member(number), in: state) {
      balances.append(Shapes.balance(account, state.balance(of: account), state.limits(of: account, at: now)))
    }
    let keys = member.keys.map { key in
      JSON.object([
        "key": .string(key.publicKey.base64), "use": .string(key.use.rawValue),
        "active_from": .string(key.activeFrom.rfc3339),
        "revoked_in": .optional(key.revokedIn.map { Int64($0) }),
      ])
    }
    return .object(
      Shapes.entry(member) + [
        JSON.Member("status", .string(member.status.rawValue)),
        JSON.Member("roles", .array(member.roles.sorted().map { .string($0.rawValue) })),
        JSON.Member("keys", .array(keys)), JSON.Member("balances", .array(balances)),
      ])
  }

  @Sendable private static func balances(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    try call.requireAll()
    let limit = try call.limit(Limits.pageRowsMax)
    let start =
      try call.query("cursor") { text in
        DecimalText.unsigned(text).flatMap { Int(exactly: $0) }
      } ?? 0
    let (rows, total) = endpoint.journal.read { state in
      let book = state.book
      let places = start..<max(start, min(book.accounts.count, start + limit))
      let rows = places.map { place -> JSON in
        let account = book.accounts[place]
        return .object([
          "account": .string(account.name.description), "currency": .string(account.currency.description),
          "balance": .integer(book.balances[place]),
        ])
      }
      return (rows, book.accounts.count)
    }
    let next = start + rows.count < total ? "\(start + rows.count)" : nil
    return Response(json: .object(["balances": .array(rows), "next": .optional(next)]))
  }

  @Sendable private static func referenceSecret(_ endpoint: Endpoint, _ call: Call) throws(Problem)
    -> Response
  {
    guard call.principal.servesCounter else { throw call.principal.isKnown ? .forbidden : .tokenMissing }
    guard let secret = endpoint.journal.bankReferenceSecret else { throw .notFound }
    return Response(json: .object(["secret": .string(Base64.encode(secret))]))
  }
}
