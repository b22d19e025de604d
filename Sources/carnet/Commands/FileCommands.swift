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
      options: [OptionSpec(name: "--quiet", short: "-q", summary: .optionQuiet)],
      examples: ["audit", "audit -q"],
      run: audit),
    CommandSpec(
      path: ["backup"], summary: .commandBackup, operands: [.init(name: "FILE")],
      examples: ["backup /media/usb/mel-2026-01.carnet"], run: backup),
    CommandSpec(
      path: ["restore"], summary: .commandRestore, operands: [.init(name: "FILE")],
      options: [
        OptionSpec(name: "--to", value: "FILE", isRequired: true, summary: .optionTo),
        OptionSpec(name: "--drill", summary: .optionDrill),
      ],
      examples: [
        "restore mel-2026-01.carnet --to mel.carnet", "restore mel-2026-01.carnet --to /tmp/essai --drill",
      ],
      run: restore),
    CommandSpec(
      path: ["serve"], summary: .commandServe,
      options: [
        OptionSpec(name: "--listen", value: "127.0.0.1:8390", summary: .optionListen),
        OptionSpec(name: "--host", value: "NAME", summary: .optionHost),
        OptionSpec(name: "--head-lost", summary: .optionHeadLost),
      ], examples: ["serve", "serve --listen 127.0.0.1:8400"], run: serve),
    CommandSpec(path: ["doctor"], summary: .commandDoctor, examples: ["doctor"], run: doctor),
  ]

  /// A bar on a terminal, after the first second of work.
  static func progress(_ context: Context) -> (Int, Int) -> Void {
    let start = context.now
    return { done, all in
      guard all > 0, context.now.milliseconds - start.milliseconds > 1_000 else { return }
      let width = 30
      let filled = done * width / all
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      context.output.progress(done >= all ? "" : "\(bar) \(done * 100 / all) %")
    }
  }

  @Sendable private static func audit(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let bar = progress(context)
    let report: Audit.Report
    do throws(StoreError) {
      report = try Audit.run(try file(context)) { done, all in bar(Int(clamping: done), Int(clamping: all)) }
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

  private static func file(_ context: Context) throws(StoreError) -> String {
    do { return try Session.file(context) } catch { throw .missing }
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

  @Sendable private static func serve(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    guard let address = Server.Address(invocation["--listen"] ?? "127.0.0.1:8390") else {
      throw Failure(exit: .usage, code: "usage", message: Phrase.errorValue(language, "--listen"))
    }
    let signals = StopSignals()
    let path = try Session.file(context)
    let journal: Journal
    do throws(StoreError) {
      let isHeadLost = invocation.has("--head-lost")
      journal = try Journal(
        opening: path, options: .init(isHeadLost: isHeadLost, onFailure: { _ in signals.raise() }))
    } catch { throw Failure(error, language) }
    let running = try Serving(
      journal, on: address, extraHosts: invocation["--host"].map { [$0] } ?? [], language)
    context.output.message(Phrase.saidServing(language, "http://\(running.address)/"))
    signals.wait()
    context.output.message(Phrase.saidStopping(language))
    let failure = running.stop()
    if let failure { throw Failure(failure, language) }
    return ExitStatus.done.rawValue
  }

  @Sendable private static func doctor(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let checks = Doctor(try Session.file(context), context.language).checks()
    context.show(
      .array(
        checks.map {
          .object(["check": .string($0.name), "ok": .bool($0.fault == nil), "detail": .optional($0.fault)])
        })
    ) { checks.map { "\($0.fault == nil ? "✓" : "✗")  \($0.name)\($0.fault.map { ": \($0)" } ?? "")" } }
    return checks.allSatisfy { $0.fault == nil } ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }
}

/// An endpoint that runs until it is stopped.
final class Serving {
  private let journal: Journal
  private let server: Server

  var address: Server.Address { server.address }

  init(_ journal: Journal, on address: Server.Address, extraHosts: [String], _ language: Language) throws {
    self.journal = journal
    let names = [address.host, "localhost"] + extraHosts
    let hosts =
      address.port == 0 ? [] : Set(names.flatMap { [$0.lowercased(), "\($0.lowercased()):\(address.port)"] })
    do throws(Server.StartError) {
      server = try Server(Endpoint(journal: journal, hosts: hosts), on: address)
    } catch {
      journal.close()
      guard case .cannotListen(let code) = error else {
        throw Failure(exit: .failed, code: "cannot-listen", message: "")
      }
      throw Failure(
        exit: .unreachable, code: "cannot-listen",
        message: Phrase.errorListen(language, address.description, unsafe String(cString: strerror(code))))
    }
    do throws(StoreError) { try journal.announce(address: server.address.description) } catch {
      throw Failure(error, language)
    }
  }

  /// Answers what was taken in; the journal stays open.
  func stopServer() { server.stop() }

  /// Answers what was taken in, closes, and gives the failure that ended it, if one did.
  func stop() -> StoreError? {
    server.stop()
    let failure = journal.failure
    journal.close()
    return failure
  }
}

/// Waits for SIGTERM or SIGINT, or for ``raise()``.
final class StopSignals: Sendable {
  init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigaddset(&set, SIGINT)
    // Threads that are started later inherit the mask: the signals come to whoever waits.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  func wait() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    unsafe sigaddset(&set, SIGTERM)
    unsafe sigaddset(&set, SIGINT)
    var signal: Int32 = 0
    _ = unsafe sigwait(&set, &signal)
  }

  func raise() { kill(getpid(), SIGTERM) }
}
