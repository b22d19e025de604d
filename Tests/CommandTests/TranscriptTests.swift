import Foundation
import Support
import Testing

/// The real command: arguments in, output and status out.
@Suite struct TranscriptTests {
  /// A place with Marie, Alice (100 MEL) and a bakery.
  static let opening = """
    export CARNET_LEDGER=l
    carnet init --origin mel.example/lille --name Mel --officer marie --no-passphrase >/dev/null
    carnet currency add MEL --kind backed --scale 2 --name Mel >/dev/null
    for name in alice bakery; do
      key=$(carnet key new $name --no-passphrase)
      kind=person; [ $name = bakery ] && kind=business
      carnet member add $name --kind $kind --key "$key" --as marie >/dev/null
    done
    carnet change alice 100 MEL --reference R1 --as marie >/dev/null

    """

  struct Case: Sendable, CustomTestStringConvertible {
    let script: String
    let status: Int32
    /// A part of standard error, or of standard output where it went well.
    let says: String

    var testDescription: String { script }
  }

  static let cases = [
    Case(script: "carnet pay bakery 12,50 --as alice --yes", status: 0, says: "paid 12.50 MEL to"),
    Case(script: "carnet --lang fr pay bakery 1 --as alice --yes", status: 0, says: "payé\u{A0}: 1,00 MEL à"),
    Case(
      script: "carnet pay bakery 1.234 --as alice --yes", status: 65, says: "could be thousands or a fraction"
    ),
    Case(script: "carnet pay bakery 1000 --as alice --yes", status: 3, says: "not enough"),
    Case(
      script: "carnet pay nobody 1 --as alice --yes", status: 66, says: "nobody here is called \"nobody\""),
    Case(script: "carnet pay alice 1 --as alice --yes", status: 3, says: "both sides are the same account"),
    Case(script: "carnet pay bakery 1 --as alice --no-input", status: 2, says: "there is nobody to ask"),
    Case(
      script: "carnet change alice 5 MEL --reference R1 --as marie", status: 3,
      says: "already used for a change"),
    Case(script: "carnet change alice 5 MEL --reference R2 --as alice", status: 4, says: "right role"),
    Case(script: "carnet balance --as nobody", status: 4, says: "no key here"),
    Case(script: "carnet balance", status: 64, says: "more than one of your keys"),
    Case(script: "carnet balance alice --ledger nowhere", status: 66, says: "no ledger at this place"),
    Case(script: "carnet balance alice --ledger http://127.0.0.1:9", status: 69, says: "cannot be reached"),
    Case(
      script: "carnet balance alice --ledger http://example.org", status: 64, says: "for this machine only"),
    Case(script: "carnet balance alice --at 4", status: 0, says: "100.00 MEL"),
    Case(script: "carnet balance alice --at 3", status: 0, says: "0.00 MEL"),
    Case(
      script: "carnet init --origin a.b/c --name X --officer yves --no-passphrase", status: 3, says: "already"
    ),
    Case(script: "rm l.key; carnet pay bakery 1 --as alice --yes", status: 4, says: "FILE.key is missing"),
    Case(script: "chmod 644 l.key; carnet pay bakery 1 --as alice --yes", status: 4, says: "others may read"),
    Case(script: "rm l.head; carnet pay bakery 1 --as alice --yes", status: 65, says: "FILE.head is missing"),
    Case(script: "echo hello > l; carnet balance alice", status: 65, says: "not a ledger"),
    Case(
      script: "chmod 644 .local/share/carnet/keys/alice.key; carnet pay bakery 1 --as alice --yes", status: 4,
      says: "others may read"),
    Case(
      script: "carnet member suspend alice --as marie; carnet pay bakery 1 --as alice --yes", status: 3,
      says: "may neither pay nor receive"),
    Case(
      script: "carnet backup copy; carnet audit --ledger copy; carnet restore copy --to back --drill",
      status: 0, says: "the copy would do: 5 records"),
    Case(script: "carnet audit -q", status: 0, says: ""),
    Case(script: "carnet pya", status: 64, says: "did you mean: carnet pay"),
    Case(script: "carnet refund 4 --reason non --as alice --yes", status: 4, says: "right role"),
    Case(
      script:
        "carnet pay bakery 5 --as alice --yes && carnet refund 5 --as bakery --yes || carnet refund 5 --reason ' ' --as bakery --no-input",
      status: 64, says: "--reason is missing"),
    Case(
      script:
        "carnet pay bakery 5 --as alice --yes && carnet refund 5 --reason $(printf 'a%.0s' $(seq 1025)) --as bakery --yes",
      status: 65, says: "the value of --reason is not allowed"),
    Case(
      script:
        "carnet pay bakery 5 --as alice --yes && carnet refund 5 --reason $(printf 'a%.0s' $(seq 1024)) --as bakery --yes",
      status: 0, says: "given back: 5.00 MEL"),
    Case(
      script:
        "carnet pay bakery 5 --as alice --yes && carnet refund 5 2 --reason rendu --as bakery --yes && carnet balance alice",
      status: 0, says: "97.00 MEL"),
    Case(
      script:
        "carnet setting set reconversion-fee 500 --as marie && sleep 6 && carnet pay bakery 50 --as alice --yes && carnet member accredit bakery yes --as marie && carnet reconvert 20 MEL --as bakery --draft d && carnet note sign d --as marie --yes && carnet note send d && carnet balance fees",
      status: 0, says: "1.00 EUR"),
    Case(
      script:
        "echo secret > p; k=$(carnet key new carol --passphrase-file p); carnet member add carol --kind person --key $k --as marie; carnet balance --as carol --passphrase-file p",
      status: 0, says: "0.00 MEL"),
    Case(
      script:
        "echo secret > p; carnet key new carol --passphrase-file p; echo wrong > p; carnet key words carol --passphrase-file p",
      status: 4, says: "the passphrase is wrong"),
    Case(
      script:
        "k=$(carnet key list | grep alice); carnet key words alice 2> w; sed -E 's/[0-9]+//g' -i w; rm .local/share/carnet/keys/alice.key; carnet key restore alice --no-passphrase --words-file w; [ \"$k\" = \"$(carnet key list | grep alice)\" ] && echo same",
      status: 0, says: "same"),
    Case(
      script:
        "carnet pay bakery 1 --as alice --yes; sed -i -E 's/: \"[0-9A-Z]{10}\"/: \"7Q4M2K9XA5\"/' .local/share/carnet/ledgers/*/names.json; carnet pay bakery 1 --as alice --yes",
      status: 65, says: "was 7Q4M2K9XA5 "),
    Case(script: "carnet checkpoint --json | head -1", status: 0, says: "{"),
    Case(
      script:
        "carnet checkpoint > c; carnet init --ledger n --origin mel.example/lille2 --name Mel --officer yves --no-passphrase --previous c && carnet audit --ledger n && carnet init --ledger m --origin a.b/c --name Mel --officer yves --previous l.key",
      status: 65, says: "neither a checkpoint nor a receipt"),
    Case(script: "carnet help restore", status: 0, says: "carnet init --previous CHECKPOINTFILE"),
    Case(
      script: "carnet place show; carnet currency list; carnet member show alice", status: 0,
      says: "mel.example/lille"),
  ]

  @Test("what is typed, what is said, how it ends", arguments: cases)
  func transcript(_ one: Case) throws {
    let folder = try TemporaryFolder()
    let (status, output, errors) = try Shell.run(TranscriptTests.opening + one.script, in: folder)
    #expect(status == one.status, "\(errors)\(output)")
    #expect((one.status == 0 ? output : errors).contains(one.says) || one.says.isEmpty, "\(errors)\(output)")
  }

  @Test("over an address everything is as with the file, and SIGTERM ends it well")
  func served() throws {
    let script =
      TranscriptTests.opening + """
        carnet serve --listen 127.0.0.1:18390 2>serve.log &
        for try in $(seq 50); do grep -q serving serve.log && break; sleep 0.1; done
        export CARNET_LEDGER=http://127.0.0.1:18390
        carnet pay bakery 12,50 --as alice --yes
        carnet balance --as alice
        carnet statement --as alice
        carnet member list --as marie
        carnet balance alice --ledger l
        kill -TERM $!; wait $!
        carnet audit --ledger l
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)")
    #expect(output.contains("paid 12.50 MEL to"))
    #expect(output.components(separatedBy: "87.50 MEL").count >= 4)
    #expect(output.contains("all is well: 6 records"))
  }

  @Test("JSON is the same on every run, and errors are problem objects")
  func json() throws {
    let script =
      TranscriptTests.opening + """
        carnet balance alice --json
        carnet pay bakery 1000 --as alice --yes --json || true
        carnet receipt list --as marie --json | head -c 1
        """
    let (_, output, errors) = try Shell.run(script)
    #expect(output.contains("\"balance\": 10000"))
    #expect(errors.contains("\"code\":\"insufficient-funds\""))
    #expect(output.hasSuffix("["))
  }

  @Test("after a lost answer the same command pays once, says so, and pays again only when told")
  func lostAnswer() throws {
    let proxy = Project.file("Tests/Interop/lossy_proxy.py").path
    let script =
      TranscriptTests.opening + """
        carnet serve --listen 127.0.0.1:18391 --host 127.0.0.1:18392 2>serve.log &
        python3 "\(proxy)" 18392 18391 &
        for try in $(seq 50); do grep -q serving serve.log && (exec 3<>/dev/tcp/127.0.0.1/18392) 2>/dev/null && break; sleep 0.1; done
        lossy=http://127.0.0.1:18392
        carnet pay bakery 10 --as alice --yes --ledger $lossy || echo "status $?"
        carnet pay bakery 10 --as alice --yes
        carnet balance alice
        carnet pay bakery 10 --as alice --yes --ledger $lossy || echo "status $?"
        carnet pay bakery 10 --as alice --yes --again
        carnet balance alice
        carnet pay bakery 10 --as alice --yes --ledger $lossy || echo "status $?"
        carnet pay bakery 10 --as alice --yes --cancel || echo "status $?"
        carnet balance alice
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)")
    let balances = output.split(separator: "\n").filter { $0.hasPrefix("alice") }.map {
      $0.split(separator: " ")[1]
    }
    #expect(balances == ["90.00", "70.00", "60.00"], "\(output)\(errors)")
    #expect(output.components(separatedBy: "status 75").count == 4)
    #expect(output.contains("this payment went through already"))
    // Too late to take back: the note was recorded, and the command says so.
    #expect(output.contains("status 3"))
    #expect(errors.contains("waiting note"))
  }
}
