import CarnetLedger
import Foundation
import Support
import Testing

@testable import carnet

/// Cheques with the real command: written and read without a network, cashed at a served ledger.
@Suite struct ChequeCommandTests {
  /// A place, and three homes: the officer's, Alice's with 100 MEL, the bakery's. Alice has seen the place and the bakery.
  private static let opening = """
    export CARNET_LEDGER=$PWD/l CARNET_HOME=$PWD/office
    carnet init --origin mel.example/lille --name Mel --officer marie --no-passphrase >/dev/null
    carnet currency add MEL --kind backed --scale 2 --name Mel >/dev/null
    a=$(CARNET_HOME=$PWD/alice carnet key new alice --no-passphrase)
    b=$(CARNET_HOME=$PWD/bakery carnet key new bakery --no-passphrase)
    carnet member add alice --kind person --name "Alice Durand" --key "$a" --as marie >/dev/null
    carnet member add bakery --kind business --name "Boulangerie Martin" --key "$b" --as marie >/dev/null
    carnet change alice 100 MEL --reference R1 --as marie >/dev/null
    alice() { CARNET_HOME=$PWD/alice carnet "$@"; }
    bakery() { CARNET_HOME=$PWD/bakery carnet "$@"; }
    offline() { env -u CARNET_LEDGER CARNET_HOME=$PWD/alice carnet "$@"; }
    alice pay bakery 1 --yes >/dev/null

    """

  @Test("without a network nothing is asked: written, shown and listed beside an address that would tell")
  func offline() throws {
    let script =
      ChequeCommandTests.opening + """
        export CARNET_HOME=$PWD/alice
        carnet balance >/dev/null
        # The same place by an address whose every connection leaves a mark.
        sed -i 's|"reached": \\[|"reached": ["http://127.0.0.1:18421",|' alice/ledgers/*/place.json
        python3 -c 'import socket
        s = socket.create_server(("127.0.0.1", 18421))
        open("ready", "w").close()
        s.accept(); open("touched", "w").close()' & listener=$!
        for try in $(seq 100); do [ -e ready ] && break; sleep 0.1; done
        export CARNET_LEDGER=http://127.0.0.1:18421
        mv l gone
        carnet cheque write bakery 12,50 --memo "pain d'épices" --out c.txt --print c.html --qr --yes
        stat -c 'mode %a' c.txt
        carnet cheque write 9H5N1R7VEZ 3 --yes > second 2>words; cat words
        carnet cheque show second
        carnet cheque show - < c.txt
        id=$(carnet cheque show c.txt --json | grep '"id"' | cut -d'"' -f4)
        carnet cheque show ${id:0:8} --json
        carnet --lang fr cheque show c.txt
        carnet cheque list
        carnet cheque write bakery 1 --no-input || echo "unasked $?"
        [ -e touched ] || echo untouched
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    for part in [
      "cheque: not yet paid", "12.50 MEL", "Boulangerie Martin (", "pain d'épices", "█", "mode 600",
      "not known without the ledger", "9H5N1R7VEZ (name not known here)", "\"state\": \"not-yet-paid\"",
      "\"key_known\": true", "\"checked\": false", "pas encore payé", "unasked 2", "untouched",
    ] { #expect(output.contains(part), "\(part): \(output)\(errors)") }
    #expect(output.contains("3.00 MEL"))
  }

  private static func serving(_ port: Int) -> String {
    """
    start() {
      carnet serve --ledger $PWD/l --listen 127.0.0.1:\(port) 2>serve.log & server=$!
      for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done
    }
    start
    export CARNET_LEDGER=http://127.0.0.1:\(port)
    id() { bakery cheque show $1 --json | grep '"id"' | cut -d'"' -f4; }

    """
  }

  @Test("from the pen to the receipt: scanned from paper, cashed once, refused for funds, expired")
  func served() throws {
    let scanner = Project.file("Tests/Interop/scan_page.py").path
    let written = """
      offline cheque write bakery 12,50 --memo "pain d'épices" --out c.txt --print c.html --yes >/dev/null
      offline cheque write bakery 500 --yes > much.txt 2>/dev/null
      offline cheque write bakery 2 --expires 1s --yes > late.txt 2>/dev/null
      bakery cheque show c.txt --json | grep key_known

      """
    let script =
      ChequeCommandTests.opening + written + ChequeCommandTests.serving(18_422) + """
        bakery cheque show c.txt --check
        python3 "\(scanner)" c.html | bakery cheque cash -
        bakery cheque cash c.txt
        kill -9 $server; wait $server || true
        start
        sed 's/$/\\r/' c.txt | bakery cheque cash - --json | grep repeated
        bakery cheque cash much.txt || echo "much $?"
        sleep 1.1
        bakery cheque cash late.txt || echo "late $?"
        carnet change alice 500 MEL --reference R2 --as marie >/dev/null
        bakery cheque cash much.txt
        bakery receipt verify bakery/ledgers/*/receipts/$(id c.txt).txt
        alice --lang fr statement; bakery --lang fr statement
        kill -TERM $server; wait $server
        carnet audit --ledger l
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    for part in [
      "\"key_known\": false", "the ledger says: not recorded and not taken back",
      "by the record that enrolled it", "cashed: 12.50 MEL from Alice Durand",
      "already done: this cheque was cashed before", "\"repeated\": true", "much 3", "late 3",
      "cashed: 500.00 MEL", "by a cheque that was cashed on", "payé par chèque", "reçu par chèque",
      "all is well: 9 records",
    ] { #expect(output.contains(part), "\(part): \(output)\(errors)") }
    #expect(errors.contains("the cheque stays good until"))
  }

  @Test("the writer alone takes a cheque back, once; after it was cashed it is too late")
  func voided() throws {
    let script =
      ChequeCommandTests.opening + """
        for name in void cashed; do offline cheque write bakery 7 --yes > $name.txt 2>/dev/null; done

        """ + ChequeCommandTests.serving(18_426) + """
        bakery cheque cash cashed.txt >/dev/null
        bakery cheque void void.txt --yes || echo "not mine $?"
        alice cheque void void.txt --no-input || echo "unasked $?"
        alice cheque list
        alice cheque void $(id void.txt) --yes
        alice cheque void void.txt --yes
        alice cheque void cashed.txt --yes || echo "too late $?"
        bakery cheque cash void.txt || echo "void $?"
        bakery cheque show void.txt --json | grep state
        alice cheque list
        alice cheque list --check
        kill -TERM $server; wait $server
        carnet audit --ledger l
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    for part in [
      "not mine 4", "unasked 2", "taken back: the ledger will never", "already done: the cheque",
      "too late 3", "void 3", "\"state\": \"void\"", "all is well: 8 records",
    ] { #expect(output.contains(part), "\(part): \(output)\(errors)") }
    #expect(errors.contains("too late: the note is record"))
    // Of what was cashed elsewhere a wallet learns by asking: here when it was too late to take it back.
    #expect(output.components(separatedBy: "  cashed  ").count == 3, "\(output)")
    #expect(output.components(separatedBy: "  not yet paid  ").count == 3, "\(output)")
  }

  @Test("after a lost answer the same command finds the same record, and a void the same void")
  func lostAnswer() throws {
    let proxy = Project.file("Tests/Interop/lossy_proxy.py").path
    let script =
      ChequeCommandTests.opening + """
        offline cheque write bakery 10 --yes > c.txt 2>/dev/null
        offline cheque write bakery 20 --yes > void.txt 2>/dev/null
        carnet serve --listen 127.0.0.1:18423 --host 127.0.0.1:18424 2>serve.log & server=$!
        python3 "\(proxy)" 18424 18423 & lossy=$!
        for try in $(seq 100); do grep -q serving serve.log && (exec 3<>/dev/tcp/127.0.0.1/18424) 2>/dev/null && break; sleep 0.1; done
        bakery cheque cash c.txt --ledger http://127.0.0.1:18424 || echo "status $?"
        bakery cheque cash c.txt --ledger http://127.0.0.1:18423
        alice cheque void void.txt --yes --ledger http://127.0.0.1:18424 || echo "void status $?"
        alice cheque void void.txt --yes --ledger http://127.0.0.1:18423
        bakery cheque cash c.txt --ledger http://127.0.0.1:9 || echo "unreachable $?"
        kill $lossy; kill -TERM $server; wait $server
        carnet audit
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("status 75") && output.contains("already done: this cheque was cashed before"))
    #expect(output.contains("void status 75") && output.contains("was taken back before"))
    #expect(output.contains("unreachable 69") && output.contains("all is well: 8 records"), "\(output)")
  }

  @Test("a program in another language, written from docs/CHEQUES.md, cashes cheques with and without a memo")
  func otherProgram() throws {
    let program = Project.file("Tests/Interop/cash.py").path
    let script =
      ChequeCommandTests.opening + """
        offline cheque write bakery 10 --yes > c.txt 2>/dev/null
        offline cheque write bakery 5 --memo "pain d'épices" --yes > m.txt 2>/dev/null

        """ + ChequeCommandTests.serving(18_429) + """
        for file in c.txt m.txt m.txt; do python3 "\(program)" $file $CARNET_LEDGER; done
        bakery cheque cash c.txt
        bakery statement
        kill -TERM $server; wait $server
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.hasPrefix("201 6\n201 7\n200 7\nalready done"), "\(output)")
    #expect(output.contains("pain d'épices"))
  }

  @Test("two hand in the same cheque at once: one record, both are told it is done")
  func twice() throws {
    let script =
      ChequeCommandTests.opening + """
        offline cheque write bakery 10 --yes > c.txt 2>/dev/null
        carnet serve --listen 127.0.0.1:18425 2>serve.log & server=$!
        for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done
        for number in 1 2 3 4; do
          CARNET_HOME=$PWD/home$number carnet cheque cash c.txt --ledger http://127.0.0.1:18425 --json >out$number & jobs="${jobs:-} $!"
        done
        for job in $jobs; do wait $job; done
        cat out*
        kill -TERM $server; wait $server
        bakery balance
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.components(separatedBy: "\"repeated\": false").count == 2, "\(output)")
    #expect(output.components(separatedBy: "\"number\": 6").count == 5, "\(output)")
    #expect(output.contains("11.00 MEL"))
  }

  static let cases = [
    TranscriptTests.Case(
      script: "env -u CARNET_LEDGER CARNET_HOME=$PWD/office carnet cheque write bakery 1 --as nobody --yes",
      status: 4, says: "no key here"),
    TranscriptTests.Case(
      script: "bakery cheque write 9H5N1R7VEZ 1 --yes", status: 66, says: "never seen that place"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --ledger http://127.0.0.1:9", status: 66,
      says: "places known here: mel.example/lille"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --ledger http://127.0.0.1:9 --place mel.example/lille",
      status: 0, says: "carnet-cheque/v1"),
    TranscriptTests.Case(
      script: "alice cheque write nobody 1 --yes", status: 66, says: "never seen \"nobody\""),
    TranscriptTests.Case(
      script: "alice cheque write 9H5N1R7VE0 1 --yes", status: 65, says: "neither a number"),
    TranscriptTests.Case(script: "alice cheque write bakery 0 --yes", status: 65, says: "0"),
    TranscriptTests.Case(script: "alice cheque write bakery 1 EUR --yes", status: 65, says: "EUR"),
    TranscriptTests.Case(
      script:
        "n=$(alice cheque write bakery 1 --yes --json 2>/dev/null | grep '\"from\"' | cut -d'\"' -f4); alice cheque write $n 1 --yes",
      status: 3, says: "both sides are the same account"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --expires 90d >c; alice cheque show c", status: 0,
      says: "not yet paid"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --expires 90d >c; bakery cheque cash c", status: 0,
      says: "cashed: 1.00 MEL"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --expires 91d", status: 65, says: "at most 90d"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --memo $(printf 'x%.0s' $(seq 200))", status: 0,
      says: "text eHh4"),
    TranscriptTests.Case(
      script: "alice cheque write bakery 1 --yes --memo $(printf 'x%.0s' $(seq 201))", status: 65,
      says: "the memo has 201 bytes, at most 200"),
    TranscriptTests.Case(
      script:
        "alice cheque write bakery 5 --yes 2>/dev/null | sed 's/amount 500/amount 501/' | alice cheque show -",
      status: 65, says: "a signature is missing or does not fit"),
    TranscriptTests.Case(
      script:
        "alice cheque write bakery 5 --yes 2>/dev/null | sed 's/amount 500/amount 501/' | bakery cheque cash -",
      status: 65, says: "a signature is missing or does not fit"),
    TranscriptTests.Case(script: "alice cheque show nothing", status: 66, says: "no file is called"),
    TranscriptTests.Case(script: "alice cheque show l", status: 65, says: "no cheque that can be trusted"),
    TranscriptTests.Case(
      script: "head -c 5000 /dev/zero | alice cheque cash -", status: 65, says: "longer than"),
    TranscriptTests.Case(
      script:
        "carnet init --ledger $PWD/other --origin a.b/c --name Other --officer yves --no-passphrase >/dev/null; alice cheque write bakery 5 --yes >c 2>/dev/null; bakery cheque cash c --ledger $PWD/other",
      status: 65, says: "the cheque is for mel.example/lille, this ledger is a.b/c"),
    TranscriptTests.Case(
      script:
        "alice cheque write bakery 5 --yes >c 2>/dev/null; carnet cheque cash c",
      status: 0, says: "cashed: 5.00 MEL"),
    TranscriptTests.Case(script: "bakery cheque list", status: 0, says: "no cheques"),
    TranscriptTests.Case(script: "bakery cheque list --json", status: 0, says: "\"cheques\": []"),
  ]

  @Test("what is typed, what is said, how it ends", arguments: cases)
  func transcript(_ one: TranscriptTests.Case) throws {
    let (status, output, errors) = try Shell.run(ChequeCommandTests.opening + one.script)
    #expect(status == one.status, "\(errors)\(output)")
    #expect((one.status == 0 ? output : errors).contains(one.says), "\(errors)\(output)")
  }
}
