import CarnetLedger
import CarnetNotes
import CarnetWallet
import Foundation
import Support
import Testing

@testable import CarnetEndpoint

/// QR codes, read back by another program (zbar) where this machine has it.
@Suite struct QRCodeTests {
  private static let link = "https://mel.example/lille/p/K7Q4-M2XW"
  private static let reader = "/usr/bin/zbarimg"

  /// What zbar reads in a picture of modules, each eight points wide.
  private func read(_ rows: [[Bool]]) throws -> String {
    String(decoding: try bytes(in: rows), as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// What zbar prints of it: the content and a line feed.
  private func bytes(in rows: [[Bool]]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let scaled = rows.flatMap { row in
      Array(repeating: row.flatMap { Array(repeating: $0 ? UInt8(0) : 255, count: 8) }, count: 8)
    }
    let head = "P5 \(scaled[0].count) \(scaled.count) 255\n"
    try Data(Array(head.utf8) + scaled.flatMap(\.self)).write(
      to: URL(fileURLWithPath: folder.file("code.pgm")))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: QRCodeTests.reader)
    process.arguments = ["--quiet", "--raw", folder.file("code.pgm")]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }

  /// The modules of what a terminal shows, dark ones `true`.
  private func modules(of lines: String, isColoured: Bool) -> [[Bool]] {
    var rows: [[Bool]] = []
    for line in lines.split(separator: "\n") {
      let drawn = line.filter { "█▀▄ ".contains($0) }
      rows.append(drawn.map { ("█▀".contains($0)) == isColoured })
      rows.append(drawn.map { ("█▄".contains($0)) == isColoured })
    }
    return rows
  }

  @Test("three finder patterns stand in the corners, and all around is light")
  func form() throws {
    let code = try #require(QRCode(QRCodeTests.link))
    #expect(code.width == 29)
    for (x, y) in [(0, 0), (code.width - 7, 0), (0, code.width - 7)] {
      #expect(
        (0..<7).allSatisfy {
          code[x + $0, y] && code[x, y + $0] && code[x + $0, y + 6] && code[x + 6, y + $0]
        })
      #expect(!code[x + 1, y + 1] && code[x + 3, y + 3])
    }
    #expect(!code[-1, 0] && !code[code.width, 0] && !code[0, -1] && !code[0, code.width])
  }

  @Test("an image names itself, and is dark on white with its margin")
  func image() throws {
    let code = try #require(QRCode(QRCodeTests.link))
    let svg = code.svg(label: "payer \"5\" <MEL>")
    #expect(svg.contains("viewBox=\"0 0 37 37\""))
    #expect(svg.contains("aria-label=\"payer &quot;5&quot; &lt;MEL&gt;\""))
    #expect(svg.contains("<path fill=\"#fff\" d=\"M0 0h37v37h-37z\"/><path fill=\"#000\" d=\"M4 4h7v1h-7z"))
    #expect(!svg.contains("script") && !svg.contains("style"))
  }

  @Test("texts up to the limit have a code, longer and empty ones have none")
  func limits() {
    let most = String(repeating: "x", count: QRCode.textBytesMax)
    #expect(QRCode(most) != nil && QRCode(most + "x") == nil)
    #expect(QRCode("") == nil && QRCode("a\u{0}b") == nil)
  }

  @Test(
    "another program reads what was written, from the modules and from a terminal's lines",
    .enabled(if: FileManager.default.isExecutableFile(atPath: reader)),
    arguments: [
      link, "carnet pay K7Q4-M2XW", "été à Lille ✓", String(repeating: "0123456789abcdef", count: 40),
    ])
  func readBack(_ text: String) throws {
    let code = try #require(QRCode(text))
    let range = -QRCode.margin..<code.width + QRCode.margin
    #expect(try read(range.map { y in range.map { x in code[x, y] } }) == text)
    for isColoured in [true, false] {
      let lines = code.terminal(isColoured: isColoured)
      #expect(try read(modules(of: lines, isColoured: isColoured)) == text)
    }
  }

  /// The largest cheque there can be, within a byte or two, and one without a memo.
  private func cheques() throws -> [Cheque] {
    var place = Place(origin: "a." + String(repeating: "b", count: 57) + "/lill")
    let (payer, payee) = (place.person(), place.person())
    let writer = Identity(origin: place.origin, number: payer.number, key: payer.key)
    let currency = try #require(CurrencyCode("ABCDEFGHIJKL"))
    let longest = try #require(SubmittedText(String(repeating: "é", count: Cheque.memoBytesMax / 2)))
    let cases: [(SubmittedText?, NoteID?, Int64)] = [
      (longest, Digest.sha256([]), 250_000_000_000), (nil, nil, 1),
    ]
    return try cases.map { memo, request, seconds in
      let payment = Payment(
        to: .member(payee.number), currency: currency, amount: Quantity.max, request: request,
        memo: memo?.hash)
      let note = writer.signed(.cheque(payment), now: Timestamp(seconds: 1_767_225_600), lifetime: seconds)
      return try #require(Cheque(note, memo: memo))
    }
  }

  @Test(
    "another program reads any cheque from its QR code byte for byte",
    .enabled(if: FileManager.default.isExecutableFile(atPath: reader)))
  func cheque() throws {
    for cheque in try cheques() {
      let code = try #require(QRCode(String(decoding: cheque.bytes, as: UTF8.self)))
      // Version 23 has 109 modules on each side (ISO/IEC 18004, table 1).
      #expect(code.width <= 109)
      let range = -QRCode.margin..<code.width + QRCode.margin
      let read = try bytes(in: range.map { y in range.map { x in code[x, y] } })
      #expect(read == cheque.bytes + [UInt8(ascii: "\n")])
    }
  }
}
