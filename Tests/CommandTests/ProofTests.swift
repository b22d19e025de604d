import Foundation
import Support
import Testing

/// Receipts, witnesses, closings and contradictions, as people meet them.
@Suite struct ProofTests {
  static let checker = Project.file("Tests/Interop/check.py").path

  /// A place with Marie, Alice (100 MEL) and a bakery, served wherever `serve PORT FILE` says.
  static let opening =
    TranscriptTests.opening + """
      await() { for try in $(seq 100); do grep -q "http://" "$1" && return; sleep 0.1; done; cat "$1" >&2; return 1; }
      serve() { carnet serve --ledger "$2" --listen 127.0.0.1:$1 2>serve.$1.log & server=$!; await serve.$1.log; }
      halt() { kill -TERM $server; wait $server; }
      key=$(carnet place key)

      """

  private func shell(_ page: String) throws -> String {
    let text = try String(contentsOf: Project.file(page), encoding: .utf8)
    return text.components(separatedBy: "```sh\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
      .joined(separator: "\n")
  }

  @Test("the commands of docs/VERIFY.md check a receipt as they stand, and stop at each thing that is wrong")
  func verifyPage() throws {
    let page = try shell("docs/VERIFY.md")
    let script =
      ProofTests.opening + """
        for amount in 1 2 3 4 5 6 7; do carnet pay bakery $amount --as alice --yes >/dev/null; done
        carnet receipt show 9 --as alice --out recu.txt 2>/dev/null
        export VKEY=$key
        cat > page.sh <<'END'
        \(page)
        END
        sh page.sh
        right() { sh page.sh >/dev/null 2>&1; }
        cp recu.txt kept.txt
        # Of the signature a character is changed that no padding swallows.
        for change in 's/^index 9/index 8/' '5s/^./X/' '2s/MTAw/MTAx/' '$s/\\(lille .\\{12\\}\\)A/\\1B/;t;$s/\\(lille .\\{12\\}\\)./\\1A/' '2s/cG9zdC/cG9zdD/'; do
          sed "$change" kept.txt > recu.txt
          cmp -s recu.txt kept.txt && continue
          right && { echo "passed: $change"; exit 1; }
        done
        cp kept.txt recu.txt
        VKEY=$(carnet witness init other.example --dir w) right && exit 1
        right && echo "still right"
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.components(separatedBy: "Signature Verified Successfully").count == 3)
    #expect(output.contains("the record is number 9 of the first") && output.hasSuffix("still right\n"))
  }

  @Test(
    "two witnesses cosign, receipts carry it, another program agrees, and an older backup goes no further")
  func witnesses() throws {
    let script =
      ProofTests.opening + """
        for w in 1 2; do
          carnet witness init w$w.example --dir w$w > w$w.key
          carnet witness trust "$key" --dir w$w 2>/dev/null
          carnet witness serve --dir w$w --listen 127.0.0.1:1840$w 2>w$w.log & await w$w.log
          carnet witness add w$w http://127.0.0.1:1840$w "$(cat w$w.key)"
        done
        carnet policy quorum 2
        carnet policy show > policy
        carnet backup old >/dev/null
        cp l.head old.head; cp l.key old.key; cp l.policy old.policy
        serve 18400 l
        at="--ledger http://127.0.0.1:18400"
        carnet pay bakery 5 --as alice --yes $at >/dev/null
        for try in $(seq 50); do
          carnet receipt show 5 --as alice --out r --with-keys $at 2>/dev/null
          grep -q w2.example r && break; sleep 0.1
        done
        carnet receipt verify r --policy policy --keys r.key-1
        python3 "\(ProofTests.checker)" receipt r "$key" "$(cat w1.key)" "$(cat w2.key)"
        STEP=23 python3 "\(ProofTests.checker)" altered receipt r "$key" "$(cat w1.key)" "$(cat w2.key)"
        python3 "\(ProofTests.checker)" tiles http://127.0.0.1:18400 "$key"
        halt
        carnet audit --since r -q && echo audited
        carnet serve --ledger old --listen 127.0.0.1:18400 || echo "status $?"
        carnet pay bakery 1 --as alice --yes --ledger old || echo "status $?"
        carnet audit --ledger old --since r || echo "status $?"
        carnet witness ask || echo "status $?"
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("cosigned by w1.example, w2.example"))
    #expect(output.components(separatedBy: "holds\n").count == 4)
    #expect(output.contains("audited") && output.components(separatedBy: "status 65").count == 4)
    #expect(errors.contains("records 5 to 5 are missing") && errors.contains("w1"))
    #expect(output.contains("head 5 --since 6 5"))
    #expect(output.contains("w1  cosigned\nw2  cosigned"))
  }

  @Test("witnesses that are away, refuse or lie never keep a payment waiting")
  func silentWitnesses() throws {
    let script =
      ProofTests.opening + """
        carnet witness init w.example --dir w > w.key
        carnet witness add away http://127.0.0.1:9 "$(cat w.key)"
        carnet witness init v.example --dir v > v.key
        carnet witness serve --dir v --listen 127.0.0.1:18411 2>v.log & await v.log
        carnet witness add stranger http://127.0.0.1:18411 "$(cat v.key)"
        carnet witness ask
        serve 18410 l
        carnet pay bakery 5 --as alice --yes --ledger http://127.0.0.1:18410
        halt
        cat serve.18410.log >&2
        carnet witness remove away
        carnet policy quorum 2 || echo "status $?"
        carnet witness add stranger https://w.example "$(carnet key list | head -1)" || echo "status $?"
        carnet witness remove nobody || echo "status $?"
        carnet witness trust nothing --dir v || echo "status $?"
        carnet witness serve --dir nowhere || echo "status $?"
        carnet audit -q && echo audited
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("away  does not answer\nstranger  refused (404)"))
    #expect(output.contains("paid 5.00 MEL to") && output.contains("audited"))
    #expect(output.contains("status 65\nstatus 65\nstatus 66\nstatus 65\nstatus 4\n"), "\(output)")
    #expect(errors.contains("the witness away does not answer"))
  }

  @Test(
    "a ledger that contradicts itself stops the wallet with both signed checkpoints as evidence",
    arguments: [
      ("shrunk", "", "ledger-shrunk"), ("forked", "carnet pay bakery 2 --as alice --yes", "ledger-forked"),
      (
        "rewritten", "for n in 1 2 3; do carnet pay bakery 2 --as alice --yes; done", "ledger-rewritten"
      ),
    ])
  func contradictions(_ name: String, _ instead: String, _ code: String) throws {
    let port = ["shrunk": 18421, "forked": 18422, "rewritten": 18423][name] ?? 0
    let script =
      ProofTests.opening + """
        mkdir other; cp l l.key l.head other/
        carnet pay bakery 1 --as alice --yes >/dev/null
        serve \(port) l
        carnet balance --as alice --ledger http://127.0.0.1:\(port)
        halt
        export CARNET_LEDGER=other/l
        \(instead.isEmpty ? "true" : "(\(instead)) >/dev/null")
        serve \(port) other/l
        carnet pay bakery 1 --as alice --yes --json --ledger http://127.0.0.1:\(port) || echo "status $?"
        carnet balance --as alice --lang fr --ledger http://127.0.0.1:\(port) || echo "status $?"
        halt
        evidence=$(ls .local/share/carnet/ledgers/*/evidence-*.txt | head -1)
        cat "$evidence"
        sed -n '/-- seen before --/,/-- shown now --/p' "$evidence" | sed '1d;$d' > one
        sed '1,/-- shown now --/d' "$evidence" > two
        for note in one two; do python3 "\(ProofTests.checker)" checkpoint $note "$key"; done
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.components(separatedBy: "status 65").count == 3, "\(errors)\(output)")
    #expect(errors.contains("\"code\":\"\(code)\"") && errors.contains("evidence-"))
    #expect(output.contains("carnet-evidence/v1\ncontradiction ") && output.hasSuffix("holds\nholds\n"))
  }

  @Test("a closing is made, each member proves their balance in it offline, and another program agrees")
  func closings() throws {
    let script =
      ProofTests.opening + """
        echo "releve 100,00" > releve.pdf
        carnet closing make 2026-01 || echo "status $?"
        carnet closing make 2026-01 --attested 99,99 --date 2026-01-31 --statement releve.pdf --as marie || echo "status $?"
        carnet closing make 2026-01 --attested 101 --date 2026-01-31 --statement releve.pdf --as marie || echo "status $?"
        carnet closing make 2026-01 --attested 101 --date 2026-01-31 --statement releve.pdf --as marie --reason "frais de banque"
        carnet pay bakery 40 --as alice --yes >/dev/null
        carnet closing list --as marie
        carnet closing proof --as alice --out c
        carnet closing proof --as bakery --out d || echo "status $?"
        carnet closing verify c --vkey "$key"
        carnet closing verify c --lang fr --vkey "$key"
        python3 "\(ProofTests.checker)" closing c "$key"
        STEP=17 python3 "\(ProofTests.checker)" altered closing c "$key"
        sed 's/^value .*/value 1/' c > e; carnet closing verify e --vkey "$key" || echo "status $?"
        carnet closing verify releve.pdf --vkey "$key" || echo "status $?"
        carnet closing make 2026-13 --as marie || echo "status $?"
        carnet audit -q && echo audited
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("status 64\nstatus 3\nstatus 3\n"), "\(errors)\(output)")
    #expect(output.contains("2026-01") && output.contains("101.00 EUR"))
    #expect(output.contains("status 66"), "the bakery had nothing then")
    #expect(output.contains("only attested by officers: 101.00 EUR"))
    #expect(output.contains("seulement attesté par les responsables\u{A0}: 101,00 EUR"))
    // With the file alone the wallet knows the currency's decimals too.
    #expect(output.contains(" had 100.00 MEL at record") && output.contains(" avait 100,00 MEL à l’enreg"))
    #expect(output.components(separatedBy: "holds\n").count == 3)
    #expect(output.hasSuffix("status 65\nstatus 65\nstatus 65\naudited\n"), "\(output)")
    #expect(errors.contains("not counted in the total"))
  }

  @Test("what is erased is gone from every list, and the audit says that all is well")
  func erasure() throws {
    let script =
      ProofTests.opening + """
        carnet pay bakery 5 --as alice --yes --memo "pain de 6f1b" >/dev/null
        carnet pay bakery 6 --as alice --yes --memo "gateau de 6f1b" >/dev/null
        carnet member card alice --as alice --town "Rue6f1b" >/dev/null
        carnet memo erase 5 --as marie --yes
        carnet memo erase 4 --as marie --yes || echo "status $?"
        carnet memo erase 5 --as alice --yes || echo "status $?"
        carnet statement bakery --as marie
        carnet member erase alice --with-memos --as marie --yes --reason "à sa demande"
        carnet statement bakery --as marie
        grep -c 6f1b l l-wal || true
        carnet audit -q && echo audited
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    #expect(output.contains("status 3\nstatus 4\n"))
    #expect(!output.contains("pain de 6f1b"))
    #expect(output.components(separatedBy: "gateau de 6f1b").count == 2)
    #expect(output.contains("audited") && !output.contains("l:1"))
  }

  @Test("a receipt that is cut, altered, of another place, or too large is refused with its code")
  func badReceipts() throws {
    let script =
      ProofTests.opening + """
        carnet pay bakery 5 --as alice --yes >/dev/null
        carnet receipt show 5 --as alice --out r 2>/dev/null
        other=$(carnet init --ledger o --origin sel.example/lien --name O --officer yves --no-passphrase | sed -n 2p)
        refused() { carnet receipt verify "$@" --json >/dev/null 2>err && { echo "passed: $*"; exit 1; }; grep -o '"code":"[a-z-]*"' err; }
        refused r --vkey "$other"
        head -c 300 r > cut; refused cut --vkey "$key"
        sed 's/^index 5/index 4/' r > index; refused index --vkey "$key"
        sed '4p' r > more; refused more --vkey "$key"
        sed '4d' r > less; refused less --vkey "$key"
        head -c 70000 /dev/zero | tr '\\0' a > large; refused large --vkey "$key"
        : > empty; refused empty --vkey "$key"
        refused missing --vkey "$key"
        refused r --vkey nonsense
        refused r
        carnet witness init w.example --dir w > w.key
        printf 'log %s\\nwitness w %s\\nquorum w\\n' "$key" "$(cat w.key)" > policy; refused r --policy policy
        printf 'log %s\\nquorum none\\n' "$other" > foreign; refused r --policy foreign
        echo "quorum a" > broken; refused r --policy broken
        refused r --vkey "$key" --keys r
        carnet receipt verify r --vkey "$key"
        """
    let (status, output, errors) = try Shell.run(script)
    #expect(status == 0, "\(errors)\(output)")
    let codes = output.components(separatedBy: "\n").filter { $0.hasPrefix("\"code\"") }.map {
      $0.split(separator: "\"")[2]
    }
    #expect(
      codes == [
        "receipt-invalid", "receipt-invalid", "receipt-invalid", "receipt-invalid", "receipt-invalid",
        "receipt-invalid", "receipt-invalid", "file-missing", "bad-key", "which-key", "receipt-invalid",
        "receipt-invalid", "bad-policy", "receipt-invalid",
      ], "\(output)")
    #expect(output.contains("valid: record 5 of mel.example/lille"))
  }
}
