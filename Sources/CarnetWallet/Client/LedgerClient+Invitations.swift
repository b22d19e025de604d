public import CarnetLedger
public import CarnetNotes

/// The link of an invitation taken apart: `https://mel.example/join/<token>`.
public struct InvitationLink: Sendable {
  /// The address of the place's endpoint.
  public let address: String
  /// 43 symbols of base64url: a secret, good for one use.
  public let token: String

  /// Reads a link; `nil` where it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 5, ["http:", "https:"].contains(parts[0]), parts[1].isEmpty, !parts[2].isEmpty,
      parts[3] == "join", parts[4].utf8.count == InvitationLink.tokenBytes,
      parts[4].utf8.allSatisfy(InvitationLink.isTokenByte)
    else { return nil }
    (address, token) = ("\(parts[0])//\(parts[2])", String(parts[4]))
  }

  public static func text(address: String, token: String) -> String { "\(address)/join/\(token)" }

  /// What is kept of the token in the wallet.
  public var hash: Digest { Digest.sha256(Array(token.utf8)) }

  private static let tokenBytes = 43

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}

/// An invitation as whoever holds its link sees it.
public struct InvitationInfo: Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable {
    case open, waiting, joined, withdrawn, expired
  }

  public let json: JSON
  public let state: State
  /// The name of the place.
  public let place: String
  public let isTrial: Bool
  public let verifierKey: VerifierKey
  public let expires: Timestamp
  /// What it offers; `nil` once it has ended.
  public let offer: Offer?
  /// The handle that the officer suggests.
  public let handle: Handle?
  /// Whether the handle that was asked for is free.
  public let isHandleFree: Bool?
  /// The joining note that waits, or was recorded.
  public let note: NoteID?

  init(_ json: JSON) throws(ClientError) {
    guard let state = json["state"]?.string.flatMap({ State(rawValue: $0) }),
      let place = json["place"]?.string, let origin = json["origin"]?.string.flatMap({ Origin($0) }),
      let verifierKey = json["verifier_key"]?.string.flatMap({ VerifierKey($0) }),
      verifierKey.name == origin.description,
      let kind = json["kind"]?.string.flatMap({ MemberKind(rawValue: $0) }),
      let officer = json["officer"]?.string.flatMap({ MemberNumber($0) }),
      let key = json["key"]?.string.flatMap({ PublicKey(base64: $0) }),
      let expires = json["expires"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { throw .badAnswer("/v1/invitations") }
    (self.json, self.state, self.place, self.verifierKey) = (json, state, place, verifierKey)
    (self.expires, isTrial) = (expires, json["trial"]?.bool ?? false)
    offer = json["name"]?.string.flatMap { FreeText($0) }.map {
      Offer(ledger: origin, officer: officer, officerKey: key, name: $0, kind: kind)
    }
    handle = json["handle"]?.string.flatMap { Handle($0) }
    isHandleFree = json["handle_free"]?.bool
    note = json["note"]?.string.flatMap { NoteID(hex: $0) }
  }
}

/// An invitation as officers see it.
public struct ListedInvitation: Sendable {
  public let json: JSON
  public let id: String
  public let state: InvitationInfo.State
  public let name: String?
  public let kind: MemberKind
  public let handle: String?
  public let officer: MemberNumber
  public let officerKey: PublicKey
  public let expires: Timestamp

  init(_ json: JSON) throws(ClientError) {
    guard let id = json["id"]?.string, let state = json["state"]?.string,
      let state = InvitationInfo.State(rawValue: state),
      let kind = json["kind"]?.string.flatMap({ MemberKind(rawValue: $0) }),
      let officer = json["officer"]?.string.flatMap({ MemberNumber($0) }),
      let key = json["key"]?.string.flatMap({ PublicKey(base64: $0) }),
      let expires = json["expires"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { throw .badAnswer("/v1/invitations") }
    (self.json, self.id, self.state, self.kind) = (json, id, state, kind)
    (self.officer, officerKey, self.expires) = (officer, key, expires)
    (name, handle) = (json["name"]?.string, json["handle"]?.string)
  }

  /// The joining note that waits, held against what was offered: nothing of it is believed because the server says so.
  ///
  /// - Parameter identity: the officer who is about to sign: the note must name this number and key.
  public func joiningNote(for identity: Identity) throws(JoiningNote.Fault) -> JoiningNote? {
    guard state == .waiting, let name = name.flatMap({ FreeText($0) }) else { return nil }
    guard let text = json["submission"]?["note"]?.string else { return nil }
    let texts = (json["submission"]?["texts"]?.array ?? []).compactMap { SubmittedText(json: $0) }
    let submission: Submission
    do throws(Refusal) { submission = try Submission(parsing: Array(text.utf8), texts: texts) } catch {
      throw .refused(error)
    }
    let offer = Offer(
      ledger: identity.origin, officer: identity.number, officerKey: identity.key.publicKey, name: name,
      kind: kind)
    return try JoiningNote(submission, for: offer)
  }
}

/// An invitation just made; its token is shown this once.
public struct NewInvitation: Sendable {
  public let id: String
  public let token: String
  /// Where the place is reached from outside; `nil` where it is reached by its file alone.
  public let link: String?
  public let expires: Timestamp
}

extension LedgerClient {
  /// Invites somebody, in the name of an officer.
  public func invite(
    _ name: String, kind: MemberKind, handle: Handle?, seconds: Int64, by identity: Identity
  ) throws(ClientError) -> NewInvitation {
    var members = [
      JSON.Member("name", .string(name)), JSON.Member("kind", .string(kind.rawValue)),
      JSON.Member("expires_in", .integer(seconds)), JSON.Member("handle", .optional(handle?.description)),
    ]
    // A token says who invites; whoever has the file itself says so in the call.
    if !needsToken {
      members.append(JSON.Member("officer", .string(identity.number.description)))
      members.append(JSON.Member("key", .string(identity.key.publicKey.base64)))
    }
    let response = try send(
      TransportRequest(
        method: "POST", target: "/v1/invitations", headers: ["Content-Type": "application/json"],
        body: JSON.object(members).serialized()))
    guard let json = try? JSON(parsing: response.body), let id = json["id"]?.string,
      let token = json["token"]?.string,
      let expires = json["expires"]?.string.flatMap({ Timestamp(rfc3339: $0) })
    else { throw .badAnswer("/v1/invitations") }
    return NewInvitation(id: id, token: token, link: json["link"]?.string, expires: expires)
  }

  /// Every invitation, newest first.
  public func invitations() throws(ClientError) -> [ListedInvitation] {
    var found: [ListedInvitation] = []
    for item in try get("/v1/invitations")["invitations"]?.array ?? [] {
      found.append(try ListedInvitation(item))
    }
    return found
  }

  /// Ends an invitation: its link opens nothing any more.
  public func withdraw(_ id: String) throws(ClientError) {
    _ = try send(TransportRequest(method: "DELETE", target: "/v1/invitations/\(LedgerClient.encoded(id))"))
  }

  /// The invitation of a token.
  ///
  /// - Parameters:
  ///   - handle: whether it is free is asked along.
  ///   - state: waits some seconds for another state than this one.
  public func invitation(
    _ token: String, handle: Handle? = nil, unlessStill state: InvitationInfo.State? = nil
  ) throws(ClientError) -> InvitationInfo {
    let wait = state.map { _ in "\(Limits.requestWaitSeconds)" }
    return try InvitationInfo(
      get(
        "/v1/invitations/\(LedgerClient.encoded(token))",
        [("handle", handle?.description), ("wait", wait), ("state", state?.rawValue)]))
  }

  /// Hands in a joining note; the same one again changes nothing.
  public func join(_ token: String, with note: JoiningNote) throws(ClientError) -> InvitationInfo {
    let response = try send(
      TransportRequest(
        method: "POST", target: "/v1/invitations/\(LedgerClient.encoded(token))",
        headers: ["Content-Type": "application/json"],
        body: note.submission.note.json(with: [note.card]).serialized()))
    guard let json = try? JSON(parsing: response.body) else { throw .badAnswer("/v1/invitations") }
    return try InvitationInfo(json)
  }
}
