public import CarnetLedger
public import CarnetNotes

/// A note that was kept before it was sent, until it is known what became of it.
public struct PendingNote: Sendable {
  public let id: NoteID
  public let note: SignedNote
  public let text: NoteText
  public let saltedText: SubmittedText?

  public init(_ note: SignedNote, saltedText: SubmittedText?) throws(Refusal) {
    text = try NoteText(parsing: note.text)
    (id, self.note, self.saltedText) = (note.id, note, saltedText)
  }

  var json: JSON {
    .object([
      "note": .string(String(decoding: note.bytes, as: UTF8.self)),
      "salt": .optional(saltedText.map { Base64.encode($0.salt) as String }),
      "text": .optional(saltedText.map { String(decoding: $0.text, as: UTF8.self) }),
    ])
  }

  init?(json: JSON) {
    guard let note = json["note"]?.string.flatMap({ try? SignedNote(parsing: Array($0.utf8)) }) else {
      return nil
    }
    guard let pending = try? PendingNote(note, saltedText: SubmittedText(json: json)) else { return nil }
    self = pending
  }
}

extension LedgerFolder {
  private var pendingFolder: Folder { folder.folder("pending") }

  /// The notes of a member that wait, in the order of their ids; what cannot be read is reported, not passed over.
  public func pending(of number: MemberNumber) throws(WalletError) -> [PendingNote] {
    var notes: [PendingNote] = []
    for name in pendingFolder.names(endingIn: ".json").prefix(Limits.pendingMax) {
      let bytes: [UInt8]?
      do throws(Folder.Fault) { bytes = try pendingFolder.read(name) } catch { throw .folder(error) }
      guard let bytes else { continue }
      guard let note = (try? JSON(parsing: bytes)).flatMap({ PendingNote(json: $0) }) else {
        throw .damaged(name)
      }
      if note.text.signer == number { notes.append(note) }
    }
    return notes
  }

  /// Keeps a note, on the disk before this returns.
  public func keep(_ note: PendingNote) throws(WalletError) {
    do throws(Folder.Fault) { try pendingFolder.write("\(note.id.hex).json", note.json.serialized()) } catch {
      throw .folder(error)
    }
  }

  /// Forgets a note whose outcome is known and told. One that comes back because the disk lost this is found recorded.
  public func settle(_ id: NoteID) throws(WalletError) {
    do throws(Folder.Fault) { try pendingFolder.remove("\(id.hex).json") } catch { throw .folder(error) }
  }

  /// Runs `body` while no other process settles or makes notes of this ledger.
  public func alone<Result>(_ body: () throws(WalletError) -> Result) throws(WalletError) -> Result {
    try folder.locked(body)
  }
}
