"""`doctor --machine`: what this machine has, what the checklist of hardware advises, and which units of the path fit.

The advice is content: the steps of the checklist `hardware`, which a learner can change.
"""

from typing import TYPE_CHECKING

from mlcoach.adapters import hardware
from mlcoach.adapters.hardware import GIGA
from mlcoach.errors import MlcoachError
from mlcoach.views.work.machine import MachineCheckView, MachineFitView, MachineLevel, MachineView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

CHECKLIST = "hardware"
ENOUGH_MEMORY = 16  # GB, as the step `ram` says; what is sold as 16 shows as less
SHORT_OF_MEMORY = 0.9
ENOUGH_CORES = 6  # as the step `cores` says
ENOUGH_DISK = 50  # GB free: an environment with a framework and a few data sets
TRAINING_TRACKS = ("dl", "cv", "nlp", "audio", "gen", "rl")  # whose units train networks


def machine(context: "Context") -> MachineView:
    """Return what is here. Nothing is written, and nothing is asked of the network."""
    cards = hardware.graphics(context.environment)
    checks = (_memory(), _disk(context), _cores(), _graphics(cards), *_programs(context))
    advice = _advice(context)
    shown = tuple(
        check._replace(advice=advice.get(step, "")) if check.level != "good" else check for check, step in checks
    )
    return MachineView(hardware.system_name(), context.path.title, shown, _fits(context, has_card=bool(cards)))


Looked = tuple[MachineCheckView, str]


def _advice(context: "Context") -> dict[str, str]:
    found = context.catalog.checklist(CHECKLIST)
    return {step.id: step.text for step in found.items} if found else {}


def _memory() -> Looked:
    number = hardware.memory_bytes() / GIGA
    level: MachineLevel = "good" if number >= ENOUGH_MEMORY * SHORT_OF_MEMORY else "advice"
    return MachineCheckView("memory", level, f"{number:.0f} GB" if number else "not known", number), "ram"


def _disk(context: "Context") -> Looked:
    from mlcoach.services.practice.machine import work_folder

    folder = work_folder(context)
    free, whole = (size / GIGA for size in hardware.disk_bytes(folder))
    detail = f"{free:.0f} of {whole:.0f} GB free, where {folder} is" if whole else "not known"
    return MachineCheckView("disk", "good" if free >= ENOUGH_DISK else "advice", detail, free), "disk"


def _cores() -> Looked:
    number = hardware.cores()
    detail = "1 core" if number == 1 else f"{number} cores"
    return MachineCheckView("processor", "good" if number >= ENOUGH_CORES else "advice", detail, number), "cores"


def _graphics(cards: tuple[hardware.Graphics, ...]) -> Looked:
    if not cards:
        return MachineCheckView("graphics card", "advice", "none that frameworks can use"), "free"
    named = ", ".join(f"{card.name}, {card.memory / GIGA:.0f} GB" if card.memory else card.name for card in cards)
    return MachineCheckView("graphics card", "good", named, max(card.memory for card in cards) / GIGA), "vram"


def _programs(context: "Context") -> list[Looked]:
    environment = context.environment
    git = hardware.program(("git",), environment)
    notebook = hardware.program(hardware.NOTEBOOKS, environment)
    return [
        (_python(context), "python"),
        (_environment(context), "environment"),
        (_there("git", git, "not found"), "git"),
        (_editor(context), "editor"),
        (_there("notebook", notebook, "none found; a hosted one needs no installation"), "notebook"),
        (_compiler(context), "compiler"),
    ]


def _there(name: str, where: str, missing: str) -> MachineCheckView:
    return MachineCheckView(name, "good", where, 1.0) if where else MachineCheckView(name, "missing", missing)


def _python(context: "Context") -> MachineCheckView:
    from mlcoach.services.practice.machine import interpreter, python_words

    try:
        return MachineCheckView("Python", "good", python_words(interpreter(context)), 1.0)
    except MlcoachError as error:
        return MachineCheckView("Python", "missing", error.message)


def _environment(context: "Context") -> MachineCheckView:
    from mlcoach.services.practice.machine import work_folder

    folder = work_folder(context)
    own = next((folder / name for name in (".venv", "venv") if (folder / name).is_dir()), None)
    where = hardware.in_environment(context.environment) or (str(own) if own else "")
    return _there("environment", where, f"none active, and none in {folder}")


def _editor(context: "Context") -> MachineCheckView:
    from mlcoach.adapters.editor import editor_command

    try:
        words = editor_command(context.settings.get("editor"), context.environment, terminal=True)
    except MlcoachError as error:
        return MachineCheckView("editor", "missing", error.message)
    return MachineCheckView("editor", "good", " ".join(words), 1.0)


def _compiler(context: "Context") -> MachineCheckView:
    from mlcoach.adapters.practice.cpp import find_compiler

    try:
        return MachineCheckView("compiler", "good", str(find_compiler(context.environment).path), 1.0)
    except MlcoachError as error:
        return MachineCheckView("compiler", "missing", error.message)


def _fits(context: "Context", *, has_card: bool) -> tuple[MachineFitView, ...]:
    """Return what the units of the path ask for beyond Python: modules, a compiler, and a card for training."""
    from mlcoach.adapters.practice.interpreters import environment_command
    from mlcoach.services.practice.exercises import checked_items
    from mlcoach.services.practice.machine import interpreter, work_folder

    units = [id for id in context.path.units if id in context.catalog.units]
    asked: dict[tuple[str, ...], dict[str, None]] = {}
    compiled: dict[str, None] = {}
    for item in checked_items(context):
        if item.code is None or item.unit not in units:
            continue
        if item.code.language == "cpp":
            compiled[item.unit] = None
        elif item.code.needs:
            asked.setdefault(tuple(sorted(item.code.needs)), {})[item.unit] = None
    found = []
    for needs, of_units in sorted(asked.items()):
        try:
            missing = interpreter(context, needs).missing
        except MlcoachError:
            missing = needs
        command = environment_command(work_folder(context), needs) if missing else ""
        found.append(_fit(" and ".join(needs), list(of_units), not missing, command))
    if compiled:
        compiler = _compiler(context)
        found.append(_fit("a compiler of C++", list(compiled), compiler.level == "good", "see compiler above"))
    training = [id for id in units if context.catalog.units[id].track in TRAINING_TRACKS]
    if training:
        advice = "their small exercises run anywhere; train what is larger in a hosted notebook"
        found.append(_fit("a graphics card, for training in earnest", training, has_card, advice))
    rest = [id for id in units if id not in {*compiled, *training, *(id for of in asked.values() for id in of)}]
    return (*found, _fit("nothing more than Python and a browser", rest, True, "")) if rest else tuple(found)


def _fit(needs: str, units: list[str], here: bool, advice: str) -> MachineFitView:
    return MachineFitView(needs, here, len(units), tuple(units), "" if here else advice)
