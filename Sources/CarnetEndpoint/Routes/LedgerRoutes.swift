import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What is public: the ledger itself, its directory, checkpoints and proofs.
enum LedgerRoutes {
  static let all = [
    Route(
      method: "GET", path: "/v1/ledger", summary: "What this place is",
      answers: [(200, "application/json", "Ledger")], handler: .immediate(ledger)),
    Route(
      method: "GET", path: "/v1/directory", summary: "Who can be paid",
      query: ["q", "handle", "number", "key", "limit", "cursor"], security: .optional,
      answers: [(200, "application/json", "Directory")], problems: [401, 404], handler: .immediate(directory)),
    Route(
      method: "GET", path: "/checkpoint", summary: "The newest signed checkpoint (C2SP tlog-checkpoint)",
      answers: [(200, "text/plain", "Note")], handler: .immediate(checkpoint)),
    Route(
      method: "GET", path: "/v1/consistency",
      summary: "Proof that an older journal is the beginning of today's",
      query: ["from"], answers: [(200, "application/json", "Consistency")], problems: [404],
      handler: .immediate(consistency)),
    Route(
      method: "GET", path: "/tile/{level}/{rest}", summary: "A tile of hashes (C2SP tlog-tiles)",
      answers: [(200, "application/octet-stream", "Tile")], problems: [404], handler: .immediate(tile)),
  ]

  @Sendable private static func ledger(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let now = endpoint.journal.clock.now
    return Response(
      json: endpoint.journal.read { state in
        let keys = state.ledgerKeys.entries.map {
          VerifierKey(origin: state.origin, publicKey: $0.key).description
        }
        let currencies = state.currencies
        let shapes = currencies.map { $0.json(limits: state.generalLimits(of: $0.code, at: now)) }
        return .object([
          "origin": .string(state.origin.description), "name": .string(state.name.description),
          "purpose": .string(state.purpose.rawValue), "verifier_key": .string(keys[keys.count - 1]),
          "ledger_keys": .array(keys.map { .string($0) }), "rules": .integer(Int64(state.rules)),
          "size": .integer(Int64(state.size)), "time": .string(state.time.rfc3339),
          "currencies": .array(shapes),
          "reconversion_fee": .integer(state.reconversionFee(at: now)),
        ])
      })
  }

  @Sendable private static func checkpoint(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    Response(text: endpoint.journal.checkpoint.bytes)
  }

  @Sendable private static func consistency(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let from = try call.query("from", { DecimalText.unsigned($0) }) else {
      throw .badParameter
    }
    let found = try endpoint.query { () throws(StoreError) in
      try endpoint.journal.consistencyProof(from: from)
    }
    guard let (proof, checkpoint) = found else { throw .notFound }
    return Response(
      json: .object([
        "from": .integer(Int64(from)), "to": .integer(Int64(checkpoint.checkpoint.size)),
        "proof": .array(proof.map { .string($0.base64) }),
        "checkpoint": .string(String(decoding: checkpoint.bytes, as: UTF8.self)),
      ]))
  }

  /// `/tile/<L>/<N>` and `/tile/<L>/<N>.p/<W>`, N in groups of three digits with `x` before all but the last.
  @Sendable private static func tile(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    guard let level = DecimalText.unsigned(call.path("level")), level < 8,
      let (number, width) = TilePath.parse(call.path("rest"))
    else { throw .notFound }
    let bytes = try endpoint.query { () throws(StoreError) in
      try endpoint.journal.tile(level: Int(level), number: number, width: width)
    }
    guard let bytes else { throw .notFound }
    return Response(type: "application/octet-stream", body: bytes)
  }
}

/// The number in a tile's path (C2SP tlog-tiles).
enum TilePath {
  static func parse(_ path: String) -> (number: UInt64, width: UInt64)? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var width = Journal.tileWidth
    if parts.count >= 2, parts[parts.count - 2].hasSuffix(".p") {
      guard let partial = DecimalText.unsigned(String(parts.removeLast())),
        (1..<Journal.tileWidth).contains(partial)
      else { return nil }
      width = partial
      parts[parts.count - 1] = parts[parts.count - 1].dropLast(2)
    }
    guard (1...5).contains(parts.count) else { return nil }
    var number: UInt64 = 0
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      guard isLast || part.hasPrefix("x") else { return nil }
      let digits = isLast ? part : part.dropFirst()
      guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      number = number * 1_000 + digits.utf8.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
    }
    // The shortest writing only: no group of zeros in front.
    guard parts.count == 1 || parts[0] != "x000" else { return nil }
    return (number, width)
  }
}

extension LedgerRoutes {
  /// A search among those who serve the public, or one member by handle or number.
  @Sendable private static func directory(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let handle = try call.query("handle") { Handle($0) }
    let number = try call.query("number") { MemberNumber($0) }
    if let key = try call.query("key", { PublicKey(base64: $0) }) { return try owner(of: key, endpoint) }
    guard handle != nil || number != nil else { return try search(endpoint, call) }
    let member = endpoint.journal.read { state in
      handle.flatMap { state.member($0) } ?? number.flatMap { state.member($0) }
    }
    guard let member, member.servesPublic || call.principal.isKnown else { throw .notFound }
    var entry = Shapes.entry(member)
    entry.append(JSON.Member("card", try card(of: member, endpoint)))
    return Response(json: .object(["members": .array([.object(entry)]), "next": .null]))
  }

  /// The number a key belongs to, which its holder must learn before they can sign anything; names are left out.
  private static func owner(of key: PublicKey, _ endpoint: Endpoint) throws(Problem) -> Response {
    let member = endpoint.journal.read { state in state.owner(of: key).flatMap { state.member($0) } }
    guard let member else { throw .notFound }
    let entry = Shapes.entry(
      Member(number: member.number, kind: member.kind, roles: [], keys: [], enrolledIn: 0))
    return Response(json: .object(["members": .array([.object(entry)]), "next": .null]))
  }

  /// The card's text with the receipt of the record that holds its hash.
  private static func card(of member: Member, _ endpoint: Endpoint) throws(Problem) -> JSON {
    guard let reference = member.officialCard else { return .null }
    return try endpoint.query { () throws(StoreError) in
      guard let text = try endpoint.journal.saltedText(of: reference.record),
        let receipt = try endpoint.journal.receipt(of: reference.record)
      else { return .null }
      return .object([
        "salt": .string(Base64.encode(text.salt)),
        "text": .string(String(decoding: text.text, as: UTF8.self)),
        "record": .integer(Int64(reference.record)),
        "receipt": .string(String(decoding: receipt.bytes, as: UTF8.self)),
      ])
    }
  }

  private static func search(_ endpoint: Endpoint, _ call: Call) throws(Problem) -> Response {
    let words = try call.query("q") { $0.utf8.count <= Limits.searchBytesMax ? $0.lowercased() : nil } ?? ""
    let limit = try call.limit(Limits.pageRowsMax)
    let after = try call.query("cursor") { MemberNumber($0) }
    // Searched outside the lock: the writer waits for it to publish.
    let members = endpoint.journal.read { Array($0.members.values) }
    let found = members.filter { member in
      member.servesPublic && member.status == .active && after.map { $0 < member.number } ?? true
        && (words.isEmpty || member.searchText.contains(words))
    }.sorted { $0.number < $1.number }
    let page = found.prefix(limit)
    return Response(
      json: .object([
        "members": .array(page.map { .object(Shapes.entry($0)) }),
        "next": found.count > limit ? .optional(page.last?.number.description) : .null,
      ]))
  }
}

extension Member {
  /// Whether the member is found by anyone: those who serve the public, never persons.
  var servesPublic: Bool {
    switch kind {
    case .person: false
    case .business, .association, .public, .counter: card != nil
    }
  }

  /// What a search looks through.
  var searchText: String {
    [card?.handle?.description, card?.name?.description, card?.town?.description, card?.sector?.description]
      .compactMap(\.self).joined(separator: " ").lowercased()
  }
}
