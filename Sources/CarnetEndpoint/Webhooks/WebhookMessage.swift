package import CarnetNotes

/// A message by Standard Webhooks 1.0.0: an id, and a body of JSON.
package struct WebhookMessage: Hashable, Sendable {
  /// The same at every try: whoever takes it twice knows it again. No full stops, which part what is signed.
  package let id: String
  package let body: [UInt8]

  /// - Parameter id: what ids are made of: letters, digits, underscores.
  package init(id: String, body: [UInt8]) {
    precondition(
      id.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || $0 == UInt8(ascii: "_")
      }, "an id that could be read as something else")
    (self.id, self.body) = (id, body)
  }

  /// The headers of one try: id, Unix seconds, and a signature `v1a,<base64>` by each key over `id.timestamp.body`.
  package func headers(at seconds: Int64, signedBy keys: [SecretKey]) -> [(name: String, value: String)] {
    let signed = Array("\(id).\(seconds).".utf8) + body
    let signatures = keys.map { "v1a,\(Base64.encode($0.sign(signed).bytes) as String)" }
    return [
      ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
      ("webhook-signature", signatures.joined(separator: " ")),
    ]
  }

  /// A key as those who verify with it are given it.
  package static func text(of key: PublicKey) -> String { "whpk_\(key.base64)" }
}
