"""What people may mean by words that are not commands: answered by meaning, before any likeness of spelling.

A command that this release does not have is never named: what is wanted is then what the next one in the row does.
"""

from collections.abc import Container, Sequence

# By meaning: the words, then what to type and what it does, the best first.
MEANINGS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "why reason",
        (("today --why", "says why each block is in the plan"),),
    ),
    (
        "whereami whoami pwd",
        (
            ("status", "says what is under way"),
            ("today", "shows the plan of the day"),
            ("curriculum map", "shows how far you are on your path"),
        ),
    ),
    (
        "next now what todo continue go day morning agenda begin tasks task",
        (
            ("today", "shows what to do now"),
            ("start", "begins it"),
        ),
    ),
    (
        "learn study lesson course read watch resume work focus session",
        (
            ("start", "begins what is next"),
            ("today", "shows the plan of the day"),
        ),
    ),
    (
        "history diary entries logs times timesheet record yesterday edit correct fix change",
        (
            ("log", "lists what you recorded"),
            ("log 45m WHAT --date yesterday", "adds to another day"),
            ("undo --list", "lists the last commands, and takes one back"),
        ),
    ),
    (
        "delete remove erase revert rollback oops mistake wrong",
        (
            ("undo", "takes back the last command"),
            ("undo --list", "lists those before it"),
            ("undo --erase", "blanks its words for ever"),
        ),
    ),
    (
        "note notes journal remember",
        (
            ("note open", "opens one in your editor"),
            ("note search WORDS", "finds all that you wrote"),
            ("log --full", "shows what you noted day by day"),
            ("paper note PAPER", "is for notes on a paper"),
        ),
    ),
    (
        "show open view info about describe details unit topic",
        (
            ("curriculum show {rest}", "shows a unit, subject, path, checklist or paper"),
            ("search {rest}", "finds it by its words"),
        ),
    ),
    (
        "list subjects topics units map syllabus roadmap tracks modules path paths courses",
        (
            ("curriculum list", "lists subjects, paths and checklists"),
            ("curriculum map", "draws your path"),
        ),
    ),
    (
        "interviews mock hire hiring jobsearch",
        (
            ("interview", "is a mock one of 45 minutes"),
            ("job", "keeps your applications"),
            ("goal --by 2027-02-01 --path interview", "plans for the day of one"),
            ("curriculum show interview", "is the path before interviews"),
            ("curriculum show interview-preparation", "is the checklist"),
        ),
    ),
    (
        "apply application applications job jobs career cv-writing resume-writing offer salary",
        (
            ("job", "keeps your applications"),
            ("curriculum show search", "is the checklist of a job search"),
            ("curriculum show offer", "is the one before you sign"),
        ),
    ),
    (
        "mentor people contacts network networking community friend buddy-up",
        (
            ("people", "keeps who you are in touch with"),
            ("curriculum show mentor-steps", "is the checklist for a mentor"),
            ("buddy", "shows your week to somebody who notices"),
        ),
    ),
    (
        "project projects portfolio kaggle",
        (
            ("project", "keeps your projects, stage by stage"),
            ("project lint", "looks at a repository as a stranger would"),
            ("curriculum show project-workflow", "is the checklist of a project"),
            ("curriculum show choose-project", "helps you choose one"),
        ),
    ),
    (
        "exercise exercises drill drills problem problems solve code kata train",
        (
            ("practice", "runs exercises that check themselves"),
            ("review --only exercises", "asks the exercises that are due"),
            ("cards search", "lists them all"),
        ),
    ),
    (
        "flashcard flashcards card quiz test recall repeat revise revision anki srs questions",
        (
            ("review", "asks what is due"),
            ("cards search WORDS", "finds cards"),
            ("cards new UNIT", "makes your own"),
            ("import anki FILE", "brings in a deck"),
        ),
    ),
    (
        "friends group team together others partner mate accountability",
        (
            ("group", "shows the weeks of those who study with you"),
            ("buddy report", "writes your week, ready to paste or mail"),
        ),
    ),
    (
        "laptop computer machine device move migrate transfer sync cloud copy",
        (
            ("sync", "keeps several machines alike"),
            ("export journal -o my.jsonl", "takes out everything you recorded, on the old machine"),
            ("import journal my.jsonl", "brings it in on the new one; copy the folders of `mlcoach config path` too"),
        ),
    ),
    (
        "settings setting options preferences configure setup set-up goal hours minutes weekend weekends weekday",
        (
            ("init", "asks a few questions"),
            ("config show --all", "shows every setting"),
            ("config set goal 90", "changes one"),
        ),
    ),
    (
        "progress level score know known achievements summary dashboard statistics numbers chart graph results",
        (
            ("stats", "shows minutes, reviews and progress"),
            ("streak", "the days"),
            ("curriculum list", "how far you are in each subject"),
        ),
    ),
    (
        "placement assessment diagnostic test-out already level-test exam",
        (
            ("place", "finds out what you know already"),
            ("skip WHAT", "says that you know something"),
        ),
    ),
    (
        "tomorrow schedule upcoming future month months weeks ahead timetable",
        (
            ("plan --days 30", "shows the coming days"),
            ("plan --units", "shows the next month by unit"),
            ("forecast", "says when your path ends"),
        ),
    ),
    (
        "when finish end deadline eta date",
        (
            ("goal", "sets a date for your path"),
            ("forecast", "says when your path ends"),
        ),
    ),
    (
        "pause holiday vacation sick break skip-day off leave",
        (
            ("rest fri..sun", "plans days of rest"),
            ("plan --long", "plans a day off for study"),
            ("stop", "stops a running timer"),
            ("cancel", "throws it away"),
        ),
    ),
    (
        "mobile phone commute print bus travel",
        (("today --mobile", "is a page for the way: the cards due, and a paper"),),
    ),
    (
        "timer clock pomodoro stopwatch time",
        (
            ("start", "starts the timer"),
            ("stop", "records its time"),
            ("status", "shows it"),
        ),
    ),
    (
        "add new create make own write",
        (
            ("cards new UNIT", "makes a card of your own"),
            ("paper add ID", "puts a paper into the queue"),
            ("curriculum new SUBJECT", "makes a subject of your own"),
        ),
    ),
    (
        "papers article articles arxiv reading queue",
        (
            ("paper", "shows where you are"),
            ("paper list", "lists the queue"),
            ("paper suggest", "offers some for this week"),
        ),
    ),
    (
        "tutor mcp ai llm chatbot agent teacher",
        (
            ("assistant", "serves an AI assistant at your side"),
            ("cards drafts", "shows the cards it proposed"),
        ),
    ),
    (
        "find lookup grep where ask explain define",
        (("search {rest}", "looks through everything"),),
    ),
    (
        "notify notification alarm alert reminder reminders",
        (
            ("remind test", "shows one"),
            ("remind install", "turns them on"),
        ),
    ),
    (
        "update upgrade version",
        (
            ("--version", "says which one you have"),
            ("doctor", "checks the whole set-up"),
        ),
    ),
    (
        "quit exit bye close",
        (("stop", "stops a running timer; otherwise there is nothing to close"),),
    ),
    (
        "commands usage how manual man tutorial guide docs faq ?",
        (
            ("help", "lists the commands"),
            ("today", "is where to begin"),
        ),
    ),
    (
        "complete completed finished pass passed tick check mark ok",
        (
            ("done", "finishes the step under way"),
            ("done UNIT", "passes a unit"),
        ),
    ),
    (
        "ignore hide not-interested drop",
        (
            ("skip WHAT", "marks it as known or not wanted"),
            ("cards suspend ITEM", "sets a card aside"),
        ),
    ),
    (
        "save backups snapshot",
        (
            ("backup", "copies the store now"),
            ("export journal", "writes everything as text"),
        ),
    ),
    (
        "stuck lost confused overwhelmed behind bored hard difficult",
        (
            ("today", "shows the one next step"),
            ("week", "looks at what gets in the way"),
            ("init", "fits the minutes to your week"),
        ),
    ),
    (
        "hint hints solution answer answers",
        (
            ("practice", "opens an exercise: h shows a hint, v the solution"),
            ("cards search WORDS", "finds cards and their answers"),
        ),
    ),
    (
        "accessibility accessible screenreader screen-reader screen reader blind braille plain",
        (
            ("today --plain", "says in words what is else drawn; so does --plain behind every command"),
            ("config set plain true", "lets all commands do so"),
        ),
    ),
    (
        "color colors colour colours theme dark",
        (("today --color never", "has no colours; so has every command where NO_COLOR is set"),),
    ),
    (
        "book books pdf video videos resource resources link links",
        (
            ("today", "names what to open now"),
            ("search {rest}", "finds readings by their words"),
        ),
    ),
    (
        "uninstall",
        (
            ("config path", "shows every folder that is yours"),
            ("export journal -o my.jsonl", "takes out everything you recorded"),
        ),
    ),
    (
        "login account register password user profile",
        (("init", "sets it up; there is no account, all is on this machine"),),
    ),
    (
        "reset restart-over wipe clean",
        (
            ("undo --list", "takes back commands"),
            ("reopen UNIT", "puts a unit back to learning"),
            ("cards forget ITEM", "begins a card afresh"),
        ),
    ),
)


# Words that say little beside others: `what comes next month` is about the month.
VAGUE = frozenset((
    "what", "next", "now", "new", "add", "create", "make", "own", "write", "show", "open", "view", "find", "where",
    "ask", "how", "do", "can", "i", "my", "me", "the", "a", "is", "are", "continue", "info", "about", "see", "get",
))  # fmt: skip
MADE = frozenset(["add", "new", "create", "make", "own", "write"])
MAKEABLE = frozenset(["card", "cards", "flashcard", "flashcards", "question", "subject", "paper"])


# `where am i`, which asks for no word that could be found.
ONESELF = frozenset(
    ("am", "i", "was", "are", "we", "were", "do", "did", "stand", "stop", "stopped", "now", "at", "this")
)


def _telling(words: Sequence[str]) -> str:
    """Return the word that says most of what somebody wants: the first that has a meaning and is not vague."""
    if making := [word for word in words if word in MADE and MAKEABLE.intersection(words)]:
        return making[0]
    known = {word for row, _ in MEANINGS for word in row.split()}
    return next((word for word in words if word in known and word not in VAGUE), words[0])


def meant_by(words: Sequence[str], commands: Container[str]) -> str:
    """Return how to type what somebody may want who began a line with a word that is not a command, or "".

    `commands` are those that exist; no other is named.
    """
    said = [word.lower().strip("-?") for word in words]
    if said[0][:1].isdecimal():  # `mlcoach 45m vectors`
        return f"`mlcoach log {' '.join(words):.60}` records study time"
    word = _telling(said) if said[0] in VAGUE else said[0]
    if said[0] == "where" and len(said) > 1 and ONESELF.issuperset(said[1:]):
        word = "whereami"
    found = next((offers for known, offers in MEANINGS if word in known.split()), ())
    rest = " ".join(words[1:])[:60] or "WORDS"
    lines = [
        f"`mlcoach {line.format(rest=rest)}` {does}"
        for line, does in found
        if line.split()[0] in commands or line.startswith("-")
    ]
    return "\n".join(lines)
