import CarnetNotes

/// A name of a place or a currency in the log: UTF-8 of 1 to 256 bytes without control characters.
public struct FreeText: Hashable, Sendable, CustomStringConvertible {
  /// Bytes of the text in UTF-8.
  public static let bytesMax = 256

  /// The UTF-8, compared byte by byte: an accent composed or not makes two texts.
  public let bytes: [UInt8]

  /// Takes over a text; `nil` where it is empty, too long or holds a control character.
  public init?(_ text: String) {
    self.init(Array(text.utf8))
  }

  /// Takes over UTF-8; `nil` where it is none, empty, too long or holds a control character.
  public init?(_ bytes: [UInt8]) {
    guard (1...FreeText.bytesMax).contains(bytes.count), SaltedText.isAcceptable(bytes) else { return nil }
    self.bytes = bytes
  }

  public var description: String { String(decoding: bytes, as: UTF8.self) }
}

/// Sixteen random bytes that keep two notes of one content apart.
public struct Nonce: Hashable, Sendable {
  /// Bytes of a nonce.
  public static let byteCount = 16

  public let bytes: [UInt8]

  /// Takes over exactly 16 bytes; any other count gives `nil`.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == Nonce.byteCount else { return nil }
    self.bytes = bytes
  }

  /// A new nonce from the system's randomness.
  public static func random() -> Nonce {
    Nonce(checked: SecureRandom.bytes(byteCount))
  }

  private init(checked bytes: [UInt8]) {
    self.bytes = bytes
  }
}
