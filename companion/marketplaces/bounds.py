"""YAML of somebody else: looked through before it is understood. Pure.

Aliases grow without end when they are followed, and deep nesting exhausts the stack; rules use neither.
"""

from __future__ import annotations

#: YAML nested deeper describes no page and no rule.
MOST_DEEP = 20


def excess(text: str, most_values: int) -> tuple[int, str] | None:
    """The line and the sentence of what is wrong, None for YAML with at most so many values."""
    import yaml

    deep = values = 0
    try:
        for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            values += 1
            if isinstance(event, yaml.CollectionStartEvent):
                deep += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                deep -= 1
            if isinstance(event, yaml.AliasEvent) or deep > MOST_DEEP or values > most_values:
                line = event.start_mark.line + 1 if event.start_mark else 1
                return line, "aliases, deep nesting and endless lists are not allowed"
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        return mark.line + 1 if mark else 1, str(exc.problem or exc)[:200]
    except yaml.YAMLError as exc:
        return 1, str(exc).splitlines()[0][:200]
    return None
