import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation

/// A place as the wallet remembers it, for what has to work without any network: no ledger is opened or asked.
struct OfflinePlace {
  let origin: Origin
  let folder: LedgerFolder
  let known: KnownPlace
  private let context: Context
  private let keyFile: KeyFile
  private let handle: Handle
  /// The number of who acts.
  let number: MemberNumber

  /// The place that the arguments mean: `--place`, else the one that `--ledger` reached before, else the only one that
  /// knows the key.
  init(_ context: Context, _ invocation: Invocation) throws {
    let language = context.language
    let wallet = try context.wallet
    let places = try OfflinePlace.places(wallet, context, invocation["--place"])
    var found: [OfflinePlace] = []
    var isKeyHere = false
    for name in context.actsAs.map({ [$0] }) ?? wallet.handles {
      guard let handle = Handle(name), let file = try wallet.keyFile(handle) else { continue }
      isKeyHere = true
      for (origin, folder) in places {
        guard let number = try folder.ownNumber(of: file.publicKey) else { continue }
        found.append(
          OfflinePlace(
            origin: origin, folder: folder, known: try KnownPlace(folder), context: context, keyFile: file,
            handle: handle, number: number))
      }
    }
    guard isKeyHere else {
      throw Failure(
        exit: .noRight, code: "no-key", message: Phrase.errorNoKey(language),
        hint: Phrase.hintNoKey(language))
    }
    guard let first = found.first else { throw OfflinePlace.unknown(wallet, language) }
    guard Set(found.map(\.origin)).count == 1 else {
      throw Failure(
        exit: .usage, code: "which-place", message: Phrase.errorWhichPlace(language),
        hint: Set(found.map(\.origin.description)).sorted().joined(separator: ", "))
    }
    guard found.count == 1 else {
      throw Failure(
        exit: .usage, code: "which-member", message: Phrase.errorWhichMember(language),
        hint: Phrase.hintWhichMember(language))
    }
    self = first
  }

  private init(
    origin: Origin, folder: LedgerFolder, known: KnownPlace, context: Context, keyFile: KeyFile,
    handle: Handle, number: MemberNumber
  ) {
    (self.origin, self.folder, self.known, self.context) = (origin, folder, known, context)
    (self.keyFile, self.handle, self.number) = (keyFile, handle, number)
  }

  /// The places of the wallet whose currencies it knows, and that the arguments may mean.
  private static func places(
    _ wallet: Wallet, _ context: Context, _ asked: String?
  ) throws -> [(Origin, LedgerFolder)] {
    var places: [(Origin, LedgerFolder)] = []
    for folder in wallet.ledgers {
      guard let origin = folder.origin, !(try folder.currencies().isEmpty) else { continue }
      if let asked {
        guard origin.description == asked else { continue }
      } else if context.ledger?.isEmpty == false {
        guard try folder.addresses().contains(Session.address(context)) else { continue }
      }
      places.append((origin, folder))
    }
    return places
  }

  private static func unknown(_ wallet: Wallet, _ language: Language) -> Failure {
    let known = wallet.ledgers.filter { (try? $0.currencies().isEmpty) == false }
      .compactMap(\.origin?.description)
    return Failure(
      exit: .inputMissing, code: "place-unknown", message: Phrase.errorPlaceUnknown(language),
      hint: Phrase.hintPlaceUnknown(language, known.isEmpty ? "-" : known.joined(separator: ", ")))
  }

  /// Who acts, with their key opened.
  func identity() throws -> Identity {
    do throws(KeyFile.Fault) {
      let passphrase = keyFile.isSealed ? try passphrase() : nil
      return Identity(origin: origin, number: number, key: try keyFile.key(passphrase: passphrase))
    } catch { throw Failure(error, context.language) }
  }

  private func passphrase() throws(KeyFile.Fault) -> [UInt8] {
    do { return try context.passphrase(for: handle.description) } catch { throw .passphraseMissing }
  }

  /// A payee as people type one: a number with a right check symbol, or a handle that was pinned before.
  func payee(_ text: String) throws -> MemberNumber {
    let language = context.language
    let upper = text.uppercased().filter { $0 != "-" && $0 != " " }
    if let number = MemberNumber(upper) { return number }
    guard let handle = Handle(text) else {
      if let number = MemberNumber(typed: text) { return number }
      throw Failure(
        exit: .badData, code: "bad-member", message: Phrase.errorBadMember(language, Printable.line(text)),
        hint: Phrase.hintHandleNotPinned(language))
    }
    let pinned = try folder.names().first { $0.handle == handle.description }
    guard let number = pinned.flatMap({ MemberNumber($0.number) }) else {
      throw Failure(
        exit: .inputMissing, code: "unknown-member", message: Phrase.errorHandleNotPinned(language, text),
        hint: Phrase.hintHandleNotPinned(language))
    }
    return number
  }
}

extension Session {
  /// FILE or URL in one spelling, by which a place is known again.
  static func address(_ context: Context) -> String {
    let text = context.ledger ?? ""
    guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
      return URL(fileURLWithPath: text).standardizedFileURL.path
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }
}
