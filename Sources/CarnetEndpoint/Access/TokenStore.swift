import CarnetLedger
import CarnetNotes
import Synchronization

/// The bearer tokens in use: 32 random bytes each, of which only the SHA-256 is kept, in memory alone. After a restart
/// their bearers sign a new access note, which costs them nothing.
final class TokenStore: Sendable {
  private struct Content {
    var grants: [Digest: Principal.Grant] = [:]
    /// Access notes that were exchanged, with the seconds until which they could be again.
    var used: [NoteID: Int64] = [:]
  }

  private let content = Mutex(Content())

  enum Fault: Error {
    case used, full
  }

  /// Exchanges an access note, once, for a token: base64url of 32 bytes without padding.
  func issue(_ grant: Principal.Grant, for note: NoteID, until: Int64, now: Int64) throws(Fault) -> String {
    let secret = SecureRandom.bytes(32)
    try content.withLock { content throws(Fault) in
      if content.used.count >= Limits.accessNotesMax {
        content.used = content.used.filter { $0.value >= now }
      }
      if content.grants.count >= Limits.tokensMax {
        content.grants = content.grants.filter { $0.value.expires > now }
      }
      guard content.used[note] == nil else { throw .used }
      guard content.used.count < Limits.accessNotesMax, content.grants.count < Limits.tokensMax else {
        throw .full
      }
      content.used[note] = until
      content.grants[Digest.sha256(secret)] = grant
    }
    return TokenStore.text(of: secret)
  }

  /// What a token gives; `nil` for one that is unknown or has expired.
  func grant(of token: String, now: Int64) -> Principal.Grant? {
    guard let hash = TokenStore.hash(of: token) else { return nil }
    return content.withLock { content in
      guard let grant = content.grants[hash] else { return nil }
      guard grant.expires > now else {
        content.grants[hash] = nil
        return nil
      }
      return grant
    }
  }

  /// Ends a token.
  func revoke(_ token: String) {
    guard let hash = TokenStore.hash(of: token) else { return }
    content.withLock { $0.grants[hash] = nil }
  }

  static func text(of secret: [UInt8]) -> String {
    let base64: [UInt8] = Base64.encode(secret)
    let url = base64.dropLast().map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: byte
      }
    }
    return String(decoding: url, as: UTF8.self)
  }

  static func hash(of token: String) -> Digest? {
    guard token.utf8.count == 43 else { return nil }
    let base64 = token.utf8.map { byte -> UInt8 in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    return Base64.decode(base64 + [UInt8(ascii: "=")]).map { Digest.sha256($0) }
  }
}
