/// What a name of a key may be in a signed note: not empty, no Unicode space, no plus, no control character.
enum KeyName {
  /// The name in these bytes, `nil` where they are not one (C2SP signed-note, section Format).
  static func parse(_ bytes: ArraySlice<UInt8>) -> String? {
    guard !bytes.isEmpty else { return nil }
    if bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "+") }) {
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let name = String(validating: bytes, as: UTF8.self), isValid(name) else { return nil }
    return name
  }

  /// Whether the name may stand in a signature line or a verifier key.
  static func isValid(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.value >= 0x20 && scalar != "+" && !scalar.properties.isWhitespace
      }
  }
}
