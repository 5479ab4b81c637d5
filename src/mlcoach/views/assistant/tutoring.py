"""What the prompts are written from: what the coach knows at the moment at which a talk begins."""

from typing import NamedTuple

from mlcoach.views.assistant.reading import CurrentStepView, KnowledgeView, MapUnitView


class StudyTalkView(NamedTuple):
    """A unit to talk about; with the step of it that is under way, where no unit was named."""

    unit: MapUnitView
    step: CurrentStepView | None


class WeakSpotsView(NamedTuple):
    """A mock interview of so many minutes on what is weak."""

    minutes: int
    knowledge: KnowledgeView
