import CarnetNotes
import Testing

@testable import CarnetEndpoint

/// Compares answers with what /openapi.json says of their routes.
struct OpenAPIComparison {
  let document: JSON

  init(_ document: JSON) { self.document = document }

  /// Checks status, media type and body of a response.
  func check(_ response: Response, method: String, path: String) throws {
    let operation = try #require(document["paths"]?[path]?[method.lowercased()], "\(method) \(path)")
    let described = try #require(
      operation["responses"]?["\(response.status)"], "\(method) \(path) \(response.status)")
    let type = String((response.header("content-type") ?? "").prefix { $0 != ";" })
    guard let content = described["content"] else {
      return #expect(response.body.isEmpty && response.stream == nil, "\(method) \(path) \(type)")
    }
    let schema = try #require(content[type]?["schema"], "\(method) \(path) \(type)")
    guard type.hasSuffix("json") else { return }
    try check(JSON(parsing: response.body), schema, at: path)
  }

  /// Checks a value against one of the named shapes.
  func check(_ value: JSON, is name: String) {
    check(value, .object(["$ref": .string("#/components/schemas/\(name)")]), at: name)
  }

  private func check(_ value: JSON, _ schema: JSON, at place: String) {
    var faults: [String] = []
    compare(value, schema, at: place, &faults)
    #expect(faults == [])
  }

  /// The part of JSON Schema that the document uses.
  private func compare(
    _ value: JSON, _ schema: JSON, at place: String, _ faults: inout [String]
  ) {
    if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
      guard let target = document["components"]?["schemas"]?[String(name)] else {
        return faults.append("\(place): no \(name)")
      }
      return compare(value, target, at: place, &faults)
    }
    let types = schema["type"]?.array?.compactMap(\.string) ?? [schema["type"]?.string ?? ""]
    guard types.contains(typeName(value)) else {
      return faults.append("\(place): \(typeName(value)) is not \(types)")
    }
    if let items = schema["items"] {
      for item in value.array ?? [] { compare(item, items, at: "\(place)[]", &faults) }
    }
    guard let properties = schema["properties"], let members = value.members else { return }
    for required in schema["required"]?.array ?? [] where value[required.string ?? ""] == nil {
      faults.append("\(place): \(required) is missing")
    }
    for member in members {
      guard let property = properties[member.key] else {
        faults.append("\(place).\(member.key) is not described")
        continue
      }
      compare(member.value, property, at: "\(place).\(member.key)", &faults)
    }
  }

  private func typeName(_ value: JSON) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
