"""Text for terminals that know ASCII alone: nothing becomes a question mark that has a name or a likeness."""

import unicodedata

MARKS = str.maketrans(
    {
        "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "≡": "==", "→": "->", "←": "<-", "↦": "|->", "⇒": "=>", "⇔": "<=>",
        "√": "sqrt", "∞": "inf", "∑": "sum", "∏": "prod", "∫": "int", "∂": "d", "∇": "grad ", "∈": " in ",
        "∉": " not in ", "⊂": " subset of ", "⊆": " subset of ", "∪": " or ", "∩": " and ", "∅": "{}", "∀": "for all ",
        "∃": "there is ", "⊥": "_|_", "∥": "||", "‖": "||", "⟨": "<", "⟩": ">", "⌊": "floor(", "⌋": ")", "⌈": "ceil(",
        "⌉": ")", "°": " deg", "⋅": "*", "∘": " o ", "⊙": " .* ", "⊗": " (x) ", "⊕": " (+) ", "±": "+-", "∝": " ~ ",
        "∼": "~", "ℝ": "R", "ℕ": "N", "ℤ": "Z", "ℂ": "C", "∣": "|", "⋮": ":", "⋯": "...", "…": "...", "ß": "ss",
    }
)  # fmt: skip


def ascii_text(text: str) -> str:
    """Return a text in ASCII: marks by their likeness, letters without accents, Greek ones by name, `x₁` as `x_1`.

    What has neither stays as it is.
    """
    text = text.translate(MARKS)
    return text if text.isascii() else "".join(one if one.isascii() else _letter(one) for one in text)


def _letter(character: str) -> str:
    name = unicodedata.name(character, "")
    if name.startswith("GREEK ") and " LETTER " in name:
        letter = name.split(" LETTER ")[1].split(" WITH ")[0].split()[-1]
        return letter.capitalize() if " CAPITAL " in name else letter.lower()
    if unicodedata.combining(character):
        return ""
    kind = unicodedata.decomposition(character).partition(" ")[0]
    apart = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if apart == character:
        return character
    before = {"<super>": "^", "<sub>": "_"}.get(kind, "^" if "MODIFIER LETTER" in name else "")
    return before + (apart if apart.isascii() else ascii_text(apart))
