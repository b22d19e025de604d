/// A JSON value as Carnet reads and writes it: RFC 8259 without fractions, exponents and repeated names.
///
/// Objects keep the order of their members, which equality looks at too.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One name and value of an object.
  public struct Member: Hashable, Sendable {
    public let key: String
    public let value: JSON

    public init(_ key: String, _ value: JSON) {
      (self.key, self.value) = (key, value)
    }
  }

  /// How much text, and how deep, a reader takes in.
  public struct Bounds: Hashable, Sendable {
    /// Bytes of the whole text.
    public let bytesMax: Int
    /// Arrays and objects inside each other.
    public let depthMax: Int
    /// Members of one object, each compared with all before it.
    public let membersMax: Int

    public init(
      bytesMax: Int = JSON.bytesMax, depthMax: Int = JSON.depthMax, membersMax: Int = JSON.membersMax
    ) {
      (self.bytesMax, self.depthMax, self.membersMax) = (bytesMax, depthMax, membersMax)
    }
  }

  /// An object of pairs in the order given.
  public static func object(_ pairs: KeyValuePairs<String, JSON>) -> JSON {
    .object(pairs.map { Member($0.key, $0.value) })
  }

  /// The string, or `null` for none.
  public static func optional(_ string: String?) -> JSON {
    string.map { .string($0) } ?? .null
  }

  /// The integer, or `null` for none.
  public static func optional(_ integer: Int64?) -> JSON {
    integer.map { .integer($0) } ?? .null
  }

  /// The value of the member of that name; `nil` where there is none, or this is no object.
  public subscript(key: String) -> JSON? {
    members?.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// The element at `index`; `nil` where there is none, or this is no array.
  public subscript(index: Int) -> JSON? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// The string, `nil` for any other kind of value.
  public var string: String? {
    if case .string(let string) = self { string } else { nil }
  }

  /// The integer, `nil` for any other kind of value.
  public var integer: Int64? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// The truth value, `nil` for any other kind of value.
  public var bool: Bool? {
    if case .bool(let bool) = self { bool } else { nil }
  }

  /// The elements, `nil` for any other kind of value.
  public var array: [JSON]? {
    if case .array(let array) = self { array } else { nil }
  }

  /// The members, `nil` for any other kind of value.
  public var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// Whether this is `null`.
  public var isNull: Bool { self == .null }
}

/// Why a text is not JSON as Carnet reads it; offsets count bytes from 0.
public enum JSONError: Error, Hashable, Sendable {
  /// Longer than `limit` bytes.
  case tooLarge(limit: Int)
  /// More than `limit` arrays and objects inside each other.
  case tooDeep(limit: Int)
  /// More than `limit` members in one object.
  case tooManyMembers(limit: Int)
  /// Not well-formed UTF-8, or an escape that stands for half a surrogate pair.
  case notUnicode(offset: Int)
  /// A name appears twice in one object.
  case repeatedKey(offset: Int)
  /// A number with a fraction or an exponent, a negative zero, or one beyond `Int64`.
  case notAnInteger(offset: Int)
  /// Anything else that the grammar does not allow there.
  case unexpected(offset: Int)
}

extension JSONError: CustomStringConvertible {
  /// One sentence, lower case, without full stop.
  public var description: String {
    switch self {
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .tooDeep(let limit): "more than \(limit) levels of arrays and objects"
    case .tooManyMembers(let limit): "more than \(limit) members in one object"
    case .notUnicode(let offset): "not well-formed Unicode at byte \(offset)"
    case .repeatedKey(let offset): "a repeated name at byte \(offset)"
    case .notAnInteger(let offset): "a number other than a 64-bit integer at byte \(offset)"
    case .unexpected(let offset): "not JSON at byte \(offset)"
    }
  }
}
