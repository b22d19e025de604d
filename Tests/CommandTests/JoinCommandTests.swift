import Foundation
import Support
import Testing

/// Inviting and joining with the real command, each side with a home of its own.
@Suite struct JoinCommandTests {
  /// A served place; `alice …` runs the command with a home that only she has.
  private static func opening(port: Int) -> String {
    TranscriptTests.opening + """
      alice() { CARNET_HOME=$PWD/hers CARNET_LEDGER= carnet "$@"; }
      thief() { CARNET_HOME=$PWD/his CARNET_LEDGER= carnet "$@"; }
      up() {
        rm -f serve.log; touch serve.log
        carnet serve --listen 127.0.0.1:\(port) 2>serve.log & server=$!
        for try in $(seq 100); do grep -q serving serve.log && break; sleep 0.1; done
      }
      field() { grep "\\"$1\\"" | head -1 | cut -d'"' -f4; }
      up

      """
  }

  private func says(_ parts: [String], _ result: (status: Int32, output: String, errors: String)) {
    #expect(result.status == 0, "\(result.errors)\(result.output)")
    for part in parts {
      #expect((result.output + result.errors).contains(part), "\(part): \(result.output)\(result.errors)")
    }
  }

  @Test(
    "somebody is invited, joins from another home, is accepted, is paid and pays; a second use is refused")
  func day() throws {
    let script =
      JoinCommandTests.opening(port: 18_421) + """
        carnet invite "Zoé Durand" --handle zoe --as marie >out 2>err; url=$(head -1 out)
        grep -c '▀' out >/dev/null && echo "a code is shown"
        alice join "$url" --no-passphrase --yes >joined 2>waiting & join=$!
        for try in $(seq 100); do carnet invite list --as marie | grep -q 'waits for you' && break; sleep 0.1; done
        thief join "$url" --handle zorro --no-passphrase --yes --no-wait || echo "thief $?"
        (ls his/keys 2>/dev/null || true) | wc -l | sed 's/^/keys of the thief: /'
        carnet invite accept --all --as marie --yes 2>asked; cat asked
        wait $join; cat waiting joined
        grep -o 'fingerprint of your key  .*' waiting | sed 's/.*key  //' > hers.txt
        grep -q "$(cat hers.txt)" asked && echo "the same fingerprint"
        carnet change zoe 10 MEL --reference R9 --as marie >/dev/null
        alice pay bakery 2,50 --yes --ledger http://127.0.0.1:18421
        alice balance --ledger http://127.0.0.1:18421
        alice join "$url" --no-wait
        alice key list | wc -l | sed 's/^/keys: /'
        carnet invite list --json --as marie | field state
        kill -TERM $server; wait $server
        carnet audit
        grep -r -c -- "$(basename $url)" l l.service serve.log hers || true
        """
    let result = try Shell.run(script)
    says(
      [
        "a code is shown", "the same fingerprint", "invitation to Mel", "this invitation has been used",
        "thief 3",
        "keys of the thief: 0", "Zoé Durand asks to join as \"zoe\" (person)", "zoe is a member: ",
        "you are a member of Mel, number", "paid 2.50 MEL to", "7.50 MEL", "keys: 1", "joined",
        "all is well",
      ], result)
    // The token is nowhere: not in the books, not beside them, not in what the server said, not in her home.
    #expect(!result.output.contains(":1\n"), "\(result.output)")
  }

  @Test("interrupted at any moment and run again, joining goes on with the same key and the same note")
  func interrupted() throws {
    let script =
      JoinCommandTests.opening(port: 18_422) + """
        carnet invite "Zoé" --as marie >out 2>/dev/null; url=$(head -1 out)
        # The server is away: nothing is made. Then it goes away between the key and the answer.
        kill -TERM $server; wait $server
        alice join "$url" --handle zoe --no-passphrase --yes --no-wait || echo "away $?"
        (ls hers/keys 2>/dev/null || true) | wc -l | sed 's/^/keys made: /'
        up
        alice join "$url" --handle zoe --no-passphrase --yes --no-wait --json > first
        # As if the command had ended behind each of its steps.
        rm -r hers/ledgers/*/joining
        alice join "$url" --handle zoe --no-passphrase --yes --no-wait || echo "lost note $?"
        carnet invite withdraw $(carnet invite list --json --as marie | field id) --as marie
        carnet invite "Zoé" --as marie >out 2>/dev/null; url=$(head -1 out)
        alice join "$url" --handle zoe --yes --no-wait --json > second
        [ "$(field key < first)" = "$(field key < second)" ] && echo "the same key"
        kill -KILL $server; wait $server || true
        up
        alice join "$url" --yes --no-wait --json > third
        cmp second third && echo "the same note"
        carnet invite accept $(carnet invite list --json --as marie | field id) --yes --as marie --json | field number > number
        alice join "$url" --json | field number | cmp - number && echo "the same number"
        carnet member list --as marie | grep -c Zoé | sed 's/^/members: /'
        """
    says(
      [
        "away 69", "keys made: 0", "lost note 3", "the same key", "the same note", "the same number",
        "members: 1",
      ], try Shell.run(script))
  }

  @Test("where two officers must sign, accepting writes a draft that the second signs and sends")
  func quorum() throws {
    let script =
      JoinCommandTests.opening(port: 18_423) + """
        key=$(carnet key new paul --no-passphrase)
        carnet member add paul --kind person --key "$key" --roles officer --as marie >/dev/null
        carnet setting set quorum.member 2 --as marie >/dev/null; sleep 6
        carnet invite "Zoé" --handle zoe --as marie >out 2>/dev/null; url=$(head -1 out)
        alice join "$url" --no-passphrase --yes --no-wait
        id=$(carnet invite list --json --as marie | field id)
        carnet invite accept $id --as marie --yes || echo "alone $?"
        carnet invite accept $id --as paul --yes || echo "another's $?"
        carnet invite accept $id --as marie --yes --draft zoe.json
        carnet note sign zoe.json --as paul --yes
        carnet note send zoe.json --as paul
        alice join "$url"
        """
    says(
      [
        "alone 4", "several officers must sign: carnet invite accept", "another's 4",
        "another officer made this invitation", "you are a member of Mel",
      ], try Shell.run(script))
  }

  @Test("an officer who waits accepts whoever answers; one who watches goes on")
  func waiting() throws {
    let script =
      JoinCommandTests.opening(port: 18_424) + """
        carnet invite "Zoé" --handle zoe --wait --yes --json --as marie >accepted 2>link & wait=$!
        for try in $(seq 100); do grep -q /join/ link && break; sleep 0.1; done
        alice join "$(grep /join/ link)" --no-passphrase --yes
        wait $wait && field handle < accepted
        carnet invite "Yann" --handle yann --as marie >out 2>/dev/null
        carnet invite accept --watch --yes --as marie >watched 2>&1 & watch=$!
        CARNET_HOME=$PWD/yann carnet join "$(head -1 out)" --no-passphrase --yes
        for try in $(seq 100); do grep -q 'yann is a member' watched && break; sleep 0.1; done
        kill $watch; cat watched
        """
    says(["you are a member of Mel", "zoe", "yann is a member: "], try Shell.run(script))
  }

  typealias Case = TranscriptTests.Case

  static let cases = [
    Case(script: "carnet invite X --as marie", status: 64, says: "a place that is served"),
    Case(
      script: "carnet invite X --as marie --public-url https://mel.example", status: 0,
      says: "https://mel.example/join/"),
    Case(
      script: "carnet invite X --as marie --public-url https://mel.example --expires 59s", status: 65,
      says: "1m to 30d"),
    Case(
      script: "carnet invite X --as marie --public-url https://mel.example --expires 31d", status: 65,
      says: "1m to 30d"),
    Case(
      script: "carnet invite X --as marie --public-url https://mel.example --kind robot", status: 64,
      says: "--kind"),
    Case(
      script: "carnet invite X --as marie --public-url https://mel.example --handle alice", status: 3,
      says: "handle"),
    Case(
      script: "carnet invite X --as alice --public-url https://mel.example", status: 4, says: "right role"),
    Case(script: "carnet invite accept --as marie", status: 64, says: "--all"),
    Case(script: "carnet invite accept aaaaaaaa --as marie", status: 66, says: "no invitation aaaaaaaa"),
    Case(script: "carnet invite accept --all --draft f --as marie", status: 64, says: "for one invitation"),
    Case(script: "carnet invite accept --all --as marie", status: 0, says: "nobody waits"),
    Case(
      script:
        "carnet invite X --as marie --public-url https://a.b > /dev/null; carnet invite accept $(carnet invite list --json --as marie | grep id | cut -d'\"' -f4) --as marie",
      status: 3, says: "nobody has answered"),
    Case(script: "carnet invite withdraw aaaaaaaa --as marie", status: 66, says: "nothing"),
    Case(script: "carnet invite list --json --as marie", status: 0, says: "[]"),
    Case(script: "carnet join http://127.0.0.1:9/join/x", status: 65, says: "not the link of an invitation"),
    Case(script: "carnet join hello", status: 65, says: "not the link of an invitation"),
    Case(
      script: "carnet join http://127.0.0.1:9/join/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", status: 69,
      says: "cannot be reached"),
    Case(
      script: "carnet join http://mel.example/join/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", status: 64,
      says: "for this machine only"),
  ]

  @Test("what is wrong with inviting and joining is said, with its status", arguments: cases)
  func wrong(_ one: Case) throws {
    let (status, output, errors) = try Shell.run(TranscriptTests.opening + one.script)
    #expect(status == one.status, "\(output)\(errors)")
    #expect((output + errors).contains(one.says), "\(output)\(errors)")
  }
}
