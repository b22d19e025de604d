/// What a name of a key may be in a signed note: not empty, no Unicode space, no plus, no control character.
enum KeyName {
  /// The name in these bytes, `nil` where they are not one (C2SP signed-note, section Format).
  static func parse(_ bytes: ArraySlice<UInt8>) -> String? {
    guard !bytes.isEmpty else { return nil }
    if bytes.allSatisfy(isPlain) {
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let name = String(validating: bytes, as: UTF8.self), isValid(name) else { return nil }
    return name
  }

  /// Whether the name may stand in a signature line or a verifier key.
  static func isValid(_ name: String) -> Bool {
    // Nearly all names are ASCII, of which no property has to be looked up.
    if name.utf8.allSatisfy(isPlain) { return !name.isEmpty }
    return name.unicodeScalars.allSatisfy { scalar in
      scalar.value >= 0x20 && scalar != "+" && !scalar.properties.isWhitespace
    }
  }

  /// Whether the byte is visible ASCII and no plus.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "+")
  }
}
