import CarnetNotes
import Foundation

// scripts/bench [--smoke] [--json FILE] [--carnet PROGRAM] [--scenario FOLDER] [--records N] [--only library|endpoint|audit]
let arguments = CommandLine.arguments
func option(_ name: String) -> String? {
  arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? arguments[$0 + 1] : nil }
}

let isSmoke = arguments.contains("--smoke")

/// What is measured: all of it, or one part beside the bare verification.
enum Part: String {
  case library, endpoint, audit
}

func measure() throws -> Report {
  var report = Report()
  let verification = Verification.perSecond(count: isSmoke ? 500 : 20_000)
  report.add("bare: verify, one core", verification.one, "1/s")
  report.add("bare: verify, two cores", verification.two, "1/s")
  report.add("bare: verify, processor time", verification.time, "µs")
  let payments = try JournalBenchmark(accounts: isSmoke ? 20 : 1_000)
  let records = option("--records").flatMap { Int($0) } ?? (isSmoke ? 1_000 : 1_000_000)
  let command = option("--carnet").map { CommandBenchmark(program: $0, smoke: isSmoke) }
  let proofs = ProofBenchmark(command: command, verifications: isSmoke ? 500 : 40_000)
  let endpoint = command.map { EndpointBenchmark(program: $0.program, isSmoke: isSmoke) }
  switch option("--only").flatMap(Part.init) {
  case .library?:
    try payments.run(count: isSmoke ? 200 : 20_000, verifyLimit: verification.two, into: &report)
  case .endpoint?:
    if option("--records") != nil { try payments.grow(to: records) }
    try endpoint?.run(on: payments, verifyLimit: verification.two, into: &report)
  case .audit?:
    try payments.grow(to: records)
    try proofs.run(on: payments, into: &report)
  case nil:
    try BareLimits(isSmoke: isSmoke).run(into: &report)
    try payments.run(count: isSmoke ? 200 : 20_000, verifyLimit: verification.two, into: &report)
    try payments.grow(to: records)
    try GrowthBenchmark(isSmoke: isSmoke).run(large: payments, into: &report)
    try proofs.run(on: payments, into: &report)
    try DiskBenchmark().run(on: payments, into: &report)
    try endpoint?.run(on: payments, verifyLimit: verification.two, into: &report)
    try command?.run(on: payments, into: &report)
    try command?.simulate(option("--scenario"), into: &report)
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
