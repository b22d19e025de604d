import CarnetLedger
import CarnetNotes
import CarnetWallet

/// What the law gives people a right to have forgotten.
enum ErasureCommands {
  static let all = [
    CommandSpec(
      path: ["member", "erase"], summary: .commandMemberErase,
      operands: [.init(name: "HANDLE", isHandle: true)],
      options: [OptionSpec(name: "--with-memos", summary: .optionWithMemos), .reason, .draft],
      examples: ["member erase alice --with-memos"], run: member),
    CommandSpec(
      path: ["memo", "erase"], summary: .commandMemoErase, operands: [.init(name: "RECORD|ID")],
      options: [.reason, .draft], examples: ["memo erase 1042"], run: memo),
  ]

  @Sendable private static func member(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let identity = try session.authorized(.audit) ?? session.identity()
      let member = try session.resolve(invocation.required(0))
      let memos = invocation.has("--with-memos") ? try memos(of: member.number, session) : []
      try context.terminal.confirm(
        Phrase.askErase(language, Printable.line(member.shownName), "\(memos.count)"))
      for note in memos {
        _ = try session.submit(.erase(Erasure(target: .note(note), reason: nil)), by: identity)
      }
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let erasure = Erasure(target: .member(member.number), reason: reason?.hash)
      let posted = try session.submit(
        .erase(erasure), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidErased(language, member.number.description))
      return ExitStatus.done.rawValue
    }
  }

  /// The notes with a memo that the member paid with.
  private static func memos(of number: MemberNumber, _ session: Session) throws -> [NoteID] {
    var notes: [NoteID] = []
    for line in try session.statementLines(of: number)
    where line["memo"]?.string != nil && line["amount"]?.integer ?? 0 < 0 {
      let kind = line["kind"]?.string.flatMap { NoteKind(rawValue: $0) }
      guard kind == .payment || kind == .cheque, let id = line["id"]?.string.flatMap({ NoteID(hex: $0) })
      else { continue }
      notes.append(id)
    }
    return notes
  }

  @Sendable private static func memo(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    try Session.with(context, .write) { session in
      let language = context.language
      let identity = try session.authorized(.audit) ?? session.identity()
      let receipt = try session.client.receipt(
        invocation.required(0), ledger: session.info().verifierKey)
      guard let record = try? Record(parsing: receipt.record) else {
        throw ClientError.badAnswer("/v1/receipts")
      }
      try context.terminal.confirm(Phrase.askEraseMemo(language, "\(record.number)"))
      let reason = try session.salted(invocation["--reason"], option: "--reason")
      let erasure = Erasure(target: .note(record.text.id), reason: reason?.hash)
      let posted = try session.submit(
        .erase(erasure), by: identity, text: reason, draft: invocation["--draft"])
      session.report(posted, Phrase.saidMemoErased(language, "\(record.number)"))
      return ExitStatus.done.rawValue
    }
  }
}
