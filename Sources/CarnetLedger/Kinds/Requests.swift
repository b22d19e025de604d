public import CarnetNotes

/// The fields of `request`: the signer asks to be paid, until the note's own `until`.
public struct PaymentRequest: Hashable, Sendable {
  public let currency: CurrencyCode
  /// Minor units.
  public let amount: Int64
  /// Hash of the salted text under which the signer keeps it.
  public let reference: Digest?

  public init(currency: CurrencyCode, amount: Int64, reference: Digest?) {
    (self.currency, self.amount, self.reference) = (currency, amount, reference)
  }

  init(from reader: inout TextReader) throws(NoteError) {
    currency = try reader.currency("currency")
    amount = try reader.amount("amount")
    reference = try reader.optionalDigest("reference")
  }

  func write(to writer: inout TextWriter) {
    writer.field("currency", currency)
    writer.field("amount", amount)
    writer.field("reference", base64: reference)
  }
}

/// The fields of `cancel`: a request of the same signer that must not be paid any more.
public struct Cancellation: Hashable, Sendable {
  /// The id of the request.
  public let request: NoteID

  public init(request: NoteID) {
    self.request = request
  }

  init(from reader: inout TextReader) throws(NoteError) {
    request = try reader.id("request")
  }

  func write(to writer: inout TextWriter) {
    writer.field("request", id: request)
  }
}

extension NoteText {
  /// Writes the text of a request, with nonces drawn until its id makes a code: four in five do.
  public static func request(
    _ request: PaymentRequest, ledger: Origin, signer: MemberNumber, until: Int64, key: PublicKey,
    drawing nonce: () -> Nonce = { Nonce.random() }
  ) -> NoteText {
    while true {
      let text = NoteText(
        ledger: ledger, signer: signer, operation: .request(request), nonce: nonce(), until: until, key: key)
      if RequestCode(text.id) != nil { return text }
    }
  }
}
