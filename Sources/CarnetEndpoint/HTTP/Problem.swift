import CarnetJournal
import CarnetLedger
import CarnetNotes

/// Why a request was not done (RFC 9457): a status, a stable code, and a sentence in either language.
package struct Problem: Error {
  let status: Int
  let code: String
  /// Whether the same request may succeed later.
  var isRetryable = false
  var headers: [(name: String, value: String)] = []
  let message: @Sendable (Language) -> String

  init(
    _ status: Int, _ code: String, _ phrase: Phrase, _ arguments: String..., headers: [(String, String)] = [],
    isRetryable: Bool = false
  ) {
    (self.status, self.code, self.isRetryable) = (status, code, isRetryable)
    self.headers = headers.map { (name: $0.0, value: $0.1) }
    message = { phrase.filled($0, arguments) }
  }

  init(_ refusal: Refusal, currencies: [Currency]) {
    (status, code) = (refusal.status, refusal.code)
    message = { refusal.message(in: $0, currencies: currencies) }
    if status == 401 { headers = [("WWW-Authenticate", "Signature")] }
  }

  init(_ error: LedgerError, currencies: [Currency]) {
    switch error {
    case .refused(let refusal): self.init(refusal, currencies: currencies)
    case .busy(let seconds):
      self.init(503, error.code, .problemBusy, headers: [("Retry-After", "\(seconds)")], isRetryable: true)
    case .clock:
      self.init(503, error.code, .problemClock, headers: [("Retry-After", "60")], isRetryable: true)
    case .stopping:
      self.init(503, error.code, .problemStopping, headers: [("Retry-After", "5")], isRetryable: true)
    case .storage:
      self.init(503, error.code, .problemStorage, headers: [("Retry-After", "60")], isRetryable: true)
    case .outcomeUnknown: self.init(500, error.code, .problemOutcomeUnknown, isRetryable: true)
    }
  }

  init(_ error: StoreError) {
    self.init(503, error.code, .problemStorage, headers: [("Retry-After", "60")], isRetryable: true)
  }

  static let notFound = Problem(404, "not-found", .problemNotFound)
  static let tokenMissing = Problem(
    401, "token-missing", .problemTokenMissing, headers: [("WWW-Authenticate", "Bearer")])
  static let tokenInvalid = Problem(
    401, "token-invalid", .problemTokenInvalid,
    headers: [("WWW-Authenticate", "Bearer error=\"invalid_token\"")])
  static let forbidden = Problem(403, "forbidden", .problemForbidden)
  static let tooManyWait = Problem(
    429, "too-many", .problemTooMany, headers: [("Retry-After", "5")], isRetryable: true)
  static let unsupportedType = Problem(415, "unsupported-type", .problemUnsupportedType)
  static let badParameter = Problem(400, "bad-parameter", .problemBadParameter)

  /// A member of the body, or a header, that is not of its form.
  static func badValue(_ name: String) -> Problem { Problem(400, "bad-value", .problemValue, name) }

  /// `application/problem+json` in a language.
  func response(in language: Language, requestID: String) -> Response {
    let body = JSON.object([
      "type": .string("about:blank"), "title": .string(Problem.title(of: status)),
      "status": .integer(Int64(status)),
      "detail": .string(message(language)), "code": .string(code), "request_id": .string(requestID),
      "retryable": .bool(isRetryable),
    ])
    var response = Response(status: status, type: "application/problem+json", body: body.serialized())
    response.headers += headers + [(name: "Content-Language", value: language.rawValue)]
    return response
  }

  /// The status's own phrase (RFC 9110, section 15), never localised.
  private static func title(of status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 409: "Conflict"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 421: "Misdirected Request"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}

extension Refusal {
  /// The status of a refusal: see DESIGN, section 7.
  var status: Int {
    switch self {
    case .tooLarge: 413
    case .malformed, .notCanonical, .unknownKind, .textMissing, .wrongLedger: 400
    case .unknownKey, .badSignature: 401
    case .keyInactive, .roleMissing, .signaturesMissing: 403
    case .unknownMember, .unknownRecord, .unknownRequest, .unknownCutoff: 404
    case .expired, .tooFarAhead, .voided, .numberTaken, .currencyTaken, .keyTaken, .keyInvalid, .noSuchKey,
      .handleTaken, .duplicateReference, .alreadyRecorded, .notAccredited, .suspended, .requestCancelled,
      .requestExpired, .requestPaid, .requestDiffers, .feeDiffers, .notReversible, .reasonMissing,
      .startsInPast,
      .settingInvalid, .rulesUnsupported, .limitsInvalid, .balanceNotZero, .notSuspendedLongEnough,
      .nothingToSettle, .officersTooFew, .tooManyKeys, .notErasable, .alreadyClosed, .stateDiffers,
      .totalsDiffer, .reserveTooLow, .sameAccount, .currencyMismatch, .amountDiffers,
      .reversalExceeds, .overflow, .insufficientFunds, .ceilingExceeded:
      409
    }
  }
}
