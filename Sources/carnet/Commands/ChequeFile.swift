import CarnetLedger
import CarnetNotes
import CarnetWallet
import Glibc

/// Where a cheque comes from: a file, standard input, or the wallet.
enum ChequeFile {
  /// Bytes that are read, so that line feeds a scanner or a mail added do not count.
  private static let bytesMax = Cheque.bytesMax + 256
  /// Digits of an id that find a cheque in the wallet.
  private static let idDigitsMin = 8

  /// The cheque that an operand means.
  static func read(_ operand: String, _ context: Context) throws -> Cheque {
    let language = context.language
    if operand == "-" { return try parse(standardInput(language), language) }
    if FileSystemProbe.exists(operand) { return try parse(FileText.read(operand, language), language) }
    guard let kept = try kept(operand, context) else {
      throw Failure(
        exit: .inputMissing, code: "unknown-cheque",
        message: Phrase.errorUnknownCheque(language, Printable.line(operand)))
    }
    return kept
  }

  /// Reads a cheque; carriage returns in front of line feeds and a missing or doubled last line feed are mended, since
  /// mail and scanners make them. Nothing else is.
  static func parse(_ bytes: [UInt8], _ language: Language) throws -> Cheque {
    let (lineFeed, carriageReturn) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var text: [UInt8] = []
    for byte in bytes {
      if byte == lineFeed, text.last == carriageReturn { text.removeLast() }
      text.append(byte)
    }
    while text.last == lineFeed { text.removeLast() }
    text.append(lineFeed)
    do throws(NoteError) { return try Cheque(parsing: text) } catch {
      throw ChequeView.invalid(error.description, language)
    }
  }

  private static func standardInput(_ language: Language) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1_024)
    while bytes.count <= bytesMax {
      let count = unsafe Glibc.read(0, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw Failure(
          exit: .inputMissing, code: "file-missing", message: Phrase.errorFileUnreadable(language, "-"))
      }
      if count == 0 { return bytes }
      bytes += block.prefix(count)
    }
    throw ChequeView.invalid(NoteError.tooLarge(limit: Cheque.bytesMax).description, language)
  }

  /// The only kept cheque whose id begins so.
  private static func kept(_ digits: String, _ context: Context) throws -> Cheque? {
    guard (idDigitsMin...64).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    var found: [Cheque] = []
    for folder in try context.wallet.ledgers {
      found += try folder.cheques().map(\.cheque).filter { $0.id.hex.hasPrefix(digits) }
    }
    return found.count == 1 ? found[0] : nil
  }
}
