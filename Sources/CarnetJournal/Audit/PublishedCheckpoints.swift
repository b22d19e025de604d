import CarnetNotes

/// Checkpoints that were seen outside the database: the journal must contain each, with its root.
struct PublishedCheckpoints {
  private struct Published {
    let name: String
    let note: SignedNote
    let checkpoint: Checkpoint?
    /// The root of the journal at that size, once it was passed.
    var root: Digest?
  }

  private var all: [Published] = []
  /// Places in ``all`` by size, as long as they were not passed.
  private var waiting: [UInt64: [Int]] = [:]
  private var unreadable: [String] = []

  mutating func add(_ note: SignedNote, as name: String) {
    let checkpoint = try? Checkpoint(parsing: note.text)
    if let checkpoint { waiting[checkpoint.size, default: []].append(all.count) }
    all.append(Published(name: name, note: note, checkpoint: checkpoint))
  }

  /// `FILE.head` and `FILE.cosigned`, where they are there.
  mutating func addFiles(beside files: LedgerFiles) {
    for path in [files.head, files.cosigned] {
      let name = LedgerFiles.place(of: path)
      do throws(StoreError) {
        if let note = try HeadFile.read(path) { add(note, as: name) }
      } catch { unreadable.append(name) }
    }
  }

  /// The tree as it is behind one more record.
  mutating func passed(_ tree: TreeEdge) {
    guard !waiting.isEmpty, let places = waiting.removeValue(forKey: tree.size) else { return }
    let root = tree.root
    for place in places { all[place].root = root }
  }

  /// Reports what the journal does not contain, or the ledger did not sign.
  func compare(with replay: Replay, _ findings: inout [Finding]) {
    let keys = replay.verifierKeys
    for name in unreadable { findings.append(Finding(.head, nil, name, expected: "a-checkpoint")) }
    for published in all {
      guard let checkpoint = try? SignedCheckpoint(published.note, verifiedBy: keys).checkpoint,
        checkpoint.origin == keys.first?.name
      else {
        findings.append(Finding(.head, nil, published.name, expected: "signed-by-the-ledger"))
        continue
      }
      guard checkpoint.size <= replay.size else {
        findings.append(
          Finding(
            .head, replay.size, published.name, expected: "\(checkpoint.size)", found: "\(replay.size)"))
        continue
      }
      guard published.root != checkpoint.root, checkpoint.size > 0 else { continue }
      findings.append(
        Finding(
          .head, nil, "\(published.name).root", expected: checkpoint.root.hex,
          found: published.root?.hex ?? "-"))
    }
  }
}
