import CarnetNotes
import Foundation
import Testing

/// The published vectors copied beside the tests; `Vectors/README.md` names their sources.
enum VectorFiles {
  static func data(_ path: String) throws -> Data {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Vectors")
    return try Data(contentsOf: folder.appendingPathComponent(path))
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try data(path))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: data(path))
  }
}

/// The bytes of hexadecimal digits in a vector or a test; a test that gives others fails here.
func hex(_ digits: String) throws -> [UInt8] {
  try #require(Hex.decode(digits) as [UInt8]?)
}

/// The bytes of a text.
func ascii(_ text: String) -> [UInt8] {
  Array(text.utf8)
}
