import CarnetLedger
import CarnetNotes
import CarnetWallet

/// `carnet pay CODE`: a request is paid as it stands, once.
extension PayCommands {
  /// A request's code where TO is one: not a number, not a handle.
  static func requestCode(in text: String) -> RequestCode? {
    let upper = text.uppercased().filter { $0 != "-" && $0 != " " }
    guard MemberNumber(upper) == nil, Handle(text) == nil else { return nil }
    return RequestCode(typed: text)
  }

  /// Pays the request of a code; amount, currency and payee are the request's own.
  static func pay(_ code: RequestCode, _ invocation: Invocation, _ session: Session) throws -> Int32 {
    let language = session.context.language
    if let extra = invocation.operand(1) {
      throw Failure(
        exit: .usage, code: "usage", message: Phrase.errorAmountOfRequest(language, Printable.line(extra)))
    }
    let identity = try session.authorized(.account) ?? session.identity()
    let payer = try session.payer(identity)
    let request = try session.request(code)
    let memo = try session.salted(invocation["--memo"], option: "--memo")
    let wanted = Wanted(
      payee: request.payee, currency: request.currency, amount: request.amount, memo: memo,
      request: request.id)
    return try payer.folder.aloneWithCommand {
      if invocation.has("--cancel") { return try cancel(wanted, payer, session) }
      if let status = try settle(wanted, payer, session, again: false) { return status }
      // What was settled just now may have been this very request, by another note.
      let request = try session.request(code)
      if request.state == .paid, let paid = try payer.folder.payment(of: request.id, by: identity.number) {
        session.report(paid, Phrase.saidRequestPaidBefore(language))
        return ExitStatus.done.rawValue
      }
      try checkPayable(request, language)
      return try answer(request, wanted, payer, session)
    }
  }

  private static func checkPayable(_ request: RequestInfo, _ language: Language) throws {
    switch request.state {
    case .open, .claimed: break
    case .paid: throw Failure(Refusal.requestPaid, language)
    case .expired: throw Failure(Refusal.requestExpired, language)
    case .cancelled: throw Failure(Refusal.requestCancelled, language)
    }
  }

  private static func answer(
    _ request: RequestInfo, _ wanted: Wanted, _ payer: Payer, _ session: Session
  ) throws -> Int32 {
    let payee = try session.payee(of: request)
    let currency = try session.currency(request.currency.description)
    // The merchant's screen may say that someone is about to pay; where it cannot, the payment goes on.
    try? session.client.claim(request.code)
    return try payAnew(wanted, to: payee, currency, payer, session)
  }
}
