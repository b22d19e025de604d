/// A text equal only to the same bytes, where `String` would also equate composed and decomposed accents.
struct ExactText: Hashable, Sendable {
  let string: String

  init(_ string: String) {
    self.string = string
  }

  static func == (left: ExactText, right: ExactText) -> Bool {
    guard left.string.utf8.count == right.string.utf8.count else { return false }
    var (left, right) = (left.string, right.string)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in left.indices where unsafe left[index] != right[index] { return false }
        return true
      }
    }
  }

  func hash(into hasher: inout Hasher) {
    for byte in string.utf8 { hasher.combine(byte) }
    hasher.combine(UInt8.max)  // Never a byte of UTF-8, so it marks the end.
  }
}
