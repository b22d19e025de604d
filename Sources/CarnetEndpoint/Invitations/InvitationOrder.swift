import CarnetJournal
import CarnetLedger
package import CarnetNotes

/// What an officer asks for with an invitation.
package struct InvitationOrder: Hashable, Sendable {
  let name: FreeText
  let kind: MemberKind
  let handle: Handle?
  /// Seconds for which the link may be used.
  let seconds: Int64

  static let members = ["name", "kind", "handle", "expires_in", "officer", "key"]

  package init(_ json: JSON) throws(Problem) {
    guard let name = json["name"]?.string.flatMap({ FreeText($0) }) else { throw .badValue("name") }
    guard let kind = json["kind"]?.string.flatMap({ MemberKind(rawValue: $0) }) else {
      throw .badValue("kind")
    }
    (self.name, self.kind) = (name, kind)
    handle = try json.optional("handle") { $0.string.flatMap { Handle($0) } }
    let seconds = try json.optional("expires_in") { json -> Int64? in
      guard let seconds = json.integer, Limits.invitationSeconds.contains(seconds) else { return nil }
      return seconds
    }
    self.seconds = seconds ?? Limits.invitationSecondsUsual
  }
}

/// The token of an invitation, as it stands in its link: 32 random bytes, base64url without padding.
enum InvitationToken {
  /// A new token and its SHA-256, which alone is kept.
  static func make() -> (text: String, hash: Digest) {
    let secret = SecureRandom.bytes(32)
    return (TokenStore.text(of: secret), Digest.sha256(secret))
  }

  /// The hash that a token is looked up by; `nil` for what is none.
  static func hash(of token: String) -> Digest? { TokenStore.hash(of: token) }
}
