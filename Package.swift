// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Every target is held to the same bar: memory safety is explicit and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// The fuzzers are made by scripts/fuzz alone: libFuzzer brings its own `main`.
let isFuzzing = ProcessInfo.processInfo.environment["CARNET_FUZZ"] != nil

let fuzzing: [Target] =
  isFuzzing
  ? [
    .executableTarget(
      name: "Fuzz", dependencies: ["FuzzTargets"], path: "Tests/FuzzMain",
      swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer", "-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])])
  ] : []

/// Coverage must be seen in the parsers themselves.
let covered: [SwiftSetting] = isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : []

/// The program. For the fuzzers it is a library: a second `main` would stand in the way of theirs.
let programNeeds: [Target.Dependency] = [
  "CarnetEndpoint", "CarnetWallet", "CarnetJournal", "CarnetLedger", "CarnetNotes",
]
let program: Target =
  isFuzzing
  ? .target(
    name: "carnet", dependencies: programNeeds, exclude: ["main.swift"], swiftSettings: strict + covered)
  : .executableTarget(name: "carnet", dependencies: programNeeds, swiftSettings: strict)

/// A layer of the house. Arrows point down: `on` names the layers below it, and nowhere else does.
func layer(_ name: String, on lower: [Target.Dependency], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: lower, resources: resources, swiftSettings: strict + covered)
}

/// The tests of one layer, in `Tests/<name>Tests`.
func tests(of name: String, on lower: [Target.Dependency], resources: [Resource] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: lower + ["Support"], resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "carnet",
  products: [
    .library(name: "Carnet", targets: ["CarnetNotes", "CarnetLedger", "CarnetJournal"])
  ] + (isFuzzing ? [] : [.executable(name: "carnet", targets: ["carnet"])]),
  targets: [
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSSL", pkgConfig: "libssl", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CMicrohttpd", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(
      name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

    layer("CarnetNotes", on: ["CCrypto", "CSodium"]),
    layer("CarnetLedger", on: ["CarnetNotes"]),
    layer(
      "CarnetJournal", on: ["CarnetLedger", "CarnetNotes", "CSQLite"],
      resources: [.embedInCode("schema.sql"), .embedInCode("service.sql")]),
    layer("CarnetWallet", on: ["CarnetLedger", "CarnetNotes", "CSodium"]),
    layer(
      "CarnetEndpoint",
      on: ["CarnetJournal", "CarnetLedger", "CarnetNotes", "CMicrohttpd", "CQRencode", "CSSL"],
      resources: [.embedInCode("Pages/Assets")]),
    program,

    .target(
      name: "Support", dependencies: ["CarnetJournal", "CarnetLedger", "CarnetNotes"], path: "Tests/Support",
      swiftSettings: strict),
    tests(of: "CarnetNotes", on: ["CarnetNotes"], resources: [.copy("Vectors")]),
    tests(of: "CarnetLedger", on: ["CarnetLedger", "CarnetNotes"]),
    tests(of: "CarnetJournal", on: ["CarnetJournal", "CarnetLedger", "CarnetNotes", "CSQLite"]),
    tests(
      of: "CarnetWallet", on: ["CarnetWallet", "CarnetLedger", "CarnetNotes"], resources: [.copy("Vectors")]),
    tests(
      of: "CarnetEndpoint",
      on: ["CarnetEndpoint", "CarnetWallet", "CarnetJournal", "CarnetLedger", "CarnetNotes"]),
    tests(
      of: "Command",
      on: ["carnet", "CarnetEndpoint", "CarnetWallet", "CarnetJournal", "CarnetLedger", "CarnetNotes"]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CarnetEndpoint", "CarnetWallet", "CarnetJournal", "CarnetLedger", "CarnetNotes", "Support",
        "CMicrohttpd", "CSQLite",
      ],
      path: "Benchmarks", swiftSettings: strict),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "carnet", "CarnetEndpoint", "CarnetWallet", "CarnetJournal", "CarnetLedger", "CarnetNotes",
      ],
      path: "Tests/FuzzTargets", swiftSettings: strict),
    .testTarget(
      name: "FuzzTests", dependencies: ["FuzzTargets", "CarnetLedger", "Support"], swiftSettings: strict),
  ] + fuzzing
)

/// Under the thread sanitizer (scripts/soak) the locks of the standard library are replaced by ones that it can see: the slow
/// path of `Synchronization.Mutex` lies in a library without its instrumentation, and what it guards would look like a race.
if ProcessInfo.processInfo.environment["CARNET_SEEK_RACES"] != nil {
  for target in package.targets where target.type != .system {
    target.dependencies.append("Interlocks")
    target.swiftSettings?.append(.unsafeFlags(["-module-alias", "Synchronization=Interlocks"]))
  }
  package.targets.append(.target(name: "Interlocks", path: "Tests/Interlocks", swiftSettings: strict))
}
