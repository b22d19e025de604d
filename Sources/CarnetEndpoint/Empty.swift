// CarnetEndpoint
