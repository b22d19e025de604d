import CarnetLedger
import CarnetNotes
import CarnetWallet

/// Keys that only their member holds.
enum KeyCommands {
  static let all = [
    CommandSpec(
      path: ["key", "new"], summary: .commandKeyNew, operands: [.init(name: "HANDLE")],
      options: [.noPassphrase],
      examples: ["key new alice", "key new alice --no-passphrase"], run: new),
    CommandSpec(path: ["key", "list"], summary: .commandKeyList, examples: ["key list"], run: list),
    CommandSpec(
      path: ["key", "words"], summary: .commandKeyWords, operands: [.init(name: "HANDLE", isHandle: true)],
      examples: ["key words alice"], run: words),
    CommandSpec(
      path: ["key", "restore"], summary: .commandKeyRestore, operands: [.init(name: "HANDLE")],
      options: [.noPassphrase, OptionSpec(name: "--words-file", value: "F", summary: .optionWordsFile)],
      examples: ["key restore alice"], run: restore),
    CommandSpec(
      path: ["key", "add"], summary: .commandKeyAdd,
      operands: [.init(name: "HANDLE", isHandle: true), .init(name: "PUBLICKEY")],
      options: [OptionSpec(name: "--use", value: "pay|till", summary: .optionUse), .draft],
      examples: ["key add alice 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="],
      run: { try change($0, $1, .add) }),
    CommandSpec(
      path: ["key", "revoke"], summary: .commandKeyRevoke,
      operands: [.init(name: "HANDLE", isHandle: true), .init(name: "PUBLICKEY")],
      options: [OptionSpec(name: "--use", value: "pay|till", summary: .optionUse), .draft],
      examples: ["key revoke alice 11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="],
      run: { try change($0, $1, .revoke) }),
  ]

  static func handle(_ text: String, _ language: Language) throws -> Handle {
    guard let handle = Handle(text) else {
      throw Failure(
        exit: .badData, code: "bad-handle", message: Phrase.errorHandle(language, Printable.line(text)),
        hint: Phrase.hintHandle(language))
    }
    return handle
  }

  /// Makes a key and keeps it; the public key is what is printed.
  @Sendable private static func new(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let handle = try handle(invocation.required(0), context.language)
    let key = try make(handle, hasPassphrase: !invocation.has("--no-passphrase"), context)
    context.show(.object(["handle": .string(handle.description), "key": .string(key.publicKey.base64)])) {
      [key.publicKey.base64]
    }
    return ExitStatus.done.rawValue
  }

  /// A new key in the wallet; its recovery words are shown once, to a person at a terminal.
  static func make(_ handle: Handle, hasPassphrase: Bool, _ context: Context) throws -> SecretKey {
    let key = SecretKey.generate()
    try keep(key, handle, hasPassphrase: hasPassphrase, context)
    if context.output.isErrorTerminal && context.terminal.isInteractive {
      context.output.message(Phrase.saidWords(context.language))
      show(key, context)
    }
    return key
  }

  private static func keep(_ key: SecretKey, _ handle: Handle, hasPassphrase: Bool, _ context: Context) throws
  {
    do throws(WalletError) {
      let wallet: Wallet
      do { wallet = try context.wallet } catch { throw WalletError.damaged("HOME") }
      guard try wallet.keyFile(handle) == nil else {
        throw WalletError.folder(.exists(wallet.keys.path(of: "\(handle).key")))
      }
    } catch { throw Failure(error, context.language) }
    var passphrase = hasPassphrase ? try context.newPassphrase(for: handle.description) : nil
    let file = KeyFile(key, handle: handle.description, passphrase: passphrase)
    if passphrase != nil { KeyFile.wipe(&passphrase!) }  // Just seen not to be nil.
    do throws(WalletError) {
      guard let wallet = try? context.wallet else { throw WalletError.damaged("HOME") }
      try wallet.add(file, as: handle)
    } catch { throw Failure(error, context.language) }
  }

  /// The words go to standard error, where no script keeps them by accident.
  private static func show(_ key: SecretKey, _ context: Context) {
    let words = unsafe key.withSeed { unsafe RecoveryWords.encode(Array($0)) }
    for row in stride(from: 0, to: words.count, by: 4) {
      let cells = (row..<row + 4).map { index in
        let number = index < 9 ? " \(index + 1)" : "\(index + 1)"
        return
          "\(number) \(words[index])\(String(repeating: " ", count: max(0, 10 - words[index].utf8.count)))"
      }
      context.output.message("  " + cells.joined())
    }
  }

  @Sendable private static func list(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let wallet = try context.wallet
    var rows: [(String, String, Bool)] = []
    for name in wallet.handles {
      guard let handle = Handle(name) else { continue }
      do throws(WalletError) {
        if let file = try wallet.keyFile(handle) { rows.append((name, file.publicKey.base64, file.isSealed)) }
      } catch { throw Failure(error, context.language) }
    }
    context.show(
      .array(
        rows.map { .object(["handle": .string($0.0), "key": .string($0.1), "sealed": .bool($0.2)]) })
    ) { rows.map { "\($0.0)  \($0.1)" } }
    return ExitStatus.done.rawValue
  }

  /// The key of a handle that is here, opened with its passphrase where it has one.
  static func opened(_ handle: Handle, _ context: Context) throws -> SecretKey {
    do throws(WalletError) {
      guard let wallet = try? context.wallet, let file = try wallet.keyFile(handle) else {
        throw WalletError.key(.malformed)
      }
      let passphrase = file.isSealed ? try? context.passphrase(for: handle.description) : nil
      do throws(KeyFile.Fault) { return try file.key(passphrase: passphrase) } catch {
        throw WalletError.key(error)
      }
    } catch { throw Failure(error, context.language) }
  }

  @Sendable private static func words(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    show(try opened(try handle(invocation.required(0), context.language), context), context)
    return ExitStatus.done.rawValue
  }

  @Sendable private static func restore(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let handle = try handle(invocation.required(0), language)
    let text: [UInt8]
    if let path = invocation["--words-file"] {
      text = try FileText.read(path, language)
    } else {
      text = try context.terminal.secret(Phrase.askWords(language))
    }
    let words = String(decoding: text, as: UTF8.self).split { $0.isWhitespace }.map(String.init)
    let seed: [UInt8]
    do throws(RecoveryWords.Fault) { seed = try RecoveryWords.decode(words) } catch {
      let message =
        switch error {
        case .wrongCount(let count): Phrase.errorWordCount(language, "\(count)")
        case .unknownWord(let position): Phrase.errorWordUnknown(language, "\(position)")
        case .checksum: Phrase.errorWordChecksum(language)
        }
      throw Failure(exit: .badData, code: "bad-words", message: message)
    }
    guard let key = SecretKey(seed: seed) else { preconditionFailure("24 words are 32 bytes") }
    try keep(key, handle, hasPassphrase: !invocation.has("--no-passphrase"), context)
    context.show(.object(["handle": .string(handle.description), "key": .string(key.publicKey.base64)])) {
      [key.publicKey.base64]
    }
    return ExitStatus.done.rawValue
  }

  private static func change(_ invocation: Invocation, _ context: Context, _ action: KeyAction) throws
    -> Int32
  {
    try Session.with(context, .write) { session in
      let language = context.language
      guard let key = PublicKey(base64: invocation.required(1)) else {
        throw Failure(Refusal.keyInvalid, language)
      }
      guard let use = KeyUse(rawValue: invocation["--use"] ?? "pay") else {
        throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--use"))
      }
      let identity = try session.authorized(.account) ?? session.identity()
      let member = try session.resolve(invocation.required(0))
      let change = KeyChange(number: member.number, action: action, use: use, memberKey: key)
      let posted = try session.submit(.key(change), by: identity, draft: invocation["--draft"])
      session.report(posted, action == .add ? Phrase.saidKeyAdded(language) : Phrase.saidKeyRevoked(language))
      return ExitStatus.done.rawValue
    }
  }
}
