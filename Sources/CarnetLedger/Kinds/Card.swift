import CarnetNotes

/// What people call a member and where they find them: the text behind a `card` hash.
///
/// One line of JSON without spaces, members in the order `handle`, `name`, `kind`, `town`, `sector`, absent ones left
/// out. Handle, name and kind count only where an officer signed the record.
public struct Card: Hashable, Sendable {
  /// Bytes of a name, a town and a sector in UTF-8.
  public static let fieldBytesMax = FreeText.bytesMax

  public let handle: Handle?
  public let name: FreeText?
  public let kind: MemberKind?
  public let town: FreeText?
  public let sector: FreeText?

  public init(
    handle: Handle?, name: FreeText? = nil, kind: MemberKind? = nil, town: FreeText? = nil,
    sector: FreeText? = nil
  ) {
    (self.handle, self.name, self.kind) = (handle, name, kind)
    (self.town, self.sector) = (town, sector)
  }

  /// Reads a card; `nil` where the text is none, or not the one text of its card.
  public init?(parsing text: [UInt8]) {
    guard
      let json = try? JSON(parsing: text, limits: JSON.Bounds(bytesMax: SaltedText.bytesMax, depthMax: 1)),
      json.members != nil
    else { return nil }
    self.init(
      handle: json["handle"]?.string.flatMap { Handle($0) },
      name: json["name"]?.string.flatMap { FreeText($0) },
      kind: json["kind"]?.string.flatMap { MemberKind(rawValue: $0) },
      town: json["town"]?.string.flatMap { FreeText($0) },
      sector: json["sector"]?.string.flatMap { FreeText($0) })
    // A member that was not understood, or stood elsewhere, is missing or elsewhere here.
    guard self.text == text else { return nil }
  }

  /// The canonical text.
  public var text: [UInt8] {
    let members: [(String, String?)] = [
      ("handle", handle?.description), ("name", name?.description), ("kind", kind?.rawValue),
      ("town", town?.description), ("sector", sector?.description),
    ]
    return JSON.object(members.compactMap { key, value in value.map { JSON.Member(key, .string($0)) } })
      .serialized()
  }

  /// What is left of a card that no officer signed.
  var withoutOfficialPart: Card {
    Card(handle: nil, town: town, sector: sector)
  }

  /// This card's own part with the official part of another.
  func keepingOfficialPart(of other: Card?) -> Card {
    Card(handle: other?.handle, name: other?.name, kind: other?.kind, town: town, sector: sector)
  }
}
