package import CarnetLedger
package import CarnetNotes

/// What a till or an invitation is known by: eight random symbols of Crockford's alphabet, lower case.
package struct ServiceID<Subject>: Hashable, Sendable, CustomStringConvertible {
  package static var symbolCount: Int { 8 }
  private static var symbols: [UInt8] { Array("0123456789abcdefghjkmnpqrstvwxyz".utf8) }

  package let description: String

  /// Reads an id in its one form; `nil` for any other text.
  package init?(_ text: String) {
    let symbols = ServiceID.symbols
    guard text.utf8.count == ServiceID.symbolCount, text.utf8.allSatisfy({ symbols.contains($0) }) else {
      return nil
    }
    description = text
  }

  private init(symbols: [UInt8]) { description = String(decoding: symbols, as: UTF8.self) }

  /// Draws an id; whether it is free is for the store to say.
  package static func random() -> ServiceID {
    let symbols = symbols
    return ServiceID(symbols: SecureRandom.bytes(symbolCount).map { symbols[Int($0 & 31)] })
  }
}

package typealias TillID = ServiceID<Till>

/// A till of a shop: a key that signs requests and their cancellation only, and a token that reads this till only.
package struct Till: Hashable, Sendable {
  package let id: TillID
  /// Whose till it is, and who is paid.
  package let member: MemberNumber
  package let name: String
  /// The zone whose days its reports count, as the IANA names it.
  package let timeZone: String
  package let key: PublicKey
  package let made: Timestamp
  /// When it was ended; `nil` while it works.
  package var ended: Timestamp?

  package init(
    id: TillID, member: MemberNumber, name: String, timeZone: String, key: PublicKey, made: Timestamp,
    ended: Timestamp? = nil
  ) {
    (self.id, self.member, self.name, self.timeZone) = (id, member, name, timeZone)
    (self.key, self.made, self.ended) = (key, made, ended)
  }

  /// Whether a text may name a till or a cashier: 1 to 64 bytes without control characters.
  package static func isName(_ text: String) -> Bool {
    (1...Limits.tillNameBytesMax).contains(text.utf8.count) && SaltedText.isAcceptable(Array(text.utf8))
  }

  /// Bytes of a name.
  package static var nameBytesMax: Int { Limits.tillNameBytesMax }

  /// Tills that a member has at once.
  package static var countMax: Int { Limits.tillsPerMemberMax }
}

/// What a till asked to be paid, as the store keeps it.
package struct TillRequest: Hashable, Sendable {
  package enum State: String, Hashable, Sendable {
    case open, paid, expired, cancelled
  }

  package let note: NoteID
  package let till: TillID
  /// Unix seconds.
  package let until: Int64
  package let cashier: String?
  /// The number of its record, `nil` until that was seen.
  package let record: UInt64?
  package let state: State

  package init(
    note: NoteID, till: TillID, until: Int64, cashier: String?, record: UInt64? = nil, state: State = .open
  ) {
    (self.note, self.till, self.until, self.cashier) = (note, till, until, cashier)
    (self.record, self.state) = (record, state)
  }
}

/// A payment of a till's request, or the refund of such a payment in whole or in part.
package struct TillSale: Hashable, Sendable {
  package enum Kind: String, Hashable, Comparable, Sendable {
    case refund, sale

    package static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// The number of its record.
  package let record: UInt64
  package let till: TillID
  /// Its record's time.
  package let time: Timestamp
  package let currency: CurrencyCode
  /// Minor units, above zero.
  package let amount: Int64
  /// The request that was paid.
  package let request: NoteID
  /// For a refund: the record of the payment it gives back.
  package let sale: UInt64?

  package var kind: Kind { sale == nil ? .sale : .refund }

  package init(
    record: UInt64, till: TillID, time: Timestamp, currency: CurrencyCode, amount: Int64, request: NoteID,
    sale: UInt64? = nil
  ) {
    (self.record, self.till, self.time, self.currency) = (record, till, time, currency)
    (self.amount, self.request, self.sale) = (amount, request, sale)
  }
}

/// What is told of a till, in the order in which it happened.
package struct TillEvent: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case created = "request.created"
    case claimed = "request.claimed"
    case paid = "request.paid"
    case expired = "request.expired"
    case cancelled = "request.cancelled"
    case refunded = "refund.made"
  }

  package let till: TillID
  /// From 1, without gaps.
  package let sequence: Int64
  package let kind: Kind
  /// JSON in one line.
  package let data: String
}
