"""Items whose numbers vary: whether they can be drawn, typed, and told apart from the mistakes they know."""

from collections.abc import Collection, Iterator

from mlcoach.curriculum.check.faults import TableFault, note_fault
from mlcoach.curriculum.merge.merged import MergedCurriculum, MergedUnit
from mlcoach.curriculum.read import varied
from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.problems import shown
from mlcoach.curriculum.read.source import KeyLocation, Source
from mlcoach.domain.practice.accept import LONGEST_TO_TYPE, formulas_agree, is_same, shortest_text
from mlcoach.domain.practice.values import RESERVED, SPEC, Evaluate, ExpressionError, is_number, places_of
from mlcoach.domain.practice.variants import Variant, Vary, draw, seed_of

DRAWN = 200  # variants of each item
MOST_ALIKE = 0.05  # of them in which a misconception may come to the right answer
FEWEST_DIFFERENT = 5  # questions among them


def look_at_varied(merged: MergedCurriculum, sources: Collection[Source], evaluate: Evaluate) -> None:
    """Note what is wrong with the items of these files whose numbers vary, each drawn `DRAWN` times."""
    for unit in merged.units.values():
        for item in unit.items.values():
            table = item.value.vary
            place = item.changed if item.changed and _is_in(item.changed) else item.place
            if table is None or place.source not in sources or place.path in place.source.refused:
                continue
            faults = list(structure_faults(table)) or list(_missing_cards(merged, unit, table))
            faults = faults or list(drawn_faults(varied.built_vary(table, unit.id), f"{unit.id}/{item.id}", evaluate))
            for fault in faults:
                note_fault(merged, "varied-item", unit, item, KeyLocation(place.source, (*place.path, "vary")), fault)


def _is_in(place: KeyLocation) -> bool:
    return (*place.path, "vary") in place.source.locator.values


def structure_faults(table: varied.VaryTable) -> Iterator[TableFault]:
    """Yield what is wrong with a table before anything is drawn."""
    for key, variables in (("vars", table.vars), ("free", table.free)):
        for name, variable in variables.items():
            yield from (
                TableFault((key, name), f"has a variable `{name}` {fault}", hint) for fault, hint in _range(variable)
            )
    names = [*table.vars, *table.derive, *table.free]
    for name in names:
        if name in RESERVED or names.count(name) > 1:
            why = "is a name of its own in expressions" if name in RESERVED else "is there twice"
            yield TableFault((), f"has a variable `{name}`, which {why}", "choose another name")
            return
    if bool(table.free) != table.expression:
        what = "`expression` without `free`" if table.expression else "`free` without `expression`"
        hint = "a formula has both: `expression = true` and `free.x = { real = [0.5, 3] }`"
        yield TableFault(("expression",), f"has {what}", hint)
    if upper := next((name for name in table.free if name != name.lower()), ""):
        yield TableFault(("free", upper), f"has the letter `{upper}`", "letters of a typed formula are lower-case")
    yield from _accept(table)
    known = {*table.vars, *table.derive}
    for path, text, also in _texts(table):
        for name, spec in places_of(text):
            if name not in known and name not in also:
                hint = f"its names are {', '.join(sorted(known | also)) or 'none'}; doubled braces are braces"
                yield TableFault(path, f"has a place {{{name}}} for which there is no value", hint)
            elif not SPEC.fullmatch(spec):
                yield TableFault(path, f"has a place with the format `{shown(spec)}`", "write it like {x:.2f} or {x:+}")
    ids = [mistake.id for mistake in table.misconception]
    if twice := next((id for id in ids if ids.count(id) > 1), ""):
        yield TableFault(("misconception",), f"has two misconceptions `{twice}`", "choose another id")


def _range(variable: varied.VariableTable) -> Iterator[tuple[str, str]]:
    given = [
        key for key, value in (("choice", variable.choice), ("int", variable.int_), ("real", variable.real)) if value
    ]
    if len(given) != 1:
        yield f"with {' and '.join(given) or 'nothing to draw from'}", "give it one of `choice`, `int` and `real`"
        return
    low, high = variable.int_ or variable.real or (0, 0)
    if low > high:
        yield "whose range ends before it begins", f"write `[{high:g}, {low:g}]`"
    if variable.int_ and variable.step and not variable.step.is_integer():
        yield "of whole numbers with a broken step", "use `real`"
    size = [variable.size] if isinstance(variable.size, int) else variable.size or []
    if len(size) > 2 or not all(1 <= part <= varied.LARGEST_SIZE for part in size):
        yield (
            "of an invalid size",
            f"a vector has 1 to {varied.LARGEST_SIZE} numbers, a matrix as many rows and columns",
        )


def _accept(table: varied.VaryTable) -> Iterator[TableFault]:
    accept = table.accept
    hint = "write `accept = { exact = true }`, `{ rel = 0.01 }`, `{ sigfig = 3 }` or `{ decimals = 2 }`"
    if accept is None:
        if not table.expression:
            yield TableFault((), "does not say which answers it accepts", hint)
        return
    ways = (accept.rel or accept.abs, accept.sigfig, accept.decimals is not None, accept.exact)
    if sum(map(bool, ways)) != 1:
        yield TableFault(("accept",), "accepts in several ways or in none", hint)


def _texts(table: varied.VaryTable) -> Iterator[tuple[KeyPath, str, set[str]]]:
    """Yield the texts with places, and the names that each may use besides those of the numbers."""
    nothing: set[str] = set()
    yield ("prompt",), table.prompt, nothing
    yield ("solution",), table.solution or "", {"answer"}
    for number, mistake in enumerate(table.misconception):
        # A second try follows, so that `feedback` must not give the answer away.
        yield ("misconception", number, "feedback"), mistake.feedback, nothing


def _missing_cards(merged: MergedCurriculum, unit: MergedUnit, table: varied.VaryTable) -> Iterator[TableFault]:
    for number, mistake in enumerate(table.misconception):
        if mistake.card is None:
            continue
        full = varied.full_card(mistake.card, unit.id)
        full = merged.aliases.get(full, full)
        home, _, name = full.partition("/")
        there = merged.units.get(merged.aliases.get(home, home))
        if there is None or name not in there.items or there.items[name].kind != "card":
            hint = "name a card of this unit by its id, another one in full"
            yield TableFault(
                ("misconception", number, "card"), f"brings back `{mistake.card}`, which is not a card", hint
            )


def drawn_faults(vary: Vary, item: str, evaluate: Evaluate) -> Iterator[TableFault]:
    """Yield what is wrong with the variants of an item: none, endless numbers, mistakes that are right."""
    variants: list[Variant] = []
    for number in range(1, DRAWN + 1):
        try:
            variants.append(draw(vary, seed_of(item, number), evaluate))
        except ExpressionError as error:
            yield TableFault((), f"cannot be drawn: {error}", "change `vars`, `where`, `derive` or `answer`")
            return
    different = len({variant.prompt for variant in variants})
    if different < FEWEST_DIFFERENT:
        yield TableFault(("vars",), f"has {different} different questions", "give `vars` more values", severe=False)
    if vary.free and not formulas_agree(vary, variants[0], variants[0].formula, evaluate):
        yield TableFault(
            ("answer",), "has a formula with no value in the ranges of `free`", "change `answer` or `free`"
        )
        return
    for place, mistake in enumerate(vary.mistakes):
        yield from _mistake_faults(vary, variants, place, mistake.id, evaluate)
    long = [text for variant in variants for text in _shortest(vary, variant) if len(text) > LONGEST_TO_TYPE]
    if long:
        message = f"has the answer {long[0]} in {len(long)} of {DRAWN} variants, which is long to type"
        yield TableFault(("accept",), message, "accept fewer digits, or draw rounder numbers", severe=False)


def _shortest(vary: Vary, variant: Variant) -> list[str]:
    if vary.free:
        return []
    parts = variant.answer if isinstance(variant.answer, tuple) else (variant.answer,)
    return [shortest_text(part, vary.accept) for part in parts]


def _mistake_faults(
    vary: Vary, variants: list[Variant], place: int, name: str, evaluate: Evaluate
) -> Iterator[TableFault]:
    values = [variant.mistakes[place][1] for variant in variants]
    path = ("misconception", place, "answer")
    if vary.free:
        alike = sum(
            formulas_agree(vary, variant, value, evaluate) for variant, value in zip(variants, values, strict=True)
        )
    else:
        alike = sum(
            value is not None and is_same(value, variant.answer, vary.accept)
            for variant, value in zip(variants, values, strict=True)
        )
        if not any(is_number(value) or isinstance(value, tuple) for value in values):
            yield TableFault(path, f"has a misconception `{name}` that never comes to a number", "change its `answer`")
            return
    if alike > MOST_ALIKE * len(variants):
        message = f"has a misconception `{name}` that is right in {alike} of {len(variants)} variants"
        hint = "keep such numbers out with `where`, or accept fewer answers: at most 1 in 20 may coincide"
        yield TableFault(path, message, hint)
