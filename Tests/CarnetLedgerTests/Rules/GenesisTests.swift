import CarnetLedger
import CarnetNotes
import Support
import Testing

@Suite struct GenesisTests {
  private func genesis(ledgerKey: PublicKey, rules: UInt64 = 1) -> CarnetLedger.Operation {
    .genesis(
      Genesis(
        name: Samples.free("Mel"), purpose: .real, rules: rules, previous: nil, ledgerKey: ledgerKey,
        card: nil))
  }

  private func refusal(of submission: Submission, at time: Timestamp = Town.start) -> Refusal? {
    do throws(Refusal) {
      _ = try Books(checking: submission, at: time)
      return nil
    } catch { return error }
  }

  @Test("record 0 enrols the first officer and names the ledger's key")
  func founds() throws {
    var place = Place(seed: 3)
    let submission = try place.genesis(at: Town.start)
    let books = try Books(submission, at: Town.start)
    let (state, record) = (books.state, try #require(books.records.first))
    #expect(record.number == 0 && record.time == Town.start && record.postings == .none)
    #expect(record.signers.map(\.member) == [place.officer.number, nil])
    #expect(record.signaturesAreValid)
    #expect(try Record(parsing: record.bytes) == record)
    #expect(state.size == 1 && state.rules == 1 && state.purpose == .trial)
    #expect(state.origin == place.origin && state.name == FreeText("Mel"))
    #expect(state.ledgerKeys.current == place.ledgerKey.publicKey)
    let handle = try #require(Handle("officer"))
    let officer = try #require(state.member(handle))
    #expect(officer.number == place.officer.number && officer.roles == [.officer])
    #expect(officer.officialCard?.record == 0 && officer.kind == .person)
  }

  @Test("the first officer is a person, whatever the card says: a card may be erased")
  func kind() throws {
    var place = Place(seed: 3)
    let card = Card(handle: Handle("shop"), kind: .business)
    let salted = try #require(SubmittedText(salt: Array(repeating: 1, count: 32), text: card.text))
    let genesis = Genesis(
      name: Samples.free("Mel"), purpose: .real, rules: 1, previous: nil,
      ledgerKey: place.ledgerKey.publicKey,
      card: salted.hash)
    let submission = try place.submission(
      .genesis(genesis), by: place.officer, alsoLedgerKeys: [place.ledgerKey], at: Town.start,
      saltedText: salted)
    let officer = try Books(submission, at: Town.start).state.member(place.officer.number)
    #expect(officer?.kind == .person && officer?.card == card)
  }

  @Test("both the officer and the ledger's key sign")
  func signatures() throws {
    var place = Place(seed: 3)
    let operation = genesis(ledgerKey: place.ledgerKey.publicKey)
    let alone = try place.submission(operation, by: place.officer, at: Town.start)
    #expect(refusal(of: alone)?.code == "signatures-missing")
    let other = place.person().key
    let wrong = try place.submission(operation, by: place.officer, alsoLedgerKeys: [other], at: Town.start)
    #expect(refusal(of: wrong)?.code == "signatures-missing")
    let right = try place.submission(
      operation, by: place.officer, alsoLedgerKeys: [place.ledgerKey], at: Town.start)
    let ledgerLine = try #require(right.note.lines.last)
    let onlyLedger = try Submission(SignedNote(text: right.note.text, lines: [ledgerLine]))
    #expect(refusal(of: onlyLedger) == .badSignature)
    #expect(refusal(of: right) == nil)
  }

  @Test("the two keys are points, and two")
  func keys() throws {
    var place = Place(seed: 3)
    let same = try place.submission(
      genesis(ledgerKey: place.officer.key.publicKey), by: place.officer, alsoLedgerKeys: [place.officer.key],
      at: Town.start)
    #expect(refusal(of: same) == .keyTaken)
  }

  @Test(
    "rules are those this code knows", arguments: [(0, false), (1, true), (2, false), (UInt64.max, false)])
  func rules(_ number: UInt64, _ isKnown: Bool) throws {
    var place = Place(seed: 3)
    let submission = try place.submission(
      genesis(ledgerKey: place.ledgerKey.publicKey, rules: number), by: place.officer,
      alsoLedgerKeys: [place.ledgerKey], at: Town.start)
    #expect(refusal(of: submission) == (isKnown ? nil : .rulesUnsupported))
  }

  @Test("a genesis expires like other notes, and no other note founds a ledger")
  func others() throws {
    var place = Place(seed: 3)
    let submission = try place.genesis(at: Town.start)
    #expect(refusal(of: submission, at: Town.start.adding(seconds: 601)) == .expired)
    #expect(refusal(of: submission, at: Town.start.adding(seconds: -7 * Town.day)) == .tooFarAhead)
    let payment = try place.submission(.payCommons(1, Town.min), by: place.officer, at: Town.start)
    #expect(refusal(of: payment) == .unknownKind)
  }
}

extension Books {
  /// Founds a ledger and says why not.
  fileprivate init(checking genesis: Submission, at time: Timestamp) throws(Refusal) {
    _ = try LedgerState.found(LedgerState.unverified(genesis: genesis).verify(), at: time)
    do { try self.init(genesis, at: time) } catch { preconditionFailure("the same twice is the same") }
  }
}
