public import CarnetLedger
public import CarnetNotes

/// A joining note as it is kept before it is sent, so that who runs the command again goes on with the same one.
public struct Joining: Sendable {
  /// The handle that the key is kept under.
  public let keyHandle: Handle
  public let note: JoiningNote

  public init(keyHandle: Handle, note: JoiningNote) {
    (self.keyHandle, self.note) = (keyHandle, note)
  }

  /// Seconds for which a joining note made here may be recorded: as long as a note may wait, but for an hour of clocks
  /// that differ.
  public static var lifetimeSeconds: Int64 { Limits.joiningSeconds }

  var json: JSON {
    .object([
      "key": .string(keyHandle.description),
      "note": .string(String(decoding: note.submission.note.bytes, as: UTF8.self)),
      "salt": .string(Base64.encode(note.card.salt)),
      "text": .string(String(decoding: note.card.text, as: UTF8.self)),
    ])
  }

  /// Reads it back; `nil` where it is not of its form.
  init?(json: JSON) {
    guard let handle = json["key"]?.string.flatMap({ Handle($0) }), let note = json["note"]?.string,
      let text = SubmittedText(json: json),
      let submission = try? Submission(parsing: Array(note.utf8), texts: [text]),
      let card = Card(parsing: text.text), let name = card.name, let kind = card.kind
    else { return nil }
    let offer = Offer(
      ledger: submission.text.ledger, officer: submission.text.signer, officerKey: submission.text.key,
      name: name, kind: kind)
    guard let joining = try? JoiningNote(submission, for: offer) else { return nil }
    self.init(keyHandle: handle, note: joining)
  }
}

extension LedgerFolder {
  private var joiningFolder: Folder { folder.folder("joining") }

  /// What was made for an invitation, by the hash of its token; `nil` where nothing was yet.
  public func joining(_ token: Digest) throws(WalletError) -> Joining? {
    let name = "\(token.hex).json"
    let bytes: [UInt8]?
    do throws(Folder.Fault) { bytes = try joiningFolder.read(name) } catch { throw .folder(error) }
    guard let bytes else { return nil }
    guard let joining = (try? JSON(parsing: bytes)).flatMap({ Joining(json: $0) }) else {
      throw .damaged(name)
    }
    return joining
  }

  /// Keeps it, on the disk before this returns.
  public func keep(_ joining: Joining, of token: Digest) throws(WalletError) {
    do throws(Folder.Fault) {
      try joiningFolder.write("\(token.hex).json", joining.json.serialized())
    } catch { throw .folder(error) }
  }

  /// Forgets what was refused.
  public func forgetJoining(_ token: Digest) throws(WalletError) {
    do throws(Folder.Fault) { try joiningFolder.remove("\(token.hex).json") } catch { throw .folder(error) }
  }
}
