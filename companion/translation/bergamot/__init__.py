"""Mozilla's models on this machine: the list of them, downloading, importing, and what is installed."""
