import CarnetLedger
import CarnetNotes

/// Keys of calls that are to be done once, kept until an answer came: the same command again makes the same call.
extension LedgerFolder {
  /// The key of a call, and whether an earlier one still waits for its answer. A new key is on the disk before this returns.
  ///
  /// - Parameter name: what the call does, in the wallet's own words.
  public func intent(_ name: String) throws(WalletError) -> (key: String, isRepeat: Bool) {
    var members = try json("intents.json")?.members ?? []
    if let key = members.first(where: { $0.key == name })?.value.string { return (key, true) }
    let key: String = Hex.encode(SecureRandom.bytes(16))
    members.append(JSON.Member(name, .string(key)))
    try write("intents.json", .object(members.suffix(Limits.intentsMax)))
    return (key, false)
  }

  /// Forgets a call whose outcome is known.
  public func forgetIntent(_ name: String) throws(WalletError) {
    guard let members = try json("intents.json")?.members, members.contains(where: { $0.key == name }) else {
      return
    }
    try write("intents.json", .object(members.filter { $0.key != name }))
  }
}
