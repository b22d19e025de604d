import CarnetNotes
import Foundation

// scripts/bench [--smoke] [--json FILE] [--carnet PROGRAM] [--scenario FOLDER] [--records N] [--only endpoint]
let arguments = CommandLine.arguments
func option(_ name: String) -> String? {
  arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

let isSmoke = arguments.contains("--smoke")

func measure() throws -> Report {
  var report = Report()
  let verification = Verification.perSecond(count: isSmoke ? 500 : 20_000)
  report.add("bare: verify, one core", verification.one, "1/s")
  report.add("bare: verify, two cores", verification.two, "1/s")
  report.add("bare: verify, processor time", verification.time, "µs")
  try BareLimits(isSmoke: isSmoke).run(into: &report)
  let payments = try JournalBenchmark(accounts: isSmoke ? 20 : 1_000)
  if option("--only") == "endpoint", let program = option("--carnet") {
    try EndpointBenchmark(program: program, isSmoke: isSmoke)
      .run(on: payments, verifyLimit: verification.two, into: &report)
    payments.close()
    return report
  }
  try payments.run(count: isSmoke ? 200 : 20_000, verifyLimit: verification.two, into: &report)
  let records = option("--records").flatMap { Int($0) } ?? (isSmoke ? 1_000 : 1_000_000)
  try payments.grow(to: records)
  try GrowthBenchmark(isSmoke: isSmoke).run(large: payments, into: &report)
  let command = option("--carnet").map { CommandBenchmark(program: $0, smoke: isSmoke) }
  try ProofBenchmark(command: command, verifications: isSmoke ? 500 : 40_000).run(on: payments, into: &report)
  try DiskBenchmark().run(on: payments, into: &report)
  if let command {
    try EndpointBenchmark(program: command.program, isSmoke: isSmoke)
      .run(on: payments, verifyLimit: verification.two, into: &report)
    try command.run(on: payments, into: &report)
    try command.simulate(option("--scenario"), into: &report)
  }
  payments.close()
  return report
}

do {
  if arguments.dropFirst().first == "--load" {
    try LoadClient.main(Array(arguments.dropFirst(2)))
  } else {
    let report = try measure()
    report.print()
    if let path = option("--json") {
      try report.json.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
} catch {
  FileHandle.standardError.write(Data("bench: \(error)\n".utf8))
  exit(1)
}
