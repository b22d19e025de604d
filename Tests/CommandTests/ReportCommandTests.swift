import Foundation
import Support
import Testing

@Suite struct ReportCommandTests {
  private static let script = """
    export CARNET_LEDGER=l
    carnet init --origin mel.example/lille --name "Mel & <Co>" --officer marie --no-passphrase --trial >/dev/null
    carnet currency add MEL --kind backed --scale 2 --name Mel >/dev/null
    carnet currency add MIN --kind mutual --scale 0 --name Minutes --floor -600 >/dev/null
    for n in a b c d e f; do
      key=$(carnet key new member-$n --no-passphrase)
      carnet member add member-$n --kind person --key "$key" --as marie >/dev/null
      carnet change member-$n 1$(printf %d "'$n") MEL --reference R$n --as marie >/dev/null
    done
    for n in a b c d e; do carnet pay member-f 10 MEL --as member-$n --yes >/dev/null; carnet pay member-f 30 MIN --as member-$n --yes >/dev/null; done
    carnet audit report --html en.html --csv tables 2>/dev/null
    carnet audit report --html fr.html --lang fr 2>/dev/null
    cat > check.py <<'END'
    import html.parser, re, sys, xml.dom.minidom
    void = {"meta"}
    class Page(html.parser.HTMLParser):
        open, links = [], []
        def handle_starttag(self, tag, attributes):
            if tag not in void: self.open.append(tag)
            self.links += [value for name, value in attributes if name in ("src", "href")]
        def handle_startendtag(self, tag, attributes): pass
        def handle_endtag(self, tag):
            assert self.open and self.open[-1] == tag, (tag, self.open[-3:])
            self.open.pop()
    for name, language in (("en.html", "en"), ("fr.html", "fr")):
        text = open(name).read()
        page = Page(); page.open, page.links = [], []
        page.feed(text)
        assert not page.open and f'<html lang="{language}">' in text
        assert all(link.startswith("data:text/csv") for link in page.links) and len(page.links) >= 6
        assert "<script" not in text and "@import" not in text and "url(http" not in text
        charts = re.findall(r"<svg.*?</svg>", text, re.S)
        assert len(charts) >= 8
        for chart in charts: assert xml.dom.minidom.parseString(chart).getElementsByTagName("title")
        assert "Mel &amp; &lt;Co&gt;" in text
    print(len(open("fr.html").read()) > 5000)
    END
    python3 check.py
    cat tables/mel-months.csv tables/mel-trial-balance.csv tables/min-months.csv tables/min-balances.csv
    carnet audit report --html x --ledger http://127.0.0.1:9 || echo "status $?"
    carnet audit report || echo "status $?"
    carnet audit report --html /proc/nowhere/x.html || echo "status $?"
    """

  @Test("the page stands alone, is well formed in both languages, and its tables say what the books say")
  func page() throws {
    let (status, output, errors) = try Shell.run(ReportCommandTests.script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.hasPrefix("True\n"), "\(output)")
    // 197 + 198 + 199 + 1100 + 1101 + 1102 euros came in.
    #expect(output.contains(",389700,389700,389700,0,5000,6\r\n"), "\(output)")
    #expect(output.contains("members,MEL,389700\r\n") && output.contains("sum,MEL,0\r\n"))
    #expect(output.contains(",150,150,6\r\n") && output.contains(",,6\r\n"))
    #expect(output.hasSuffix("status 64\nstatus 64\nstatus 74\n"), "\(output)")
    #expect(!output.contains("member-a"))
  }
}
