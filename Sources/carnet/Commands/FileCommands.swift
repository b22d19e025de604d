import CarnetEndpoint
import CarnetJournal
import CarnetLedger
import CarnetNotes
import Glibc

/// What works on the ledger's files: audit, copies, serving, looking after.
enum FileCommands {
  static let all = [
    CommandSpec(
      path: ["audit"], summary: .commandAudit,
      options: [
        OptionSpec(name: "--quiet", short: "-q", summary: .optionQuiet),
        OptionSpec(name: "--since", value: "CHECKPOINTFILE", summary: .optionSinceCheckpoint),
      ],
      examples: ["audit", "audit -q", "audit --since checkpoint-2026-01.txt"],
      run: audit),
    CommandSpec(
      path: ["backup"], summary: .commandBackup, operands: [.init(name: "FILE")],
      examples: ["backup /media/usb/mel-2026-01.carnet"], run: backup),
    CommandSpec(
      path: ["restore"], summary: .commandRestore, operands: [.init(name: "FILE")],
      options: [
        OptionSpec(name: "--to", value: "FILE", isRequired: true, summary: .optionTo),
        OptionSpec(name: "--drill", summary: .optionDrill),
      ], details: .detailsRestore,
      examples: [
        "restore mel-2026-01.carnet --to mel.carnet", "restore mel-2026-01.carnet --to /tmp/essai --drill",
      ],
      run: restore),
    ServeCommand.spec, ReportCommand.spec,
    CommandSpec(path: ["doctor"], summary: .commandDoctor, examples: ["doctor"], run: doctor),
  ]

  /// A bar on a terminal, after the first second of work.
  static func progress(_ context: Context) -> @Sendable (Int, Int) -> Void {
    let start = context.now
    return { done, all in
      guard all > 0, context.now.milliseconds - start.milliseconds > 1_000 else { return }
      let width = 30
      let filled = done * width / all
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      context.output.progress(done >= all ? "" : "\(bar) \(done * 100 / all) %")
    }
  }

  /// The same bar, of records.
  static func recordProgress(_ context: Context) -> @Sendable (UInt64, UInt64) -> Void {
    let bar = progress(context)
    return { done, all in bar(Int(clamping: done), Int(clamping: all)) }
  }

  @Sendable private static func audit(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let path = try Session.file(context)
    let since = try invocation["--since"].map { [("--since", try published($0, language))] } ?? []
    let report: Audit.Report
    do throws(StoreError) {
      report = try Audit.run(path, options: .init(published: since, progress: recordProgress(context)))
    } catch { throw Failure(error, language) }
    let isQuiet = invocation.has("--quiet")
    if !isQuiet || !report.findings.isEmpty {
      context.show(json(report)) {
        report.findings.isEmpty
          ? [Phrase.saidAuditClean(language, "\(report.size)", report.root.base64)]
          : report.findings.map(\.description)
      }
    }
    guard report.findings.isEmpty else {
      context.output.message("carnet: \(Phrase.saidFindings(language, "\(report.findings.count)"))")
      return ExitStatus.badData.rawValue
    }
    return ExitStatus.done.rawValue
  }

  /// The checkpoint in a file that was kept outside: a checkpoint, or a receipt with one in it.
  static func published(_ path: String, _ language: Language) throws -> SignedNote {
    let bytes = try FileText.read(path, language)
    if let receipt = try? Receipt(parsing: bytes) { return receipt.checkpoint }
    guard let note = try? SignedNote(parsing: HeadFile.trimmed(bytes)),
      (try? Checkpoint(parsing: note.text)) != nil
    else {
      throw Failure(
        exit: .badData, code: "malformed", message: Phrase.errorCheckpointFile(language, path))
    }
    return note
  }

  private static func json(_ report: Audit.Report) -> JSON {
    .object([
      "size": .integer(Int64(report.size)), "root": .string(report.root.base64),
      "findings": .array(
        report.findings.map { finding in
          .object([
            "code": .string(finding.code.rawValue), "record": .optional(finding.record.map { Int64($0) }),
            "place": .string(finding.place), "expected": .string(finding.expected),
            "found": .string(finding.found),
          ])
        }),
    ])
  }

  @Sendable private static func backup(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let target = invocation.required(0)
    let source = try Session.file(context)
    let report: Audit.Report
    do throws(StoreError) { report = try Backup.copy(source, to: target, progress: progress(context)) } catch
    {
      throw Failure(error, context.language)
    }
    return conclude(report, Phrase.saidBackup(context.language, target, "\(report.size)"), context)
  }

  @Sendable private static func restore(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let target = invocation["--to"] ?? ""
    let isDrill = invocation.has("--drill")
    let report: Audit.Report
    do throws(StoreError) {
      report = try Backup.restore(invocation.required(0), to: target, progress: progress(context))
    } catch { throw Failure(error, language) }
    if isDrill { for rest in ["", ".lock"] { _ = unsafe unlink(target + rest) } }
    let sentence =
      isDrill
      ? Phrase.saidDrill(language, "\(report.size)") : Phrase.saidRestored(language, target, "\(report.size)")
    return conclude(report, sentence, context)
  }

  private static func conclude(_ report: Audit.Report, _ sentence: String, _ context: Context) -> Int32 {
    context.show(json(report)) { report.findings.isEmpty ? [sentence] : report.findings.map(\.description) }
    return report.findings.isEmpty ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }

  @Sendable private static func doctor(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let checks = Doctor(try Session.file(context), credential: context.credential, context.language).checks()
    context.show(
      .array(
        checks.map {
          .object(["check": .string($0.name), "ok": .bool($0.fault == nil), "detail": .optional($0.fault)])
        })
    ) { checks.map { "\($0.fault == nil ? "✓" : "✗")  \($0.name)\($0.fault.map { ": \($0)" } ?? "")" } }
    return checks.allSatisfy { $0.fault == nil } ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }
}
