import CarnetNotes

/// The shapes of invitations.
extension OpenAPISchemas {
  static let invitations: [(name: String, schema: JSON)] = [
    (
      "InvitationOrder",
      object(
        [("name", string), ("kind", string)],
        optional: [
          ("handle", nullable("string")), ("expires_in", nullable("integer")), ("officer", string),
          ("key", string),
        ])
    ),
    (
      "NewInvitation",
      object([("id", string), ("token", string), ("link", nullable("string")), ("expires", string)])
    ),
    (
      "Invitation",
      object([
        ("state", string), ("place", string), ("origin", string), ("verifier_key", string),
        ("trial", boolean), ("kind", string), ("name", nullable("string")), ("handle", nullable("string")),
        ("handle_free", nullable("boolean")), ("expires", string), ("officer", string), ("key", string),
        ("note", nullable("string")),
      ])
    ),
    (
      "Invitations",
      object([
        (
          "invitations",
          array(
            object([
              ("id", string), ("state", string), ("name", nullable("string")), ("kind", string),
              ("handle", nullable("string")), ("officer", string), ("key", string), ("made", string),
              ("expires", string), ("ended", nullable("string")), ("submission", nullable("object")),
            ]))
        )
      ])
    ),
  ]
}
