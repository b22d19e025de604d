// CarnetLedger
