import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// A ledger as a command reaches it: by its file, or by an address. Closed by whoever opened it.
final class Session {
  let context: Context
  let client: LedgerClient
  private let journal: Journal?
  private var known: LedgerInfo?

  enum Purpose {
    case read, write
  }

  /// Runs `body` on the ledger that the context names.
  static func with<Result>(_ context: Context, _ purpose: Purpose, _ body: (Session) throws -> Result) throws
    -> Result
  {
    let session = try Session(context, purpose)
    defer { session.journal?.close() }
    do { return try body(session) } catch let error as ClientError {
      throw Failure(error, context.language)
    } catch let
      error as WalletError
    { throw Failure(error, context.language) } catch let error as StoreError {
      throw Failure(error, context.language)
    }
  }

  private init(_ context: Context, _ purpose: Purpose) throws {
    self.context = context
    let place = try Session.place(context)
    let transport: any Transport
    if place.hasPrefix("http://") || place.hasPrefix("https://") {
      (transport, journal) = (try Session.remote(place, context), nil)
    } else if purpose == .write, let address = LedgerFiles(place).servedAt {
      // Whoever reads the file may do so while it is served; writing is for the one process that serves it.
      (transport, journal) = (try Session.remote("http://\(address)", context), nil)
    } else {
      let opened = try Session.open(place, purpose, context)
      // Before anything is signed: do the witnesses know more than is here?
      if purpose == .write { _ = try WitnessRounds.compared(with: opened, isHeadLost: false, context) }
      (transport, journal) = (LocalTransport(endpoint: Session.endpoint(of: opened)), opened)
    }
    client = LedgerClient(transport, language: context.language) { seconds in sleep(UInt32(clamping: seconds))
    }
  }

  /// The routes for whoever has the files: who runs the server says what it may reach when it is started.
  private static func endpoint(of journal: Journal) -> Endpoint {
    Endpoint(journal: journal, webhooks: .init(allowsNear: true))
  }

  /// FILE or URL, from the option or the environment.
  static func place(_ context: Context) throws -> String {
    guard let place = context.ledger, !place.isEmpty else {
      throw Failure(
        exit: .usage, code: "no-ledger", message: Phrase.errorNoLedger(context.language),
        hint: Phrase.hintNoLedger(context.language))
    }
    return place
  }

  /// The file of the ledger, for commands that work on files alone.
  static func file(_ context: Context) throws -> String {
    let place = try place(context)
    guard !place.hasPrefix("http://"), !place.hasPrefix("https://") else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorNeedsFile(context.language))
    }
    return place
  }

  private static func remote(_ address: String, _ context: Context) throws -> HTTPTransport {
    do throws(HTTPTransport.AddressError) { return try HTTPTransport(address) } catch {
      throw Failure(address: address, error, context.language)
    }
  }

  /// Opens the file; one that another command is writing at this moment is waited for a few seconds.
  private static func open(_ path: String, _ purpose: Purpose, _ context: Context) throws -> Journal {
    var tries = 0
    while true {
      do throws(StoreError) {
        switch purpose {
        case .read: return try Journal(reading: path)
        case .write: return try Journal(opening: path, options: .init(credential: context.credential))
        }
      } catch {
        guard case .locked = error, tries < 50 else { throw Failure(error, context.language) }
        tries += 1
        usleep(100_000)
      }
    }
  }

  /// What the ledger says of itself, with its key held against the one pinned at first use.
  func info() throws -> LedgerInfo {
    if let known { return known }
    let info = try client.ledger()
    let folder = try context.wallet.ledger(info.origin)
    // Whoever has the file itself needs no proof of it, and may have a home that cannot be written.
    if journal == nil {
      try folder.checkPin(info, client, now: context.now)
      try folder.keep(info.currencies, reachedBy: Session.address(context))
    } else {
      try? folder.keep(info.currencies, reachedBy: Session.address(context))
    }
    if info.isTrial && context.output.isErrorTerminal {
      context.output.message(Phrase.pageTrial(context.language))
    }
    known = info
    return info
  }

  func folder() throws -> LedgerFolder { try context.wallet.ledger(info().origin) }

  /// The member to act as: `--as`, or the one key that this ledger knows.
  func identity() throws -> Identity {
    let wallet = try context.wallet
    let info = try info()
    var candidates: [(Handle, KeyFile, MemberNumber)] = []
    var isHere = false
    for name in context.actsAs.map({ [$0] }) ?? wallet.handles {
      guard let handle = Handle(name), let file = try wallet.keyFile(handle) else { continue }
      isHere = true
      if let number = try client.number(of: file.publicKey) { candidates.append((handle, file, number)) }
    }
    guard let (handle, file, number) = candidates.first, candidates.count == 1 else {
      throw noIdentity(isHere: isHere, count: candidates.count)
    }
    try? folder().keep(number, ofOwn: file.publicKey)
    do throws(KeyFile.Fault) {
      let passphrase = file.isSealed ? try passphrase(for: handle) : nil
      return Identity(origin: info.origin, number: number, key: try file.key(passphrase: passphrase))
    } catch { throw Failure(error, context.language) }
  }

  private func passphrase(for handle: Handle) throws(KeyFile.Fault) -> [UInt8] {
    do { return try context.passphrase(for: handle.description) } catch { throw .passphraseMissing }
  }

  private func noIdentity(isHere: Bool, count: Int) -> Failure {
    let language = context.language
    if count > 1 {
      return Failure(
        exit: .usage, code: "which-member", message: Phrase.errorWhichMember(language),
        hint: Phrase.hintWhichMember(language))
    }
    if isHere {
      return Failure(
        exit: .noRight, code: "unknown-key", message: Phrase.errorNotEnrolled(language),
        hint: Phrase.hintNotEnrolled(language))
    }
    return Failure(
      exit: .noRight, code: "no-key", message: Phrase.errorNoKey(language), hint: Phrase.hintNoKey(language))
  }

  /// The identity, with a token for what the scope allows where the ledger asks for one.
  func authorized(_ scope: AccessScope) throws -> Identity? {
    guard client.needsToken else { return nil }
    let identity = try identity()
    try client.authorize(as: identity, scope: scope, now: context.now)
    return identity
  }
}
