import CarnetNotes
import Foundation
import Support
import Testing

@testable import carnet

/// Small scenarios with every kind of event and every refusal a file may expect.
@Suite struct SimulationTests {
  private static let events = """
    time,kind,from,to,currency,amount,reference,expect
    2025-01-01T07:00:00Z,join,,alice,,,person|lille|,ok
    2025-01-01T07:00:01Z,join,,bakery,,,business|lille|pain,ok
    2025-01-01T07:00:02Z,join,,alice,,,person|hem|,handle-taken
    2025-01-01T07:00:03Z,join,,marc-1010,,,person|hem|,ok
    2025-01-02T07:00:00Z,change,,alice,BAL,100.00,VIR 1,ok
    2025-01-02T07:00:01Z,change,,alice,BAL,100.00,VIR 1,duplicate-reference
    2025-01-02T07:00:02Z,change,,nobody,BAL,10.00,VIR 2,unknown-member
    2025-01-02T07:00:03Z,change,,bakery,BAL,10.00,VIR 2,ok
    2025-01-03T07:00:00Z,payment,alice,bakery,BAL,40.50,,ok
    2025-01-03T07:00:01Z,payment,alice,bakery,BAL,60.00,,insufficient-funds
    2025-01-03T07:00:02Z,payment,alice,nobody,BAL,1.00,,unknown-member
    2025-01-03T07:00:03Z,payment,nobody,alice,BAL,1.00,,unknown-member
    2025-01-04T07:00:00Z,suspend,,alice,,,cotisation,ok
    2025-01-04T07:00:01Z,payment,alice,bakery,BAL,1.00,,suspended
    2025-01-04T07:00:02Z,payment,bakery,alice,BAL,1.00,,suspended
    2025-01-04T07:00:03Z,restore,,alice,,,cotisation,ok
    2025-03-10T07:00:00Z,reconversion,bakery,,BAL,10.01,REC 1,ok
    2025-03-10T07:00:01Z,reconversion,alice,,BAL,1.00,REC 2,not-accredited
    2025-03-10T07:00:02Z,reconversion,bakery,,BAL,1000.00,REC 3,insufficient-funds

    """

  private func write(_ events: String, in folder: TemporaryFolder) throws {
    let description =
      #"{"currency": "BAL", "kind": "backed", "scale": 2, "floor": 0, "ceiling": null, "fee": 500}"#
    try description.write(toFile: folder.file("scenario.json"), atomically: true, encoding: .utf8)
    try events.write(toFile: folder.file("events.csv"), atomically: true, encoding: .utf8)
  }

  @Test(
    "a scenario gives the balances one expects, directly and through the endpoint",
    arguments: ["", "--through-endpoint"])
  func simulate(_ option: String) throws {
    let folder = try TemporaryFolder()
    try write(SimulationTests.events, in: folder)
    let script = "carnet simulate . --ledger l --json \(option); carnet audit -q --ledger l"
    let (status, output, errors) = try Shell.run(script, in: folder)
    #expect(status == 0, "\(errors)")
    let json = try JSON(parsing: Array(output.utf8))
    #expect(json["accepted"]?.integer == 9)
    #expect(json["balances"]?["alice"]?.integer == 5_950)
    #expect(json["balances"]?["bakery"]?.integer == 4_049)
    #expect(json["balances"]?["marc-1010"]?.integer == 0)
    #expect(json["circulation"]?.integer == 9_999)
    #expect(json["euros"]?["fees"]?.integer == 50)
    #expect(json["euros"]?["reserve"]?.integer == 9_999)
    #expect(json["members"]?.integer == 3)
    #expect(json["refused"]?["payment/suspended"]?.integer == 2)
    #expect(json["refused"]?["join/handle-taken"]?.integer == 1)
    #expect(json.members?.map(\.key) == json.members?.map(\.key).sorted())
  }

  @Test("an event that comes out otherwise is named with its line, and the status is 65")
  func surprise() throws {
    let folder = try TemporaryFolder()
    try write(SimulationTests.events.replacingOccurrences(of: "40.50,,ok", with: "400.50,,ok"), in: folder)
    let (status, _, errors) = try Shell.run("carnet simulate . --ledger l --json", in: folder)
    #expect(status == 65)
    #expect(errors.contains("line 10: payment came out as insufficient-funds, expected ok"))
  }

  @Test(
    "a folder that is no scenario is refused",
    arguments: [
      "", "time,kind\n",
      "time,kind,from,to,currency,amount,reference,expect\nyesterday,join,,a,,,person||,ok\n",
      "time,kind,from,to,currency,amount,reference,expect\n2025-01-01T07:00:00Z,dance,,al,,,person||,ok\n",
      "time,kind,from,to,currency,amount,reference,expect\n2025-01-01T07:00:00Z,join\n",
    ])
  func malformed(_ events: String) throws {
    let folder = try TemporaryFolder()
    try write(events, in: folder)
    let (status, _, errors) = try Shell.run("carnet simulate . --ledger l --json", in: folder)
    #expect(status == 65)
    #expect(errors.contains("\"code\":\"bad-scenario\""))
  }

  @Test("the benchmarks run in their short form")
  func benchmarks() throws {
    let (status, output, errors) = try Shell.run("Benchmarks --smoke --carnet \"$(command -v carnet)\"")
    #expect(status == 0, "\(errors)")
    #expect(output.contains("of the two-core verify limit"))
    #expect(output.contains("carnet balance, wall"))
  }
}
