import CarnetJournal
package import CarnetLedger
package import CarnetNotes

/// The JSON of what several routes give.
package enum Shapes {
  package static func postings(_ postings: Postings) -> JSON {
    .array(
      postings.legs.map { leg in
        .object([
          "account": .string(leg.account.name.description),
          "currency": .string(leg.account.currency.description),
          "amount": .integer(leg.amount),
        ])
      })
  }

  /// What anyone who may see a member at all sees of them.
  static func entry(_ member: Member) -> [JSON.Member] {
    [
      JSON.Member("number", .string(member.number.description)),
      JSON.Member("handle", .optional(member.card?.handle?.description)),
      JSON.Member("name", .optional(member.card?.name?.description)),
      JSON.Member("kind", .string(member.kind.rawValue)),
      JSON.Member("accredited", .bool(member.isAccredited)),
      JSON.Member("town", .optional(member.card?.town?.description)),
      JSON.Member("sector", .optional(member.card?.sector?.description)),
    ]
  }

  /// One balance with its limits.
  static func balance(_ account: AccountID, _ balance: Int64, _ limits: BalanceLimits) -> JSON {
    .object([
      "currency": .string(account.currency.description), "balance": .integer(balance),
      "floor": .optional(limits.floor), "ceiling": .optional(limits.ceiling),
    ])
  }

  /// The number and time of the newest of `size` records.
  static func moment(number: UInt64, time: Timestamp) -> JSON {
    .object(["number": .integer(Int64(number)), "time": .string(time.rfc3339)])
  }
}
