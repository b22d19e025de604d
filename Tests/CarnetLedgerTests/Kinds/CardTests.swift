import CarnetLedger
import CarnetNotes
import Testing

@Suite struct CardTests {
  @Test(
    "a card is one line of JSON, absent members left out",
    arguments: [
      #"{"handle":"alice"}"#, #"{"name":"Alice"}"#, "{}",
      #"{"handle":"fournil","name":"Le Fournil","kind":"business","town":"Lille","sector":"bakery"}"#,
      #"{"kind":"public","town":"Béthune"}"#, #"{"name":"a \"b\""}"#,
    ])
  func reads(_ text: String) throws {
    let card = try #require(Card(parsing: Array(text.utf8)))
    #expect(String(decoding: card.text, as: UTF8.self) == text)
  }

  @Test(
    "what is not the one text of a card is none",
    arguments: [
      "", "[]", "null", "alice", #"{"handle": "alice"}"#, #"{"handle":"alice"} "#, #"{"handle":"Alice"}"#,
      #"{"name":"Alice","handle":"alice"}"#, #"{"handle":"alice","phone":"1"}"#, #"{"handle":null}"#,
      #"{"handle":1}"#, #"{"handle":"alice","handle":"bob"}"#, #"{"kind":"bank"}"#, #"{"name":""}"#,
      #"{"name":"\u0041lice"}"#, #"{"name":{"first":"Alice"}}"#,
    ])
  func refuses(_ text: String) {
    #expect(Card(parsing: Array(text.utf8)) == nil)
  }

  @Test("its members have limits of their own")
  func limits() throws {
    let longest = try #require(FreeText(String(repeating: "a", count: Card.fieldBytesMax)))
    let card = Card(handle: nil, name: longest, town: longest)
    #expect(Card(parsing: card.text) == card)
    let tooLong = #"{"name":"\#(String(repeating: "a", count: Card.fieldBytesMax + 1))"}"#
    #expect(Card(parsing: Array(tooLong.utf8)) == nil)
  }
}
