public import CarnetLedger
public import CarnetNotes

/// All a member keeps: keys, and for each ledger what was pinned, what waits and what was received.
///
///     keys/<handle>.key
///     ledgers/<origin, / as _>/pin.json      the ledger's key and the last checkpoint seen
///                              names.json    handle ↔ number, as first seen
///                              pending/      notes kept before they were sent
///                              intents.json  keys of calls that wait for their answer
///                              joining/      what was made for invitations, by the hash of their token
///                              place.json    currencies, and how it was reached
///                              own.json      numbers of the wallet's own keys
///                              members.json  what members are called
///                              evidence-….txt
///                              receipts/     <id>.txt
///                              cheques/      those written and handed in from here
public struct Wallet: Sendable {
  public let home: Folder

  /// - Parameter home: CARNET_HOME, or `carnet` in the XDG data folder.
  public init(home: Folder) {
    self.home = home
  }

  public var keys: Folder { home.folder("keys") }

  /// The handles of the keys that are here.
  public var handles: [String] {
    keys.names(endingIn: ".key").map { String($0.dropLast(4)) }
  }

  /// The key file of a handle, `nil` where there is none.
  public func keyFile(_ handle: Handle) throws(WalletError) -> KeyFile? {
    do throws(Folder.Fault) {
      guard let bytes = try keys.read("\(handle).key", isSecret: true) else { return nil }
      do throws(KeyFile.Fault) { return try KeyFile(parsing: bytes) } catch {
        throw Folder.Fault.system("key", code: 0)
      }
    } catch {
      if case .system("key", code: 0) = error { throw .key(.malformed) }
      throw .folder(error)
    }
  }

  /// Keeps a new key; one of that handle must not be there.
  public func add(_ file: KeyFile, as handle: Handle) throws(WalletError) {
    do throws(Folder.Fault) { try keys.write("\(handle).key", file.bytes, mayReplace: false) } catch {
      throw .folder(error)
    }
  }

  /// The handles that were paid or looked up in any ledger, for completion.
  public var contactNames: [String] {
    home.folder("ledgers").names(endingIn: "").flatMap { name in
      (try? LedgerFolder(home.folder("ledgers").folder(name)).names())?.map(\.handle) ?? []
    }
  }

  /// Everything that is kept, of every ledger.
  public var ledgers: [LedgerFolder] {
    let folder = home.folder("ledgers")
    return folder.names(endingIn: "").map { LedgerFolder(folder.folder($0)) }
  }

  /// What is kept of a ledger.
  public func ledger(_ origin: Origin) -> LedgerFolder {
    let name = origin.description.map { $0 == "/" ? "_" : String($0) }.joined()
    return LedgerFolder(home.folder("ledgers").folder(name))
  }
}

/// Why a wallet cannot go on.
public enum WalletError: Error, Hashable, Sendable {
  case folder(Folder.Fault)
  case key(KeyFile.Fault)
  case client(ClientError)
  /// A file of the wallet's is not of its form.
  case damaged(String)
  /// What the ledger shows contradicts what it showed before; the evidence was written to that file.
  case contradiction(Evidence, file: String)
  /// No room is left for another cheque.
  case chequesFull(limit: Int)
  /// A handle that was seen with one number now has another.
  case nameChanged(Handle, was: MemberNumber, now: MemberNumber)
}

/// What a wallet keeps of one ledger.
public struct LedgerFolder: Sendable {
  public let folder: Folder

  init(_ folder: Folder) {
    self.folder = folder
  }

  /// What was pinned of the ledger.
  public struct Pin: Sendable {
    public let key: VerifierKey
    public let checkpoint: SignedNote
  }

  public func pin() throws(WalletError) -> Pin? {
    guard let json = try json("pin.json") else { return nil }
    guard let key = json["verifier_key"]?.string.flatMap({ VerifierKey($0) }),
      let text = json["checkpoint"]?.string, let note = try? SignedNote(parsing: Array(text.utf8))
    else { throw .damaged("pin.json") }
    return Pin(key: key, checkpoint: note)
  }

  public func pin(_ key: VerifierKey, _ checkpoint: SignedNote) throws(WalletError) {
    let json = JSON.object([
      "verifier_key": .string(key.description),
      "checkpoint": .string(String(decoding: checkpoint.bytes, as: UTF8.self)),
    ])
    try write("pin.json", json)
  }

  /// Handles that are pinned; the oldest is forgotten first.
  public static let contactsMax = Limits.contactsMax

  /// Pins a handle to its number at first use; another number later stops with both.
  public func pin(_ handle: Handle, _ number: MemberNumber) throws(WalletError) {
    var members = try json("names.json")?.members ?? []
    if let known = members.first(where: { $0.key == handle.description }) {
      guard let pinned = known.value.string.flatMap({ MemberNumber($0) }) else {
        throw .damaged("names.json")
      }
      guard pinned == number else { throw .nameChanged(handle, was: pinned, now: number) }
      return
    }
    members.append(JSON.Member(handle.description, .string(number.description)))
    try write("names.json", .object(members.suffix(Limits.contactsMax)))
  }

  /// The number a handle was seen with, for completion and for working without a network.
  public func names() throws(WalletError) -> [(handle: String, number: String)] {
    (try json("names.json")?.members ?? []).map { ($0.key, $0.value.string ?? "") }
  }

  /// Keeps what is needed to show amounts, and to know the place again, when no network is there.
  ///
  /// - Parameter address: how the place was reached: an address, or the path of a file.
  public func keep(_ currencies: [Currency], reachedBy address: String) throws(WalletError) {
    let reached = try self.addresses()
    guard try self.currencies() != currencies || !reached.contains(address) else { return }
    let newest = (reached.filter { $0 != address } + [address]).suffix(Limits.addressesMax)
    try write(
      "place.json",
      .object([
        "currencies": .array(currencies.map { $0.json(limits: $0.limits) }),
        "reached": .array(newest.map { .string($0) }),
      ]))
  }

  /// Addresses and files by which the place was reached, the newest last.
  public func addresses() throws(WalletError) -> [String] {
    (try json("place.json")?["reached"]?.array ?? []).compactMap(\.string)
  }

  /// The place's origin: an origin has no underscore, so the folder's name says it.
  public var origin: Origin? {
    let name = folder.path.split(separator: "/").last ?? ""
    return Origin(String(name.map { $0 == "_" ? "/" : $0 }))
  }

  /// The currencies of the place as they were seen last.
  public func currencies() throws(WalletError) -> [Currency] {
    (try json("place.json")?["currencies"]?.array ?? []).compactMap { Currency(json: $0) }
  }

  /// Keeps a receipt under its note's id.
  public func keep(_ receipt: Receipt, of id: NoteID) throws(WalletError) {
    do throws(Folder.Fault) { try folder.folder("receipts").write("\(id.hex).txt", receipt.bytes) } catch {
      throw .folder(error)
    }
  }

  /// The ids of the receipts that are here.
  public var receiptIDs: [NoteID] {
    folder.folder("receipts").names(endingIn: ".txt").compactMap { NoteID(hex: String($0.dropLast(4))) }
  }

  public func receipt(_ id: NoteID) throws(WalletError) -> Receipt? {
    do throws(Folder.Fault) {
      guard let bytes = try folder.folder("receipts").read("\(id.hex).txt") else { return nil }
      return try? Receipt(parsing: bytes)
    } catch { throw .folder(error) }
  }

  func json(_ name: String) throws(WalletError) -> JSON? {
    let bytes: [UInt8]?
    do throws(Folder.Fault) { bytes = try folder.read(name) } catch { throw .folder(error) }
    guard let bytes else { return nil }
    guard let json = try? JSON(parsing: bytes, limits: .init(membersMax: Limits.contactsMax)),
      json.members != nil
    else { throw .damaged(name) }
    return json
  }

  func write(_ name: String, _ json: JSON) throws(WalletError) {
    do throws(Folder.Fault) { try folder.write(name, json.pretty()) } catch { throw .folder(error) }
  }
}
