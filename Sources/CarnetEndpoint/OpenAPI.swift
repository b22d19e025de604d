import CarnetLedger
import CarnetNotes

/// /openapi.json (OpenAPI 3.1), made from the table of routes and the schemas below.
enum OpenAPI {
  /// What any address may give, whatever its route.
  static let commonProblems = [400, 405, 421, 503]

  static let document: JSON = .object([
    "openapi": .string("3.1.0"),
    "info": .object([
      "title": .string("Carnet"), "version": .string("1"),
      "description": .string(
        "The books of a place that exchanges in its own units. Amounts are integers in minor units, times RFC 3339 in UTC. Errors are RFC 9457 problems with a stable code."
      ), "license": .object(["name": .string("Apache-2.0"), "identifier": .string("Apache-2.0")]),
    ]), "paths": .object(paths),
    "components": .object([
      "schemas": .object(OpenAPISchemas.all.map { JSON.Member($0.name, $0.schema) }),
      "securitySchemes": .object([
        "token": .object(["type": .string("http"), "scheme": .string("bearer")])
      ]),
    ]),
  ])

  private static var paths: [JSON.Member] {
    var order: [String] = []
    for route in Routes.all where !order.contains(route.path) { order.append(route.path) }
    return order.map { path in
      let operations = Routes.all.filter { $0.path == path }.map { route in
        JSON.Member(route.method.lowercased(), operation(route))
      }
      return JSON.Member(path, .object(operations))
    }
  }

  private static func operation(_ route: Route) -> JSON {
    var members = [JSON.Member("summary", .string(route.summary))]
    members.append(JSON.Member("operationId", .string(operationID(route))))
    let parameters = pathParameters(route) + route.query.map(queryParameter)
    if !parameters.isEmpty { members.append(JSON.Member("parameters", .array(parameters))) }
    switch route.security {
    case .open: break
    case .optional: members.append(JSON.Member("security", .array([.object([:]), token])))
    case .bearer: members.append(JSON.Member("security", .array([token])))
    }
    if !route.accepts.isEmpty {
      let content = route.accepts.map { JSON.Member($0.type, reference($0.schema)) }
      members.append(
        JSON.Member("requestBody", .object(["required": .bool(true), "content": .object(content)])))
    }
    members.append(JSON.Member("responses", .object(responses(route))))
    return .object(members)
  }

  private static let token: JSON = .object(["token": .array([])])

  private static func operationID(_ route: Route) -> String {
    let words = route.path.split { "/{}.".contains($0) }
    return ([route.method.lowercased()] + words.map(String.init)).joined(separator: "-")
  }

  private static func pathParameters(_ route: Route) -> [JSON] {
    route.segments.filter { $0.hasPrefix("{") }.map { segment in
      let name = String(segment.dropFirst().dropLast())
      return .object([
        "name": .string(name), "in": .string("path"), "required": .bool(true),
        "schema": OpenAPIParameters.schema(ofPath: name),
      ])
    }
  }

  private static func queryParameter(_ name: String) -> JSON {
    .object([
      "name": .string(name), "in": .string("query"), "required": .bool(name == "from"),
      "schema": OpenAPIParameters.schema(ofQuery: name),
    ])
  }

  private static func responses(_ route: Route) -> [JSON.Member] {
    var members: [JSON.Member] = []
    for status in Set(route.answers.map(\.status)).sorted() {
      let content = route.answers.filter { $0.status == status && !$0.type.isEmpty }
        .map { JSON.Member($0.type, reference($0.schema)) }
      var response = [JSON.Member("description", .string(route.summary))]
      if !content.isEmpty { response.append(JSON.Member("content", .object(content))) }
      members.append(JSON.Member("\(status)", .object(response)))
    }
    for status in Set(route.problems + commonProblems).sorted() {
      members.append(
        JSON.Member(
          "\(status)",
          .object([
            "description": .string("A problem"),
            "content": .object(["application/problem+json": reference("Problem")]),
          ])))
    }
    return members
  }

  private static func reference(_ schema: String) -> JSON {
    .object(["schema": .object(["$ref": .string("#/components/schemas/\(schema)")])])
  }
}
