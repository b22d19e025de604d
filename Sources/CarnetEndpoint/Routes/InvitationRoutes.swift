import CarnetJournal
import CarnetLedger
import CarnetNotes
import Dispatch

/// Invitations: officers make, list and withdraw them; whoever holds a link sees what it offers and hands in a joining
/// note, which the officer then fetches, checks, signs and hands in like any other note.
enum InvitationRoutes {
  static let all = [
    Route(
      method: "POST", path: "/v1/invitations", summary: "Invite somebody; the token is shown this once",
      security: .bearer, accepts: [("application/json", "InvitationOrder")],
      answers: [(201, "application/json", "NewInvitation")], problems: [400, 401, 403, 409, 413, 415],
      handler: .deferred(make)),
    Route(
      method: "GET", path: "/v1/invitations", summary: "Every invitation, newest first", security: .bearer,
      answers: [(200, "application/json", "Invitations")], problems: [401, 403], handler: .deferred(list)),
    Route(
      method: "GET", path: "/v1/invitations/{invitation}",
      summary: "What the link of a token offers; with wait, once it changes",
      query: ["wait", "state", "handle"],
      answers: [(200, "application/json", "Invitation")], problems: [404, 429], handler: .deferred(show)),
    Route(
      method: "POST", path: "/v1/invitations/{invitation}", summary: "Hand in the joining note of a token",
      accepts: [("application/json", "NoteWithTexts")],
      answers: [(200, "application/json", "Invitation")], problems: [400, 401, 404, 409, 413, 415, 429],
      handler: .deferred(join)),
    Route(
      method: "DELETE", path: "/v1/invitations/{invitation}", summary: "Withdraw an invitation by its id",
      security: .bearer, answers: [(204, "", "")], problems: [401, 403, 404, 409],
      handler: .deferred(withdraw)),
  ]

  // Officers ----------------------------------------------------------------------------------------------------------

  @Sendable private static func make(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let json = try JSONBody.object(call.request, members: InvitationOrder.members)
    let (officer, key) = try endpoint.inviter(call, json)
    let order = try InvitationOrder(json)
    let (size, now) = (endpoint.journal.read { $0.size }, endpoint.journal.clock.now)
    if let handle = order.handle, endpoint.journal.read({ $0.member(handle) }) != nil {
      throw Problem(.handleTaken, currencies: [])
    }
    let invitation = Invitation(
      officer: officer, officerKey: key, kind: order.kind, name: order.name, handle: order.handle, made: now,
      expires: now.seconds + order.seconds)
    endpoint.tills.answer(completion) { () throws(Problem) in
      let token = InvitationToken.make()
      let isKept = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.store.add(invitation, token: token.hash, size: size)
      }
      guard isKept else {
        throw Problem(409, "too-many-invitations", .problemTooManyInvitations, "\(Invitation.openMax)")
      }
      var response = Response(
        status: 201,
        json: .object([
          "id": .string(invitation.id.description), "token": .string(token.text),
          "link": .optional(endpoint.publicBase.map { "\($0)/join/\(token.text)" }),
          "expires": .string(Timestamp(seconds: invitation.expires).rfc3339),
        ]))
      response.headers.append((name: "Location", value: "/v1/invitations/\(invitation.id)"))
      return response
    }
  }

  @Sendable private static func list(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.answer(completion) { () throws(Problem) in
      let invitations = try endpoint.query { () throws(StoreError) in
        try endpoint.tills.catchUp()
        return try endpoint.tills.store.invitations()
      }
      return Response(json: .object(["invitations": .array(invitations.map(endpoint.listed))]))
    }
  }

  @Sendable private static func withdraw(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    try call.requireOffice()
    endpoint.tills.answer(completion) { () throws(Problem) in
      let found = try endpoint.query { () throws(StoreError) -> Invitation? in
        try endpoint.tills.catchUp()
        guard let id = InvitationID(call.path("invitation")) else { return nil }
        return try endpoint.tills.store.invitation(id)
      }
      guard let invitation = found else { throw .notFound }
      switch invitation.state {
      case .joined: throw .invitationEnded(.joined)
      case .withdrawn, .expired: break
      case .open, .waiting:
        try endpoint.query { () throws(StoreError) in
          try endpoint.tills.end(invitation.id, as: .withdrawn)
        }
      }
      return Response(status: 204)
    }
  }

  // Whoever holds the link --------------------------------------------------------------------------------------------

  @Sendable private static func show(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let seconds = try call.waitSeconds()
    let asked = try call.query("state") { Invitation.State(rawValue: $0) }
    let handle = try call.query("handle") { Handle($0) }
    let token = try endpoint.invitationToken(of: call)
    endpoint.tills.work(completion) { () throws(Problem) in
      try endpoint.query { () throws(StoreError) in try endpoint.tills.catchUp() }
      let invitation = try endpoint.invitation(of: token, call)
      let state = endpoint.state(of: invitation)
      let reply: Route.DeferredReply = { () throws(Problem) in
        let invitation = try endpoint.invitation(of: token, call)
        return Response(json: try endpoint.shown(invitation, asking: handle, call))
      }
      guard let seconds, seconds > 0, !state.isEnded, asked ?? state == state else {
        return completion(reply)
      }
      let isWaiting = endpoint.invitations.add(
        invitation.id, knowing: (), milliseconds: seconds * 1_000
      ) { completion(reply) }
      guard isWaiting else { throw .tooManyWait }
    }
  }

  @Sendable private static func join(
    _ endpoint: Endpoint, _ call: Call, _ completion: @escaping TillService.Completion
  ) throws(Problem) {
    let token = try endpoint.invitationToken(of: call)
    let json = try JSONBody.object(call.request, members: ["note", "texts"])
    let (note, texts) = try NoteRoutes.noteAndTexts(in: json)
    let submission: Submission
    do throws(Refusal) { submission = try Submission(parsing: note, texts: texts) } catch {
      throw Problem(error, currencies: [])
    }
    endpoint.tills.answer(completion) { () throws(Problem) in
      let invitation = try endpoint.invitation(of: token, call)
      // The same note once more is told what became of it, whatever the rules say by now.
      if invitation.note == submission.id, invitation.state == .waiting || invitation.state == .joined {
        return Response(json: try endpoint.shown(invitation, asking: nil, call))
      }
      let kept = try endpoint.keep(submission, for: invitation, call)
      return Response(json: try endpoint.shown(kept, asking: nil, call))
    }
  }
}
