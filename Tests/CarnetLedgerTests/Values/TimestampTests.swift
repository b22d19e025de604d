import CarnetLedger
import Testing

@Suite struct TimestampTests {
  @Test(
    "moments are written in UTC with milliseconds and read back",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_735_714_800_000, "2025-01-01T07:00:00.000Z"),
      (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_800_000, "2000-03-01T00:00:00.000Z"),
      (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
      (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (2_085_978_496_123, "2036-02-07T06:28:16.123Z"),
    ])
  func writes(_ milliseconds: Int64, _ text: String) {
    let time = Timestamp(milliseconds: milliseconds)
    #expect(time.rfc3339 == text)
    #expect(Timestamp(rfc3339: text) == time)
  }

  @Test(
    "other spellings of RFC 3339 are read",
    arguments: [
      ("2025-01-01", "2025-01-01T00:00:00.000Z"), ("2025-01-01t07:00:00z", "2025-01-01T07:00:00.000Z"),
      ("2025-01-01T07:00:00.1Z", "2025-01-01T07:00:00.100Z"),
      ("2025-01-01T07:00:00.123999999Z", "2025-01-01T07:00:00.123Z"),
      ("2025-01-01T07:00:00+02:00", "2025-01-01T05:00:00.000Z"),
      ("2025-01-01T00:30:00-01:30", "2025-01-01T02:00:00.000Z"),
      ("2025-01-01T00:30:00+01:30", "2024-12-31T23:00:00.000Z"),
    ])
  func reads(_ text: String, _ expected: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == expected)
  }

  @Test(
    "what is no moment is none",
    arguments: [
      "", "2025", "2025-1-1", "2025-00-01", "2025-13-01", "2025-01-00", "2025-01-32", "2025-04-31",
      "2025-02-29",
      "2100-02-29", "1969-12-31", "1970-01-01T00:00:00+00:01", "2025-01-01T", "2025-01-01T24:00:00Z",
      "2025-01-01T07:60:00Z", "2025-01-01T07:00:60Z", "2025-01-01T07:00:00", "2025-01-01T07:00:00.Z",
      "2025-01-01T07:00:00.1234567890Z", "2025-01-01T07:00Z", "2025-01-01 07:00:00Z",
      "2025-01-01T07:00:00+24:00",
      "2025-01-01T07:00:00+01:60", "2025-01-01T07:00:00Zx", " 2025-01-01", "2025-01-01\n",
      "9999-12-31T23:59:59-00:01",
    ])
  func refuses(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test("seconds round towards the past, and nothing overflows")
  func seconds() {
    #expect(Timestamp(milliseconds: 1_999).seconds == 1)
    #expect(Timestamp(milliseconds: -1).seconds == -1)
    #expect(Timestamp(seconds: .max).milliseconds == .max)
    #expect(Timestamp(seconds: .min).milliseconds == .min)
    #expect(Timestamp(milliseconds: .max).adding(seconds: 1).milliseconds == .max)
    #expect(Timestamp(milliseconds: .min).adding(milliseconds: -1).milliseconds == .min)
    #expect(Timestamp(milliseconds: 5).adding(seconds: 2).milliseconds == 2_005)
  }

  @Test("every day of four centuries has its date")
  func everyDay() {
    var (year, month, day): (Int64, Int64, Int64) = (1970, 1, 1)
    for index in 0..<Int64(146_097) {
      let time = Timestamp(milliseconds: index * 86_400_000)
      guard time.date == (year, month, day) else {
        Issue.record("day \(index) is \(time.date), not \((year, month, day))")
        return
      }
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let days: Int64 = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
      day += 1
      if day > days { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
    #expect(year == 2370)
  }
}
