"""One file a subcommand: ``arguments(name, parser, locale)`` declares it, ``run(options, paths, locale)`` does it."""
