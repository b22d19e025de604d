import CarnetJournal
import CarnetLedger
import CarnetNotes

/// What a treasurer shows the assembly: one page of HTML that needs nothing beside it, and prints on A4.
struct ReportPage {
  let report: PlaceReport
  let audit: Audit.Report
  let language: Language

  /// Every table of the page, for files of CSV.
  var tables: [ReportTable] {
    report.currencies.flatMap { CurrencySection($0, language).tables } + [closings]
  }

  var html: String {
    let title = Phrase.reportTitle(language, report.name)
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(Markup.element("title", title))
      <style>\(ReportPage.style)</style>
      </head>
      <body>
      <header>
      \(Markup.element("h1", title))
      \(report.isTrial ? Markup.element("p", Phrase.pageTrial(language), "class=\"trial\"") : "")
      \(Markup.element("p", Phrase.reportOf(language, report.origin.description, "\(report.size)", day(report.time))))
      </header>
      \(findings)
      \(report.currencies.map { CurrencySection($0, language).html }.joined())
      \(closingSection)
      \(verifySection)
      \(Markup.element("p", Phrase.reportRule(language), "class=\"note\""))
      </body>
      </html>

      """
  }

  private func day(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }

  private var findings: String {
    let heading = Markup.element("h2", Phrase.reportAudit(language))
    guard !audit.findings.isEmpty else {
      return heading
        + Markup.element("p", Phrase.saidAuditClean(language, "\(audit.size)", audit.root.base64))
    }
    let lines = audit.findings.prefix(20).map { Markup.element("li", $0.description) }.joined()
    return heading
      + Markup.element("p", Phrase.saidFindings(language, "\(audit.findings.count)"), "class=\"trial\"")
      + "<ul>\(lines)</ul>"
  }

  private var closings: ReportTable {
    var table = ReportTable(
      "closings", Phrase.reportClosings(language),
      [
        Phrase.headPeriod(language), Phrase.headTime(language), Phrase.headCutoff(language),
        Phrase.headClosing(language), Phrase.headReserve(language),
      ], fields: ["period", "time", "cutoff", "closing", "reserve-cents"])
    for cutoff in report.cutoffs.suffix(12) {
      let closing = cutoff.closedIn.map { "\($0)" }
      table.add(
        [
          cutoff.period.description, day(cutoff.time), "\(cutoff.number)", closing ?? "-",
          "\(AmountText.format(cutoff.reserve, scale: 2, language)) EUR",
        ],
        [
          cutoff.period.description, cutoff.time.rfc3339, "\(cutoff.number)", closing ?? "",
          "\(cutoff.reserve)",
        ])
    }
    return table
  }

  private var closingSection: String {
    guard !report.cutoffs.isEmpty else { return "" }
    return "<section>\(Markup.element("h2", Phrase.reportClosings(language)))\(closings.html)"
      + "\(closings.link(Phrase.reportCSV(language)))</section>\n"
  }

  private var verifySection: String {
    let note = String(decoding: report.checkpoint.bytes, as: UTF8.self)
    // The lines of the note are kept apart; each is made fit for the page on its own.
    let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
      .map { Markup.escaped(String($0)) }.joined(separator: "\n")
    return "<section>\(Markup.element("h2", Phrase.reportVerify(language)))"
      + Markup.element("p", Phrase.reportVerifyHow(language))
      + "<pre>\(lines)</pre>"
      + "<pre>carnet audit --ledger FILE --since CHECKPOINT\ncarnet receipt verify RECEIPT --vkey VKEY\n"
      + "carnet closing verify PROOF --vkey VKEY</pre></section>\n"
  }

  private static let style = """
    body{font:11pt/1.45 Georgia,"DejaVu Serif",serif;color:#000;background:#fff;max-width:52em;margin:2em auto;padding:0 1em}
    h1{font-size:1.7em;margin-bottom:.2em}h2{margin-top:2em;border-bottom:1px solid #000}h3{margin-bottom:.3em}
    .trial{font-weight:bold;border:2px solid #000;padding:.4em .6em}.note{font-size:.9em}
    table{border-collapse:collapse;width:100%;margin:.6em 0;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-style:italic;padding-bottom:.3em}
    th,td{border:1px solid #777;padding:.15em .5em;text-align:right}th[scope=row],thead th:first-child{text-align:left}
    svg{width:100%;height:auto;font:11px sans-serif}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #777;padding:.5em}
    figure{margin:1em 0}figcaption{font-weight:bold}tbody th{white-space:nowrap}
    @page{size:A4;margin:18mm}
    @media print{body{margin:0;max-width:none}figure,table,pre,svg{break-inside:avoid}h2,h3{break-after:avoid}a{color:#000;text-decoration:none}}
    """
}
