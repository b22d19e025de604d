public import CarnetLedger
public import CarnetNotes

/// What a wallet remembers of people so that it can work without a network: its own numbers, and others' names.
///
///     own.json        public key → number, of the wallet's own keys
///     members.json    number → {handle, name}, as their proven card said last
extension LedgerFolder {
  /// Members whose names are remembered; the oldest is forgotten first.
  public static let membersMax = Limits.membersKnownMax

  /// How a member is called.
  public struct KnownName: Hashable, Sendable {
    public let handle: String?
    public let name: String?
  }

  /// The number that the ledger said one of the wallet's own keys belongs to.
  public func ownNumber(of key: PublicKey) throws(WalletError) -> MemberNumber? {
    try json("own.json")?[key.base64]?.string.flatMap { MemberNumber($0) }
  }

  /// The wallet's own keys whose number the ledger told.
  public func ownNumbers() throws(WalletError) -> [PublicKey: MemberNumber] {
    var numbers: [PublicKey: MemberNumber] = [:]
    for member in try json("own.json")?.members ?? [] {
      guard let key = PublicKey(base64: member.key), let number = member.value.string else { continue }
      numbers[key] = MemberNumber(number)
    }
    return numbers
  }

  /// Remembers the number of a key of the wallet's own.
  public func keep(_ number: MemberNumber, ofOwn key: PublicKey) throws(WalletError) {
    guard try ownNumber(of: key) != number else { return }
    var members = (try json("own.json")?.members ?? []).filter { $0.key != key.base64 }
    members.append(JSON.Member(key.base64, .string(number.description)))
    try write("own.json", .object(members.suffix(Limits.membersKnownMax)))
  }

  /// Remembers how a member is called, where a record proves it.
  public func keepName(of entry: DirectoryEntry) throws(WalletError) {
    guard entry.isProven else { return }
    let value = JSON.object([
      "handle": .optional(entry.handle?.description), "name": .optional(entry.name),
    ])
    var members = try json("members.json")?.members ?? []
    let key = entry.number.description
    guard members.first(where: { $0.key == key })?.value != value else { return }
    members.removeAll { $0.key == key }
    members.append(JSON.Member(key, value))
    try write("members.json", .object(members.suffix(Limits.membersKnownMax)))
  }

  /// The members whose names are remembered.
  public func knownNames() throws(WalletError) -> [MemberNumber: KnownName] {
    var known: [MemberNumber: KnownName] = [:]
    for member in try json("members.json")?.members ?? [] {
      guard let number = MemberNumber(member.key) else { continue }
      known[number] = KnownName(handle: member.value["handle"]?.string, name: member.value["name"]?.string)
    }
    return known
  }
}
