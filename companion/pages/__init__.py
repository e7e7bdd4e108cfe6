"""Reading what a marketplace page shows, without any IO."""
