package import CarnetNotes

/// How notes and the texts beside them go over the wire and into files: as `POST /v1/notes` takes them.
extension SubmittedText {
  /// Reads `{"salt": base64, "text": UTF-8}`, whatever else the object has; `nil` where it is not of its form.
  package init?(json: JSON) {
    guard let salt = json["salt"]?.string.flatMap({ Base64.decode($0) as [UInt8]? }),
      let text = json["text"]?.string
    else { return nil }
    self.init(salt: salt, text: Array(text.utf8))
  }

  package var json: JSON {
    .object([
      "salt": .string(Base64.encode(salt)), "text": .string(String(decoding: text, as: UTF8.self)),
    ])
  }
}

extension SignedNote {
  /// `{"note", "texts"}`.
  package func json(with texts: [SubmittedText]) -> JSON {
    .object([
      "note": .string(String(decoding: bytes, as: UTF8.self)), "texts": .array(texts.map(\.json)),
    ])
  }
}
