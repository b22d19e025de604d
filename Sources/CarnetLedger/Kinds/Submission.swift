public import CarnetNotes

/// A text that goes beside a note, with the salt that its hash in the note was made with.
public struct SubmittedText: Hashable, Sendable {
  /// 32 random bytes.
  public let salt: [UInt8]
  /// UTF-8 of at most 1,024 bytes without control characters.
  public let text: [UInt8]
  /// What stands in the note.
  public let hash: Digest

  /// Takes over salt and text; `nil` where one is not of its form.
  public init?(salt: [UInt8], text: [UInt8]) {
    guard salt.count == SaltedText.saltBytes, SaltedText.isAcceptable(text) else { return nil }
    (self.salt, self.text, hash) = (salt, text, SaltedText.hash(salt: salt, text: text))
  }

  /// A text under a new salt from the system's randomness; `nil` where it is not of its form.
  public init?(_ text: String) {
    self.init(salt: SecureRandom.bytes(SaltedText.saltBytes), text: Array(text.utf8))
  }

  /// A card's text under a new salt; `nil` where it is longer than a salted text may be.
  public init?(_ card: Card) {
    self.init(salt: SecureRandom.bytes(SaltedText.saltBytes), text: card.text)
  }
}

/// A note as it is handed to the ledger, with its texts: of the right size and form, nothing more is known yet.
///
/// A class, since it passes through many hands and never changes.
public final class Submission: Hashable, Sendable {
  /// Texts that may come along.
  public static let textsMax = Limits.submittedTextsMax

  public let note: SignedNote
  public let text: NoteText
  /// SHA-256 of the note's text.
  public let id: NoteID
  /// The text behind the hash in the note, where there is one.
  public let saltedText: SubmittedText?

  /// Reads a note and finds its text.
  ///
  /// - Throws: the refusals of size and form: ``Refusal/tooLarge(limit:)`` to ``Refusal/textMissing(field:)``.
  public convenience init(parsing bytes: [UInt8], texts: [SubmittedText] = []) throws(Refusal) {
    let note: SignedNote
    do { note = try SignedNote(parsing: bytes) } catch { throw Refusal(error) }
    try self.init(note, texts: texts)
  }

  /// Reads the text of a note and finds the salted text that goes with it; others are ignored.
  public init(_ note: SignedNote, texts: [SubmittedText] = []) throws(Refusal) {
    text = try NoteText(parsing: note.text)
    guard texts.count <= Submission.textsMax else { throw .malformed("too many texts beside the note") }
    (self.note, id) = (note, Digest.sha256(note.text))
    guard Submission.signersAreDistinct(in: note, at: text.ledger) else {
      throw .malformed("two signature lines by one member or one key")
    }
    guard let (field, hash) = text.operation.textHash else {
      saltedText = nil
      return
    }
    guard let found = texts.first(where: { $0.hash == hash }) else { throw .textMissing(field: field) }
    guard field != "card" || Card(parsing: found.text) != nil else {
      throw .malformed("the card is not of its one form")
    }
    saltedText = found
  }

  /// The note of a record once more, with its salted text where that was not erased; nothing is asked of it.
  package init(replaying record: Record, id: NoteID, saltedText: SubmittedText?) {
    (note, text, self.id, self.saltedText) = (record.note, record.text, id, saltedText)
  }

  public static func == (left: Submission, right: Submission) -> Bool {
    left.note == right.note && left.saltedText == right.saltedText
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(note) }

  /// The card that goes with the note, where its text is one.
  var card: Card? {
    guard text.operation.textHash?.field == "card" else { return nil }
    return saltedText.flatMap { Card(parsing: $0.text) }
  }

  /// Whether no member signed twice. The ledger itself may: with its old and its new key, once with each.
  private static func signersAreDistinct(in note: SignedNote, at origin: Origin) -> Bool {
    guard note.lines.count > 1 else { return true }
    let signers = note.lines.map { line -> [UInt8] in
      let isLedger = line.name.utf8.elementsEqual(origin.description.utf8)
      // No name holds a plus, so a name with a key's id is never another name.
      return isLedger ? Array("\(line.name)+\(line.keyID)".utf8) : Array(line.name.utf8)
    }
    return Set(signers).count == signers.count
  }
}
