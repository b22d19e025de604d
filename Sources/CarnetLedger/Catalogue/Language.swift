/// A language that every text for people exists in.
package enum Language: String, CaseIterable, Sendable {
  case english = "en"
  case french = "fr"

  /// The language a POSIX locale name asks for (`fr_FR.UTF-8`, `fr`), English for any other.
  package init(locale: String) {
    self = locale.utf8.starts(with: "fr".utf8) ? .french : .english
  }
}
