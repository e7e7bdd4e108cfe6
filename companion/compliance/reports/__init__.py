"""What a check of many listings found: rows to sort and filter, and files to hand on."""
