"""One file a subcommand: ``arguments(name, parser, say)`` declares it, ``run(options, paths, locale)`` does it."""
