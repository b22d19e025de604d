import CarnetLedger
import CarnetNotes
import Testing

@Suite struct NameTests {
  @Test(
    "a handle is 2 to 32 letters, digits and hyphens behind a letter",
    arguments: [
      ("al", true), ("alice", true), ("boulangerie-martin", true), ("a-", true), ("a1", true),
      (String(repeating: "a", count: 32), true), (String(repeating: "a", count: 33), false),
      ("a", false), ("", false), ("1a", false), ("-a", false), ("Alice", false), ("al ice", false),
      ("al_ice", false), ("élise", false), ("alice\n", false), ("alice\u{0}", false),
    ])
  func handle(_ text: String, _ isHandle: Bool) {
    #expect((Handle(text) != nil) == isHandle)
  }

  @Test(
    "a handle never reads as a number or a request code",
    arguments: [
      ("aaaaaaaaam", false), ("aaaaaaaaaa", true), ("k7q4-m2xw", false), ("k7q4m2xw", false),
      ("k7q-4m2xw", true), ("marc-1010", true), ("bernards", true),
    ])
  func mistakable(_ text: String, _ isHandle: Bool) {
    #expect((Handle(text) != nil) == isHandle)
  }

  @Test(
    "a request code is eight symbols, a digit among the first four and a letter among the last",
    arguments: [
      ("K7Q4-M2XW", "K7Q4-M2XW"), ("k7q4m2xw", "K7Q4-M2XW"), ("k7q4 m2xw", "K7Q4-M2XW"),
      ("koql-m2xw", "K0Q1-M2XW"), ("KQQQ-M2XW", nil), ("K7Q4-1234", nil), ("K7Q4-M2X", nil),
      ("K7Q4-M2XWW", nil), ("K7Q4-M2X!", nil), ("", nil),
    ] as [(String, String?)])
  func requestCode(_ text: String, _ expected: String?) {
    #expect(RequestCode(typed: text)?.description == expected)
  }

  @Test(
    "a currency's code is 2 to 12 capitals and digits behind a capital",
    arguments: [
      ("AB", true), ("MEL", true), ("M1", true), ("ABCDEFGHIJKL", true), ("ABCDEFGHIJKLM", false),
      ("A", false), ("", false), ("1A", false), ("Mel", false), ("M L", false), ("MÉL", false), ("EUR", true),
    ])
  func currencyCode(_ text: String, _ isCode: Bool) {
    #expect((CurrencyCode(text) != nil) == isCode)
  }

  @Test(
    "an account's name is a number or a word of the ledger",
    arguments: [
      ("7Q4M2K9XA5", true), ("circulation", true), ("commons", true), ("fees", true), ("outside", true),
      ("reserve", true), ("Reserve", false), ("bank", false), ("7q4m2k9xa5", false), ("", false),
    ])
  func accountName(_ text: String, _ isName: Bool) {
    #expect(AccountName(text)?.description == (isName ? text : nil))
  }

  @Test("accounts order like their texts, byte by byte")
  func accountOrder() throws {
    let texts = ["0000000000", "7Q4M2K9XA5", "9H5N1R7VEZ", "ZZZZZZZZZ9", "circulation", "commons", "fees"]
    let names = try texts.map { try #require(AccountName($0)) }
    #expect(names.shuffled().sorted() == names)
    let mel = AccountID(names[0], Town.mel)
    #expect(
      mel < AccountID(names[0], Town.min) && AccountID(names[0], Town.min) < AccountID(names[1], Town.mel))
  }

  @Test(
    "a free text is 1 to 256 bytes of UTF-8 without control characters",
    arguments: [
      ("a", true), ("Épicerie « du coin »", true), (String(repeating: "é", count: 128), true),
      (String(repeating: "é", count: 128) + "a", false), ("", false), ("a\nb", false), ("a\u{7F}", false),
      ("a\u{85}", false),
    ])
  func freeText(_ text: String, _ isText: Bool) {
    #expect(FreeText(text)?.description == (isText ? text : nil))
  }

  @Test("free texts are told apart by their bytes, and what is no UTF-8 is none")
  func freeTextBytes() {
    #expect(FreeText("\u{E9}") != FreeText("e\u{301}"))
    #expect(FreeText([0xC3] as [UInt8]) == nil)
  }

  @Test("a nonce has sixteen bytes")
  func nonce() {
    #expect(Nonce(Array(repeating: 1, count: 15)) == nil)
    #expect(Nonce(Array(repeating: 1, count: 16)) != nil)
    #expect(Nonce(Array(repeating: 1, count: 17)) == nil)
    #expect(Nonce.random() != Nonce.random())
  }
}
