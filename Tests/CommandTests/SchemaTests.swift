import Foundation
import Support
import Testing

/// What the endpoint says of itself, tried by a program that reads nothing but that (schemathesis).
@Suite struct SchemaTests {
  /// Where the test's set-up puts it: `scripts/setup`.
  private static let program = Project.file(".build/python/bin/schemathesis").path

  @Test("schemathesis, from /openapi.json alone, finds no answer that is not described")
  func described() throws {
    let examples = Project.isSoak ? 500 : 12
    // What a schema cannot say is not asked: a number's check symbol, a cursor, a parameter that rules out another.
    let script = """
      carnet request new 3 --as bakery > /dev/null
      carnet serve --listen 127.0.0.1:0 2> serving &
      for try in $(seq 100); do grep -q http serving && break; sleep 0.1; done
      address=$(grep -o 'http://127.0.0.1:[0-9]*' serving)
      "\(SchemaTests.program)" run "$address/openapi.json" --max-examples \(examples) --seed 1 \\
        --exclude-checks positive_data_acceptance --no-color
      """
    let (status, output, errors) = try Shell.run(TranscriptTests.opening + script)
    #expect(status == 0, "\(output)\(errors)")
    #expect(output.contains("Tested: "))
  }
}
