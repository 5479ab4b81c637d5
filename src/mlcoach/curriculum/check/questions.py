"""Whether a card asks two things at once: grading half an answer is guesswork."""

import re

ASKING = r"(?:why|how|what|which|when|where|who|whose|whom)"
PREPOSITION = r"(?:(?:about|after|at|by|for|from|in|into|of|on|since|to|until|up to|with) )?"
# "…, and is it …", "…, and does that …": a second question that may be answered without the first.
VERB = r"(?:is|are|was|do|does|did|can|could|has|have|should|will|would)"
# What stands in quotes or in code is spoken of, not asked.
QUOTED = re.compile(r"`[^`]*`|‘[^’]*’|“[^”]*”|\"[^\"]*\"|(?<!\w)'[^'?]*\??[^']*'(?!\w)")
SECOND_QUESTIONS = (
    re.compile(rf"\band {PREPOSITION}{ASKING}\b", re.IGNORECASE),
    re.compile(rf", and {VERB}\b", re.IGNORECASE),
    # "What do you do first, what next?"; after "when" and "if" the comma ends a condition.
    re.compile(
        rf"^\W*{PREPOSITION}(?:why|how|what|which|who|whose) [^,;:]*(?:,| or|;) {PREPOSITION}(?:why|how|what)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\band (?:say|explain|name|give|state|tell|describe) (?:me )?(?:in \w+ \w+ )?{PREPOSITION}{ASKING}\b",
        re.IGNORECASE,
    ),
)
SENTENCE = re.compile(r"[^.?!:]*(?:\.(?!\s|$)[^.?!:]*)*[.?!:]?")


def second_question(text: str) -> str:
    """Return the words at which a question asks a second thing, or nothing where it asks one."""
    plain = QUOTED.sub("…", text)
    sentences = [found[0].strip() for found in SENTENCE.finditer(plain) if found[0].strip(" .?!:\n")]
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    if len(asked) > 1:
        return asked[1]
    # A colon opens the question of what stands before it, so both are one sentence here.
    for sentence in asked or sentences[-1:]:
        for pattern in SECOND_QUESTIONS:
            if found := pattern.search(sentence):
                return found[0].strip(" ,;")
    return ""
