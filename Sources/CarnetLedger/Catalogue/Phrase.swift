/// One text that people read, in every language Carnet speaks.
///
/// All phrases of the project are static members of this type, in the files of this folder: the
/// one catalogue. `{0}` … `{9}` stand for the arguments, in any order, the same ones in each language.
package struct Phrase: Hashable, Sendable {
  package let english: String
  package let french: String

  package init(_ english: String, fr french: String) {
    (self.english, self.french) = (english, french)
  }

  /// Returns the phrase in `language` with its placeholders filled in.
  ///
  /// Arguments are inserted as they are: a `{0}` inside an argument is not expanded again.
  package func callAsFunction(_ language: Language, _ arguments: String...) -> String {
    filled(language, arguments)
  }

  /// The same for arguments that are already in an array.
  package func filled(_ language: Language, _ arguments: [String]) -> String {
    var result: [UInt8] = []
    var template = Substring(language == .french ? french : english).utf8
    while let byte = template.popFirst() {
      if byte == UInt8(ascii: "{"), let index = Phrase.placeholder(in: template), index < arguments.count {
        result.append(contentsOf: arguments[index].utf8)
        template = template.dropFirst(2)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The digit of `0}` at the start of `rest`.
  private static func placeholder(in rest: Substring.UTF8View) -> Int? {
    guard let digit = rest.first, (0x30...0x39).contains(digit),
      rest.dropFirst().first == UInt8(ascii: "}")
    else { return nil }
    return Int(digit - 0x30)
  }
}
