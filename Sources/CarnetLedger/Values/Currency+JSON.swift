package import CarnetNotes

extension Currency {
  /// The currency for programs, with the limits that are in force for most members.
  package func json(limits: BalanceLimits) -> JSON {
    .object([
      "code": .string(code.description), "kind": .string(kind.rawValue), "scale": .integer(Int64(scale)),
      "name": .string(name.description), "floor": .optional(limits.floor),
      "ceiling": .optional(limits.ceiling),
    ])
  }

  /// Reads what ``json(limits:)`` makes; `nil` for anything else.
  package init?(json: JSON) {
    guard let code = json["code"]?.string.flatMap({ CurrencyCode($0) }),
      let kind = json["kind"]?.string.flatMap({ CurrencyKind(rawValue: $0) }),
      let scale = json["scale"]?.integer.flatMap({ Int(exactly: $0) }), Currency.scales.contains(scale),
      let name = json["name"]?.string.flatMap({ FreeText($0) })
    else { return nil }
    self.init(
      code: code, kind: kind, scale: scale, name: name,
      limits: BalanceLimits(floor: json["floor"]?.integer, ceiling: json["ceiling"]?.integer))
  }
}
