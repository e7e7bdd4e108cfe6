"""The practice marketplaces, one folder each: our own mark-up and texts, the documented anchors and habits."""
