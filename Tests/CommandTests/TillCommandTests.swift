import Foundation
import Support
import Testing

/// A shop's tills with the real command, and the programs of docs/TILL.md beside it.
@Suite struct TillCommandTests {
  /// The block of the page that contains a text.
  private func block(containing part: String) throws -> String {
    let page = try String(contentsOf: Project.file("docs/TILL.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    let block = try #require(blocks.first { $0.contains(part) })
    return block.drop { $0 != "\n" }.dropFirst() + "\n"
  }

  private static let opening = TranscriptTests.opening.replacingOccurrences(of: "bakery", with: "boulangerie")

  @Test(
    "a till is set up as the page says, sells, refunds, is closed and revoked; a second one with the file")
  func day() throws {
    let folder = try TemporaryFolder()
    let program = URL(fileURLWithPath: folder.file("till.py"))
    try Data(try block(containing: "urllib.request").utf8).write(to: program)
    let script =
      TillCommandTests.opening
        + """
        carnet serve --listen 127.0.0.1:18396 2>serve.log & server=$!
        for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done

        """ + (try block(containing: "carnet till add"))
        + """
        stat -c 'mode %a' comptoir.token l.service
        python3 till.py http://127.0.0.1:18396 comptoir.token 1250 MEL T-1042 > out & till=$!
        for try in $(seq 100); do [ -s out ] && break; sleep 0.1; done
        carnet pay $(head -1 out) --as alice --yes
        wait $till && tail -1 out
        carnet refund 7 2,50 --reason tiède --as boulangerie --yes
        carnet till report comptoir --as boulangerie
        carnet till close comptoir --as boulangerie
        carnet till closes comptoir --csv --as boulangerie
        carnet till revoke comptoir --as boulangerie
        python3 till.py http://127.0.0.1:18396 comptoir.token 1250 MEL T-1043 || echo "refused $?"
        carnet till list --as boulangerie
        carnet till report elsewhere --as boulangerie || echo "elsewhere $?"
        kill -TERM $server; wait $server
        carnet till add marche --as boulangerie | grep -c carnet-till-
        carnet till close marche --json --as boulangerie | grep '"number"'
        carnet audit
        """
    let (status, output, errors) = try Shell.run(script, in: folder)
    #expect(status == 0, "\(errors)\(output)")
    for part in [
      "comptoir", "works", "mode 600\nmode 600\n", "paid 12.50 MEL to", "\npaid\n", "1 sales  12.50 MEL",
      "1 refunds  2.50 MEL", "close (Z) 1,", ",Europe/Paris,", ",sale,MEL,1,12.50,7,8,",
      "till comptoir is ended",
      "refused 1", "ended", "elsewhere 66", "\"number\": 1", "all is well",
    ] { #expect(output.contains(part), "\(part): \(output)\(errors)") }
  }

  @Test("after a lost answer the same command gives the close that was made, and the next one a new close")
  func lostClose() throws {
    let proxy = Project.file("Tests/Interop/lossy_proxy.py").path
    let script =
      TillCommandTests.opening
        + """
        carnet serve --listen 127.0.0.1:18427 --host 127.0.0.1:18428 2>serve.log & server=$!
        python3 "\(proxy)" 18428 18427 & lossy=$!
        for try in $(seq 100); do grep -q serving serve.log && (exec 3<>/dev/tcp/127.0.0.1/18428) 2>/dev/null && break; sleep 0.1; done
        carnet till add comptoir --as boulangerie >/dev/null
        carnet till close comptoir --as boulangerie --ledger http://127.0.0.1:18428 || echo "lost $?"
        carnet till close comptoir --as boulangerie --json --ledger http://127.0.0.1:18428 || echo "lost $?"
        kill -9 $server; wait $server || true
        carnet serve --listen 127.0.0.1:18427 2>serve.log & server=$!
        for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done
        carnet till close comptoir --as boulangerie --json | grep '"number"'
        carnet till close comptoir --as boulangerie --json | grep '"number"'
        carnet till closes comptoir --as boulangerie --json | grep -c '"hash"'
        kill $lossy; kill -TERM $server; wait $server
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.components(separatedBy: "lost 75").count == 3, "\(output)\(errors)")
    #expect(output.contains("\"number\": 1,") && output.contains("\"number\": 2,"), "\(output)")
    #expect(output.hasSuffix("2\n"), "\(output)")
    #expect(errors.components(separatedBy: "whose answer did not come before").count == 2, "\(errors)")
  }
}
