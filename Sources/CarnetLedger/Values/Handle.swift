/// The name people type, `[a-z][a-z0-9-]{1,31}`: personal data, found in cards only, never in the log.
///
/// A text that reads as a number or as a request code is no handle, so that what a payer types means one thing.
public struct Handle: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Bytes of a handle.
  public static let bytesMax = 32

  public let description: String

  /// Reads a handle; `nil` where the text is none.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard (2...Handle.bytesMax).contains(bytes.count), let first = bytes.first,
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), bytes.allSatisfy(Handle.isAllowed),
      MemberNumber(bytes.map { $0 >= UInt8(ascii: "a") ? $0 - 32 : $0 }) == nil,
      RequestCode(exactly: bytes) == nil
    else { return nil }
    description = text
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  public static func < (left: Handle, right: Handle) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}
