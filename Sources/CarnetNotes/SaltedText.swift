/// Texts of which the log holds only a salted hash, so that they can be erased later: memos, cards, reasons.
public enum SaltedText {
  /// What the hash starts with, so that it is never taken for another kind of hash.
  public static let context = "carnet.text/v1\n"

  /// Bytes of a salt.
  public static let saltBytes = Limits.saltBytes

  /// Bytes of a text in UTF-8.
  public static let bytesMax = Limits.saltedTextBytesMax

  /// SHA-256(`carnet.text/v1\n` ‖ salt ‖ text). A salt of other than 32 bytes is a programmer's error.
  public static func hash(salt: [UInt8], text: [UInt8]) -> Digest {
    precondition(salt.count == Limits.saltBytes, "a salt has 32 bytes")
    var builder = DigestBuilder()
    builder.append(context)
    builder.append(salt)
    builder.append(text)
    return builder.digest()
  }

  /// Whether the bytes may be a salted text: UTF-8, at most 1,024 bytes, no control character (U+0000–001F, 007F–009F).
  public static func isAcceptable(_ text: [UInt8]) -> Bool {
    guard text.count <= Limits.saltedTextBytesMax, let string = String(validating: text, as: UTF8.self) else {
      return false
    }
    return string.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}

/// References of bank transfers, of which the log holds only a keyed hash.
public enum BankReference {
  /// What the hash starts with, so that it is never taken for another kind of hash.
  public static let context = "carnet.reference/v1\n"

  /// SHA-256(`carnet.reference/v1\n` ‖ secret ‖ text), runs of spaces (U+0020) in the text folded to one.
  ///
  /// Spaces at the ends are folded like others, not removed. A secret of other than 32 bytes is a programmer's error.
  public static func hash(secret: [UInt8], text: [UInt8]) -> Digest {
    precondition(secret.count == Limits.saltBytes, "a reference secret has 32 bytes")
    var builder = DigestBuilder()
    builder.append(context)
    builder.append(secret)
    builder.append(folded(text))
    return builder.digest()
  }

  private static func folded(_ text: [UInt8]) -> [UInt8] {
    let space = UInt8(ascii: " ")
    var folded: [UInt8] = []
    folded.reserveCapacity(text.count)
    for byte in text where byte != space || folded.last != space { folded.append(byte) }
    return folded
  }
}
