/// The name of a ledger in every text it signs, e.g. `mel.example/lille`.
///
/// `[a-z0-9.-]+(/[a-z0-9-]+)+`, with a dot in the first part, at most 64 bytes, never ending in `/v<digits>`
/// (which is how kinds of notes and protocol versions are written).
public struct Origin: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Reads an origin; `nil` where the text is not one.
  public init?(_ text: String) {
    guard Origin.isOrigin(ArraySlice(text.utf8)) else { return nil }
    description = text
  }

  /// Reads an origin given as ASCII; `nil` where the bytes are not one.
  public init?(_ bytes: some Collection<UInt8>) {
    self.init(ArraySlice(bytes))
  }

  /// Reads an origin given as ASCII; `nil` where the bytes are not one.
  ///
  /// - Parameter known: the origin it most likely is, which is then not read again.
  public init?(_ bytes: ArraySlice<UInt8>, known: Origin? = nil) {
    if let known, bytes.matches(known.description) {
      self = known
      return
    }
    guard Origin.isOrigin(bytes) else { return nil }
    description = String(decoding: bytes, as: UTF8.self)
  }

  /// The ASCII of the origin in a new array.
  public var bytes: [UInt8] { Array(description.utf8) }

  private static func isOrigin(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count <= Limits.originBytesMax, let last = bytes.last, last != UInt8(ascii: "/") else {
      return false
    }
    // Where the part that is being read begins; behind the first slash there are no dots any more.
    var (start, isHost, hasDot) = (0, true, false)
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "/"):
        guard place > start, !isHost || hasDot else { return false }
        (start, isHost) = (place + 1, false)
      case UInt8(ascii: "."):
        guard isHost else { return false }
        hasDot = true
      default:
        guard isNameByte(byte) else { return false }
      }
    }
    return !isHost && !isVersion(bytes.dropFirst(start))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// Whether the part is `v` and digits.
  private static func isVersion(_ part: ArraySlice<UInt8>) -> Bool {
    part.first == UInt8(ascii: "v") && part.count > 1
      && part.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
