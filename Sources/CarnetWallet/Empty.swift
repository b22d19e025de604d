// CarnetWallet
