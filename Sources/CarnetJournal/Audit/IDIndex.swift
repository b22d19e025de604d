import CarnetLedger
import CarnetNotes

/// The two indexes of note ids, held against the ids of the records.
///
/// Of each id only a hash with a seed of this process is kept, eight bytes a record; the tables are read once, in their order.
struct IDIndex {
  private var hashes: [Int] = []
  private var untils: [Int64] = []

  mutating func append(_ id: NoteID, until: Int64) {
    hashes.append(id.hashValue)
    untils.append(until)
  }

  /// Stands for a record that could not be read.
  mutating func appendUnknown() {
    hashes.append(0)
    untils.append(0)
  }

  /// Reports ids that no record has, and records whose id is in neither table.
  func compare(_ audit: inout Audit) throws(StoreError) {
    var isFound = [Bool](repeating: false, count: hashes.count)
    try compare("note_ids", "SELECT id, number, 0 FROM note_ids", checksUntil: false, &isFound, &audit)
    try compare(
      "recent_ids", "SELECT id, number, until FROM recent_ids", checksUntil: true, &isFound, &audit)
    for (number, found) in isFound.enumerated() where !found && hashes[number] != 0 {
      audit.report(Finding(.index, UInt64(number), "note_ids", expected: "there"))
    }
  }

  private func compare(
    _ table: String, _ query: String, checksUntil: Bool, _ isFound: inout [Bool], _ audit: inout Audit
  ) throws(StoreError) {
    let statement = try Statement(query, in: audit.database)
    while try statement.step() {
      let number = statement.integer(1)
      let id = statement.digest(0)
      guard let place = Int(exactly: number), hashes.indices.contains(place), !isFound[place],
        id?.hashValue == hashes[place], !checksUntil || statement.integer(2) == untils[place]
      else {
        audit.report(Finding(.index, UInt64(exactly: number), table, found: id?.hex ?? "-"))
        continue
      }
      isFound[place] = true
    }
  }
}
