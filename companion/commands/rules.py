"""``seabridge rules test | list | show``: the rules, with the seller's own words; what moves them stands beside."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from ..compliance import loader, store
from ..compliance.cases import failures
from ..compliance.feed.kept import Kept
from ..compliance.here import feed_here, rules_here
from ..compliance.loader import Origin, RuleSet
from ..compliance.own import words_of
from ..compliance.own_rules import SOURCE, rules_of
from ..compliance.pack import version_of
from ..compliance.rule import Rule
from ..locales import text
from ..opening import documents_of
from ..runtime.paths import Paths
from .printing import Say, as_json, complain, line


def arguments(name: str, parser: argparse.ArgumentParser, say: Say) -> None:
    """The three actions here, and those of the feed."""
    from .rules_feed import feed_actions
    from .rules_make import make_actions

    actions = parser.add_subparsers(dest="action", required=True)
    test = actions.add_parser("test", help=say("rules_cli_test"))
    test.add_argument("ids", nargs="*", metavar="ID", help=say("rules_cli_ids"))
    test.add_argument("--in", dest="folder", type=Path, metavar="FOLDER", help=say("rules_cli_in"))
    listing = actions.add_parser("list", help=say("rules_cli_list"))
    listing.add_argument("ids", nargs="*", metavar="ID", help=say("rules_cli_ids"))
    listing.add_argument("--marketplace", default="", metavar="NAME", help=say("rules_cli_marketplace"))
    show = actions.add_parser("show", help=say("rules_cli_show"))
    show.add_argument("id", metavar="ID", help=say("rules_cli_id"))
    for each in (test, listing, show, *feed_actions(actions, say), *make_actions(actions, say)):
        each.add_argument("--json", action="store_true", help=say("cli_json"))
        each.add_argument("--practice", dest="practice_data", action="store_true", help=say("cli_practice_data"))


def run(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    """Do it; 1 = faults found, or no such rule."""
    if options.action in ("pack", "key"):
        from .rules_make import run_make

        return run_make(options, paths, locale)
    if options.action not in ("test", "list", "show"):
        from .rules_feed import run_feed

        return run_feed(options, paths, locale)
    if options.action == "test":
        return _test(options, paths, locale)
    rules = _with_own_words(rule_set(paths), paths)
    if options.action == "list":
        chosen = [
            rule
            for rule in _chosen(rules.rules, options.ids)
            if not options.marketplace
            or any(one.split(" ")[0] in ("all", options.marketplace) for one in _places(rule))
        ]
        return _list(chosen, rules, options.json, locale)
    found = next((rule for rule in rules.rules if rule.id == options.id), None)
    if found is None:
        complain(text("rules_unknown", locale, id=options.id))
        return 1
    origin = _origin(found, rules, paths)
    if options.json:
        as_json({**msgspec.to_builtins(found), "origin": origin})
    else:
        _show(found, locale)
        line(text(f"rules_origin_{origin['from']}", locale, **origin))
    return 0


def _origin(rule: Rule, rules: RuleSet, paths: Paths) -> dict[str, Any]:
    """Where a rule comes from: shipped, the feed with its title and version, own."""
    origin = rules.origins.get(rule.id, "shipped")
    current = Kept(paths.feed).current() if origin == "feed" else None
    feed = {"title": current.manifest.title, "version": current.manifest.version} if current is not None else {}
    return {"from": origin, **feed}


def rule_set(paths: Paths) -> RuleSet:
    """The rules of this computer."""
    return rules_here(paths)


def _with_own_words(rules: RuleSet, paths: Paths) -> RuleSet:
    with documents_of(paths) as documents:
        own = rules_of(words_of(documents).all())
    origins: dict[str, Origin] = {**rules.origins, **{rule.id: "own" for rule in own}}
    return replace(rules, rules=(*rules.rules, *own), origins=origins)


def _places(rule: Rule) -> list[str]:
    """Marketplaces and regions a rule counts on; one for all of them may be in force on some only."""
    if rule.marketplaces != ["all"] or not all(one.marketplaces or one.regions for one in rule.validity):
        return rule.marketplaces
    named = [name for one in rule.validity for name in (one.marketplaces or [f"all ({', '.join(one.regions)})"])]
    return list(dict.fromkeys(named)) or ["all"]


def _chosen(rules: tuple[Rule, ...], ids: list[str]) -> list[Rule]:
    """Rules of these ids or topics; all without any."""
    return [rule for rule in rules if not ids or any(rule.id == each or rule.id.startswith(f"{each}/") for each in ids)]


def _test(options: argparse.Namespace, paths: Paths, locale: str) -> int:
    if options.folder is not None:
        rules, problems = loader.read(options.folder)
    else:
        rules, problems = store.read(paths.rules, feed=feed_here(paths))
    faults: list[dict[str, Any]] = [
        {"file": problem.file, "line": problem.line, "problem": problem.message}
        for problem in problems
        if not options.ids or any(problem.file.startswith(each) for each in options.ids)
    ]
    chosen = _chosen(rules.rules, options.ids)
    for rule in chosen:
        for kind, at, message in failures(rule, rules.cues, rules.places, date.today()):
            base = options.folder or _folder(rules.origins.get(rule.id), paths)
            where = loader.line_in(base / f"{rule.id}.yml", ("cases", kind, at))
            faults.append({"file": f"{rule.id}.yml", "line": where, "problem": f"cases.{kind}[{at}] {message}"})
    cases = sum(len(rule.cases.hit) + len(rule.cases.miss) for rule in chosen)
    if options.json:
        as_json({"ok": not faults, "rules": len(chosen), "cases": cases, "faults": faults})
    else:
        for fault in faults:
            line("{file}:{line}: {problem}".format(**fault))
        key = "rules_test_faults" if faults else "rules_test_ok"
        line(text(key, locale, rules=len(chosen), cases=cases, count=len(faults)))
    return 1 if faults or not chosen else 0


def _folder(origin: Origin | None, paths: Paths) -> Path:
    """Where the file of a rule lies."""
    if origin == "own":
        return paths.rules
    over = feed_here(paths) if origin == "feed" else None
    return over.folder if over is not None else loader.shipped()


def _list(rules: list[Rule], whole: RuleSet, json: bool, locale: str) -> int:
    version = version_of(whole.rules, whole.cues, whole.places)
    if json:
        rows = [
            {
                "id": rule.id,
                "version": rule.version,
                "kind": rule.kind,
                "status": rule.status,
                "level": rule.level,
                "applies_to": rule.applies_to,
                "marketplaces": rule.marketplaces,
                "regions": rule.regions,
                "message": getattr(rule.message, locale),
                "seen": max((each.seen for each in rule.references), default=""),
            }
            for rule in rules
        ]
        as_json({"rules": rows, "pack": version})
        return 0
    for rule in rules:
        where = ", ".join([*_places(rule), *rule.regions])
        said = getattr(rule.message, locale).replace("{text}", "…")
        line(f"{rule.id}  [{text(f'check_level_{rule.level}', locale)}]  {where}\n   {said}")
    line(text("rules_list_end", locale, count=len(rules), pack=version))
    return 0


def _show(rule: Rule, locale: str) -> None:
    line(f"{rule.id}  [{text(f'check_level_{rule.level}', locale)}]  {rule.kind}, v{rule.version}, {rule.status}")
    line(getattr(rule.message, locale))
    line(getattr(rule.fix, locale))
    hidden = {"id", "level", "kind", "version", "status", "message", "fix", "references", "cases"}
    for name, value in msgspec.to_builtins(rule).items():
        if name not in hidden and value not in ("", [], {}, None, False) and name != "context":
            line(f"  {name}: {_plain(value)}")
    for name, near in msgspec.to_builtins(rule.context).items():
        for each in near:
            line(f"  {name}: {_plain(each)}")
    for reference in rule.references:
        if reference.source == SOURCE:
            line(text("rules_show_own", locale, day=reference.seen))
            continue
        line(text("rules_show_source", locale, source=reference.source, basis=reference.basis, seen=reference.seen))


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(inner)}" for key, inner in value.items())
    return ", ".join(map(_plain, value)) if isinstance(value, list) else str(value)
