import Testing

@Test func toolchainRuns() { #expect(1 + 1 == 2) }
