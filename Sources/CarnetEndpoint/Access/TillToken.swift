import CarnetNotes

/// The token of a till: a word that shows what it is, so that one that leaks is found, and 32 random bytes.
enum TillToken {
  static let prefix = "carnet-till-"

  /// A new token and its SHA-256, which alone is kept.
  static func make() -> (text: String, hash: Digest) {
    let secret = SecureRandom.bytes(32)
    return (prefix + TokenStore.text(of: secret), Digest.sha256(secret))
  }

  /// The hash that a token is looked up by; `nil` for what is no till's token.
  ///
  /// A look-up by the hash of 256 random bits tells nothing by the time it takes.
  static func hash(of token: String) -> Digest? {
    guard token.hasPrefix(prefix) else { return nil }
    return TokenStore.hash(of: String(token.dropFirst(prefix.count)))
  }
}
