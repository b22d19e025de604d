// CarnetJournal
