import CarnetNotes
import Foundation
import Support
import Testing

/// A server among bad neighbours: every attack has its answer, honest clients are answered all along, memory stays bounded.
@Suite struct HostileTests {
  /// Silent connections held open: ten thousand with CARNET_SOAK=1.
  private let idle = Project.isSoak ? 10_000 : 800

  @Test("slow, giant, malformed and misdirected requests beside an honest client")
  func hostile() throws {
    let script = Project.file("Tests/Interop/hostile.py").path
    let (status, output, errors) = try Shell.run(
      ProofTests.opening + """
        ulimit -n $(ulimit -H -n)
        serve 18480 l
        python3 "\(script)" 18480 \(idle)
        grep VmHWM /proc/$server/status
        carnet balance alice --ledger l
        halt
        carnet audit -q && echo audited
        """)
    #expect(status == 0, "\(errors)\(output)")
    let report = try JSON(parsing: Array(try #require(output.split(separator: "\n").first).utf8))
    #expect(report["idle"]?.integer == Int64(idle) && report["pipelined"]?.integer == 51)
    #expect(report["asked"]?.integer ?? 0 > 20)
    let answers = try #require(report["answers"]?.members)
    for (name, status) in answers.map({ ($0.key, $0.value.string ?? "") }) {
      #expect(HostileTests.expected[name]?.contains(status) ?? false, "\(name): \(status)")
    }
    #expect(answers.count == HostileTests.expected.count)
    let resident = output.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    let kibibytes = resident?.split { $0 == " " || $0 == "\t" }.compactMap { Int($0) }.first
    #expect(try #require(kibibytes) < 150 * 1_024)
    #expect(output.hasSuffix("audited\n"))
  }

  /// What each attack may be answered with; `closed` where libmicrohttpd ends the connection without a word.
  static let expected: [String: Set<String>] = [
    "giant header": ["431", "413", "closed"], "thousands of headers": ["431", "413", "closed"],
    "giant target": ["414", "431", "closed"], "giant body": ["413"], "announced giant body": ["413"],
    "negative length": ["400", "closed"], "two lengths": ["400", "closed"],
    "chunks and length": ["400", "413", "415", "closed"], "wrong host": ["421"], "no host": ["400", "421"],
    "two hosts": ["400"], "path up": ["400"], "path up encoded": ["400"], "path with zero": ["400"],
    "path not utf-8": ["400"], "broken escape": ["400"], "absolute form": ["400"],
    "unknown method": ["404", "405"], "lower-case method": ["404", "405"],
    "old version": ["400", "505", "closed"],
    "no http": ["400", "closed", "silence"], "bare line feeds": ["200", "400"], "cross-site form": ["415"],
    "cross-site text": ["400"], "deep json": ["400"], "json with bad utf-8": ["400"], "odd charset": ["415"],
    "gzip": ["400", "415"],
  ]
}
