import CarnetLedger
import Foundation
import Support
import Testing

@testable import carnet

/// Asking and paying with the real command, through a served ledger and with the file.
@Suite struct RequestCommandTests {
  private static func serving(_ port: Int, _ options: String = "") -> String {
    """
    export CARNET_LEDGER=l
    start() {
      carnet serve --listen 127.0.0.1:\(port) \(options) 2>serve.log & server=$!
      for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done
    }
    start

    """
  }

  @Test("through a server: asked, shown, paid, and paid only once; the server is killed in between")
  func served() throws {
    let script =
      TranscriptTests.opening + RequestCommandTests.serving(18_393, "--public-url https://mel.example/caisse")
        + """
        carnet request new 12,50 --reference T-1042 --as bakery | tee new
        code=$(head -1 new | cut -d' ' -f1)
        kill -9 $server; wait $server || true
        start
        carnet request show $code --qr
        carnet pay $code 12,50 --as alice --yes || echo "status $?"
        carnet pay $code --as bakery --yes || echo "own status $?"
        carnet pay $code --as alice --yes
        carnet pay $(echo $code | tr A-Z a-z | tr -d -) --as alice --yes
        rm -r .local/share/carnet/ledgers/*/receipts
        carnet pay $code --as alice --yes || echo "paid status $?"
        carnet request list --as bakery
        carnet balance alice
        kill -TERM $server; wait $server
        carnet audit
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("https://mel.example/caisse/p/"))
    #expect(output.contains("12.50 MEL to") && output.contains("█▀"))
    #expect(output.contains("status 64") && output.contains("own status 3"))
    #expect(output.contains("paid 12.50 MEL to") && output.contains("you paid this request already"))
    #expect(output.contains("paid status 3"))
    #expect(errors.contains("already paid"))
    #expect(output.contains("T-1042") && output.contains("87.50 MEL"))
    #expect(output.contains("all is well: 7 records"))
  }

  @Test("who waits for the payment is told, and who waits for a cancelled one too")
  func waits() throws {
    let script =
      TranscriptTests.opening + RequestCommandTests.serving(18_394) + """
        carnet request new 3 --wait --as bakery >waiting & waiter=$!
        for try in $(seq 100); do grep -q carnet/p/ waiting || grep -q /p/ waiting && break; sleep 0.1; done
        carnet pay $(head -1 waiting | cut -d' ' -f1) --as alice --yes
        wait $waiter && echo "waited $?"; tail -1 waiting
        carnet request new 2 --wait --json --as bakery >waiting 2>code & waiter=$!
        for try in $(seq 100); do grep -q - code && break; sleep 0.1; done
        carnet pay $(cat code) --as alice --yes
        wait $waiter; cat waiting
        carnet request new 4 --wait --as bakery >waiting & waiter=$!
        for try in $(seq 100); do grep -q /p/ waiting && break; sleep 0.1; done
        code=$(head -1 waiting | cut -d' ' -f1)
        carnet request cancel $code --as bakery
        wait $waiter || echo "waited $?"
        carnet pay $code --as alice --yes || echo "status $?"
        kill -TERM $server; wait $server
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("waited 0") && output.contains("paid: 3.00 MEL"))
    #expect(output.contains("\n{") && output.contains("\"state\": \"paid\""))
    #expect(output.contains("is cancelled") && output.contains("waited 3") && output.contains("status 3"))
    #expect(errors.contains("the payment request was cancelled"))
  }

  @Test("after a lost answer the same command pays once and says so")
  func lostAnswer() throws {
    let proxy = Project.file("Tests/Interop/lossy_proxy.py").path
    let script =
      TranscriptTests.opening + RequestCommandTests.serving(18_395, "--host 127.0.0.1:18396") + """
        python3 "\(proxy)" 18396 18395 & lossy=$!
        for try in $(seq 50); do (exec 3<>/dev/tcp/127.0.0.1/18396) 2>/dev/null && break; sleep 0.1; done
        code=$(carnet request new 10 --as bakery | head -1 | cut -d' ' -f1)
        carnet pay $code --as alice --yes --ledger http://127.0.0.1:18396 || echo "status $?"
        carnet pay $code --as alice --yes
        carnet balance alice
        kill $lossy; kill -TERM $server; wait $server
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("status 75"))
    #expect(output.contains("this payment went through already") && errors.contains("waiting note"))
    #expect(output.contains("90.00 MEL"))
  }

  static let cases = [
    TranscriptTests.Case(
      script:
        "c=$(carnet request new 5 --as bakery | head -1 | cut -d' ' -f1); carnet pay $c --as alice --yes",
      status: 0, says: "paid 5.00 MEL to"),
    TranscriptTests.Case(
      script:
        "c=$(carnet request new 5 --expires 1s --as bakery | head -1 | cut -d' ' -f1); sleep 2.1; carnet pay $c --as alice --yes",
      status: 3, says: "has expired"),
    TranscriptTests.Case(
      script:
        "c=$(carnet request new 500 --as bakery | head -1 | cut -d' ' -f1); carnet pay $c --as alice --yes",
      status: 3, says: "not enough"),
    TranscriptTests.Case(
      script: "carnet pay 0000-000A --as alice --yes", status: 66, says: "no such payment request"),
    TranscriptTests.Case(
      script: "carnet request show 12-34", status: 65, says: "not the code of a payment request"),
    TranscriptTests.Case(script: "carnet request new 5 --as alice", status: 4, says: "right role"),
    TranscriptTests.Case(
      script: "carnet request new 5 --expires 8d --as bakery", status: 65, says: "--expires"),
    TranscriptTests.Case(script: "carnet request new 5 --wait --as bakery", status: 64, says: "--wait needs"),
    TranscriptTests.Case(script: "carnet request list --as bakery", status: 0, says: "no payment requests"),
    TranscriptTests.Case(script: "carnet pay bakery --as alice --yes", status: 64, says: "AMOUNT"),
    TranscriptTests.Case(
      script:
        "c=$(carnet request new 5 --as bakery | head -1 | cut -d' ' -f1); carnet request cancel $c --as bakery && carnet request show $c",
      status: 0, says: "cancelled"),
    TranscriptTests.Case(
      script:
        "c=$(carnet request new 5 --as bakery | head -1 | cut -d' ' -f1); carnet --lang fr request show $c --json",
      status: 0, says: "\"state\": \"open\""),
  ]

  @Test("what is typed, what is said, how it ends, with the file alone", arguments: cases)
  func transcript(_ one: TranscriptTests.Case) throws {
    let (status, output, errors) = try Shell.run(TranscriptTests.opening + one.script)
    #expect(status == one.status, "\(errors)\(output)")
    #expect((one.status == 0 ? output : errors).contains(one.says), "\(errors)\(output)")
  }

  @Test(
    "a span of time is a number and its unit, up to a limit",
    arguments: [
      ("1s", 1), ("90s", 90), ("15m", 900), ("2h", 7_200), ("7d", 604_800), ("1j", 86_400),
      ("604800s", 604_800),
      ("604801s", nil), ("8d", nil), ("0s", nil), ("", nil), ("m", nil), ("15", nil), ("-5m", nil),
      ("+5m", nil),
      ("1.5h", nil), ("5 m", nil), ("99999999d", nil), ("5w", nil),
    ] as [(String, Int64?)])
  func durations(_ text: String, _ seconds: Int64?) {
    #expect(DurationText.seconds(text, atMost: 604_800) == seconds)
  }
}
