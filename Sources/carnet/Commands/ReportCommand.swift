import CarnetJournal
import CarnetLedger
import CarnetNotes

/// `carnet audit report`: the figures of a place for its assembly.
enum ReportCommand {
  static let spec = CommandSpec(
    path: ["audit", "report"], summary: .commandAuditReport,
    options: [
      OptionSpec(name: "--html", value: "FILE", isRequired: true, summary: .optionHTML),
      OptionSpec(name: "--csv", value: "DIR", summary: .optionCSV),
    ],
    examples: [
      "audit report --html assemblee-2026.html", "audit report --html a.html --csv tableaux --lang fr",
    ],
    run: run)

  @Sendable private static func run(_ invocation: Invocation, _ context: Context) throws -> Int32 {
    let language = context.language
    let path = try Session.file(context)
    let bar = FileCommands.recordProgress(context)
    let report: PlaceReport
    let audit: Audit.Report
    do throws(StoreError) { audit = try Audit.run(path, options: .init(progress: bar)) } catch {
      throw Failure(error, language)
    }
    do throws(LedgerError) { report = try PlaceReport.make(of: path, progress: bar) } catch {
      throw Failure(error, language)
    }
    let page = ReportPage(report: report, audit: audit, language: language)
    let target = invocation["--html"] ?? ""
    try FileText.write(Array(page.html.utf8), to: target, language)
    context.output.message(Phrase.saidWritten(language, target))
    if let folder = invocation["--csv"] {
      for table in page.tables {
        try FileText.write(Array(table.csv.utf8), to: "\(folder)/\(table.name).csv", language)
      }
      context.output.message(Phrase.saidWritten(language, folder))
    }
    return audit.findings.isEmpty ? ExitStatus.done.rawValue : ExitStatus.badData.rawValue
  }
}
