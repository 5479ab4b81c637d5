"""What events are called where a command is taken back: one by what it did, several by their kind."""

# What marks, words and attempts are called where a command is taken back.
MARKED = {"passed": "passed", "skipped": "skipped", "learning": "back to learning"}
STEP_MARKED = {"done": "finished", "skipped": "skipped", "open": "open again"}
DISCUSSED = {"said": "your words on", "hint": "a hint to", "solution": "giving up on", "sentence": "your sentence on"}
ATTEMPTED = {
    "right": "a right attempt", "wrong": "a wrong attempt", "error": "an attempt that broke off",
    "timeout": "an attempt out of time",
}  # fmt: skip
# What several events of one kind are called together.
TOGETHER = {
    "time_logged": ("entry of time", "entries of time"),
    "item_graded": ("answer", "answers"),
    "item_marked": ("mark on a card", "marks on cards"),
    "item_scheduled": ("schedule brought in", "schedules brought in"),
    "answer_kept": ("answer kept", "answers kept"),
    "item_adopted": ("history moved", "histories moved"),
    "unit_marked": ("unit marked", "units marked"),
    "step_marked": ("step marked", "steps marked"),
    "attempted": ("attempt", "attempts"),
    "item_discussed": ("word on an item", "words on items"),
    "card_drafted": ("draft of a card", "drafts of cards"),
    "draft_settled": ("draft decided on", "drafts decided on"),
    "placement_answered": ("answer of placement", "answers of placement"),
    "placement_judged": ("result of placement", "results of placement"),
    "revoked": ("entry taken back", "entries taken back"),
    "paper_added": ("paper added", "papers added"),
    "paper_step_checked": ("step ticked", "steps ticked"),
    "paper_noted": ("note", "notes"),
    "paper_described": ("paper described", "papers described"),
    "paper_cited": ("citation", "citations"),
    "checklist_ticked": ("item of a checklist", "items of a checklist"),
    "project_step_checked": ("step of a project", "steps of a project"),
    "file_written": ("file written", "files written"),
}
