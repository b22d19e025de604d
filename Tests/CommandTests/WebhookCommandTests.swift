import Foundation
import Support
import Testing

/// Webhooks with the real command and a receiver in Python, written from the published text of Standard Webhooks.
@Suite struct WebhookCommandTests {
  /// A place with a till, a server at a port, and what waits for words in a file.
  private func opening(port: Int) -> String {
    """
    python=\(Project.file(".build/python/bin/python").path)
    receiver=\(Project.file("Tests/Interop/webhooks.py").path)
    page=\(Project.file("docs/TILL.md").path)
    until_said() { for try in $(seq 400); do grep -q "$1" "$2" && return; sleep 0.1; done; echo "never: $1 in $2"; tail -n 5 *.log forwarded 2>/dev/null; exit 1; }
    serve() {
      # A proxy of the environment is not asked.
      http_proxy=http://127.0.0.1:1 carnet serve --listen 127.0.0.1:\(port) "$@" 2>>serve.log & server=$!
      for try in $(seq 100); do curl -fs http://127.0.0.1:\(port)/livez >/dev/null && return; sleep 0.1; done; cat serve.log; exit 1
    }
    ask() {
      curl -fsS -H "Authorization: Bearer $(cat till.token)" -H "Idempotency-Key: $1" -H 'Content-Type: application/json' \
        -d "{\\"amount\\":$2,\\"currency\\":\\"MEL\\",\\"expires_in\\":${3:-900},\\"reference\\":\\"$1\\"}" \
        http://127.0.0.1:\(port)/v1/requests | grep -o '"code":"[^"]*"' | cut -d '"' -f 4
    }

    """ + TranscriptTests.opening
  }

  private static let shopDay = """
    serve --allow-private-webhooks
    carnet till add comptoir --token-file till.token --as bakery
    mkdir one two
    "$python" "$receiver" one @one.key > one.log & one=$!
    "$python" "$receiver" two @two.key > two.log & two=$!
    until_said . one.log; until_said . two.log
      for name in one two; do
      carnet webhook add http://127.0.0.1:$(head -1 $name.log)/ --allow-private --as marie > $name.added
      grep -o 'whpk_.*' $name.added > $name.key
    done
    carnet webhook test $(head -1 one.added) --as marie
    late=$(ask late 200 30)
    paid=$(ask paid 1250)
    carnet pay $paid --as alice --yes
    until_said "ok evt_.* request.paid $paid" one.log
    until_said "ok evt_.* request.paid $paid" two.log
    carnet refund $(carnet statement bakery --json --as bakery | grep -o '"number": *[0-9]*' | tail -1 | grep -o '[0-9]*') 2,50 --reason rendu --as bakery --yes
    until_said "ok evt_.* refund.made $paid" one.log
    echo 307 > two/status; echo 503 > one/status
    again=$(ask again 100)
    carnet pay $again --as alice --yes
    kill -KILL $server; wait $server || true
    rm one/status two/status
    serve --allow-private-webhooks
    until_said "ok evt_.* request.paid $again" one.log
    until_said "ok evt_.* request.paid $again" two.log
    carnet webhook rotate $(head -1 two.added) --as marie | grep -o 'whpk_[^ ]*' | head -1 > two.key
    until_said "ok evt_.* request.expired $late" one.log
    until_said "ok evt_.* request.expired $late" two.log
    carnet webhook deliveries --as marie
    carnet webhook deliveries --json --as marie | grep -c '"delivered"'
    carnet webhook redeliver 1 --as marie
    carnet webhook redeliver 2 --as marie
    until_said "again evt_" one.log
    until_said "again evt_" two.log
    echo 410 > two/status
    carnet webhook test $(head -1 two.added) --as marie || echo "gone $?"
    carnet webhook remove $(head -1 two.added) --as marie
    carnet webhook list --as marie > listed; cat listed
    ! grep -q "$(cat two.key)" listed
    carnet webhook list --as bakery || echo "bakery $?"
    cat one.log two.log
    ! grep -E 'bad|followed|altered' one.log two.log
    ! grep -rE 'whsk_|seed' serve.log listed
    """

  @Test(
    "paid, expired and refunded are verified by a receiver of its own making, also after a kill and when it was away"
  )
  func received() async throws {
    let script = opening(port: 18397) + WebhookCommandTests.shopDay
    let (status, output, errors) = try await Shell.aside(script, seconds: 200)
    #expect(status == 0, "\(errors)\(output)")
    for part in [
      "answered 200 in", "ok test_", "webhook.test", "request.paid", "request.expired", "refund.made",
      "delivered",
      "gone 1", "bakery 4", "works",
    ] { #expect(output.contains(part), "\(part): \(output)\(errors)") }
    #expect(errors.contains("did not take the event: 410"))
  }

  @Test("without the operator's word nothing near is sent to; what is no target is refused by its name")
  func refused() async throws {
    let script =
      opening(port: 18398)
        + """
        serve
        for url in http://127.0.0.1:8000/ https://10.0.0.1/ http://example.org/ https://me@example.org/ https://example.org:22/; do
          carnet webhook add $url --as marie || echo "refused $?"
        done
        carnet webhook add http://127.0.0.1:8000/ --allow-private --as marie || echo "off $?"
        carnet webhook add https://example.org/ --events request.born --as marie || echo "born $?"
        carnet --lang fr webhook list --as marie
        carnet webhook test k7q4m2xw --as marie || echo "none $?"
        carnet listen --forward-to https://1.1.1.1/ --as bakery || echo "public $?"
        carnet listen --forward-to http://127.0.0.1:8000/ --as bakery || echo "tills $?"
        carnet listen --forward-to http://127.0.0.1:8000/ --till x --as bakery || echo "unknown $?"
        """
    let (status, output, errors) = try await Shell.aside(script, seconds: 200)
    #expect(status == 0, "\(errors)\(output)")
    #expect(
      output.split(separator: "\n") == [
        "refused 3", "refused 3", "refused 3", "refused 65", "refused 65", "off 3", "born 65",
        "aucun événement n’est envoyé", "none 66", "public 65", "tills 64", "unknown 66",
      ], "\(output)\(errors)")
    #expect(errors.contains("carnet serve --allow-private-webhooks"))
  }

  private static let writingAgainst = """
    serve
    carnet till add comptoir --token-file till.token --as bakery
    mkdir one two
    "$python" "$receiver" one @one.key > one.log & until_said . one.log
    "$python" "$receiver" two @two.key > two.log & until_said . two.log
    # A shell's background jobs do not hear Ctrl-C: this one does.
    "$python" - "$(head -1 one.log)" 2> listen.log > listened <<'END' & listener=$!
    import os, signal, subprocess, sys
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
    child = subprocess.Popen(["carnet", "listen", "--forward-to", f"http://127.0.0.1:{sys.argv[1]}/", "--as", "bakery"])
    open("child", "w").write(str(child.pid))
    sys.exit(0 if child.wait() == -signal.SIGINT else 1)
    END
    carnet listen --forward-to http://127.0.0.1:18395/ --token-file till.token --events request.paid,refund.made --json \\
      2> token.log > forwarded & token=$!
    until_said whpk_ listen.log; until_said whpk_ token.log
    grep -o 'whpk_.*' listen.log > one.key
    # The program of the page.
    sed -n '/Take webhooks: hook.py/,/^```$/p' "$page" | grep -v '^```$' > hook.py
    [ $(wc -l < hook.py) -le 30 ]
    "$python" hook.py 18395 "$(grep -o 'whpk_.*' token.log)" 2> hook.err > hook.log &
    until curl -s -o /dev/null http://127.0.0.1:18395/; do sleep 0.1; done
    curl -s -o /dev/null -w 'forged %{http_code}\\n' -H 'webhook-id: evt_a_1' -H "webhook-timestamp: $(date +%s)" \\
    -H "webhook-signature: v1a,$(head -c 64 /dev/zero | base64 -w 0)" -d '{}' http://127.0.0.1:18395/
    first=$(ask first 500)
    carnet pay $first --as alice --yes
    until_said "ok evt_.* request.paid $first" one.log
    until_said "request.paid  $first  200" listened
    until_said "request.paid $first 500" hook.log
    kill -KILL $server; wait $server || true
    serve
    second=$(ask second 300)
    carnet pay $second --as alice --yes
    carnet refund $(carnet statement bakery --json --as bakery | grep -o '"number": *[0-9]*' | tail -1 | grep -o '[0-9]*') 1 --reason rendu --as bakery --yes
    until_said "ok evt_.* request.paid $second" one.log
    until_said "refund.made $second 300" hook.log
    until_said '"status":204' forwarded
    kill -INT $(cat child); wait $listener && echo interrupted
    carnet till revoke comptoir --as bakery
    wait $token || echo "token $?"
    cat one.log two.log listened forwarded
    ! grep -E 'bad|request.created' one.log two.log
    """

  @Test(
    "carnet listen forwards a till's events with a key of its own, goes on after a restart, ends by Ctrl-C")
  func listening() async throws {
    let script = opening(port: 18399) + WebhookCommandTests.writingAgainst
    let (status, output, errors) = try await Shell.aside(script, seconds: 200)
    #expect(status == 0, "\(errors)\(output)")
    for part in ["interrupted", "token 4", "forged 400"] {
      #expect(output.contains(part), "\(part): \(output)\(errors)")
    }
  }
}
