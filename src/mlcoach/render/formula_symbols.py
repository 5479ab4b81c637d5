"""The tables of `formula`: what a LaTeX command is in Unicode."""

# Greek letters come from their names, capitals by title case.
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "varepsilon": "ε", "vartheta": "ϑ", "varphi": "φ", "varrho": "ϱ", "varsigma": "ς", "varpi": "ϖ",
}  # fmt: skip

SYMBOLS = {
    **_GREEK,
    # Operators and relations
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "star": "⋆", "circ": "∘",
    "bullet": "•", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙", "wedge": "∧", "vee": "∨",
    "land": "∧", "lor": "∨", "neg": "¬", "lnot": "¬", "setminus": "∖", "cup": "∪", "cap": "∩", "sqcup": "⊔",
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ll": "≪", "gg": "≫",
    "ne": "≠", "neq": "≠", "equiv": "≡", "approx": "≈", "sim": "∼", "simeq": "≃", "cong": "≅", "propto": "∝",
    "triangleq": "≜", "coloneqq": "≔", "prec": "≺", "preceq": "⪯", "succ": "≻", "succeq": "⪰", "asymp": "≍",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇",
    "perp": "⊥", "parallel": "∥", "mid": "|", "models": "⊨", "vdash": "⊢", "colon": ":",
    # Arrows
    "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔", "gets": "←", "mapsto": "↦",
    "longrightarrow": "⟶", "longmapsto": "⟼", "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔",
    "implies": "⇒", "impliedby": "⇐", "iff": "⇔", "uparrow": "↑", "downarrow": "↓", "hookrightarrow": "↪",
    # Large operators
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "iiint": "∭", "oint": "∮",
    "bigcup": "⋃", "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂", "bigwedge": "⋀", "bigvee": "⋁",
    # Letter-like
    "partial": "∂", "nabla": "∇", "infty": "∞", "ell": "ℓ", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ",
    "emptyset": "∅", "varnothing": "∅", "forall": "∀", "exists": "∃", "nexists": "∄", "top": "⊤", "bot": "⊥",
    "dagger": "†", "ddagger": "‡", "prime": "′", "degree": "°", "angle": "∠", "checkmark": "✓", "square": "□",
    "triangle": "△", "therefore": "∴", "because": "∵", "imath": "ı", "jmath": "ȷ", "surd": "√", "blacksquare": "■",
    # Fences
    "|": "‖", "Vert": "‖", "lVert": "‖", "rVert": "‖", "vert": "|", "lvert": "|", "rvert": "|", "{": "{",
    "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "langle": "⟨", "rangle": "⟩",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "backslash": "\\",
    # Dots and plain characters
    "ldots": "…", "dots": "…", "cdots": "⋯", "vdots": "⋮", "ddots": "⋱", "dotsc": "…", "dotsb": "⋯",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_",
}  # fmt: skip

# What is close before the thing it applies to.
PREFIXES = frozenset("∂∇∑∏¬√∀∃")

# Operators with names; a blank is put between them and a neighbouring word.
NAMES = {
    **{name: name for name in ("log", "ln", "lg", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos")},
    **{name: name for name in ("arctan", "sinh", "cosh", "tanh", "coth", "min", "max", "sup", "inf", "lim", "det")},
    **{name: name for name in ("dim", "ker", "rank", "tr", "gcd", "deg", "Pr", "arg", "sgn", "sign", "diag")},
    **{name: name for name in ("Var", "Cov", "mod")},
    "argmax": "arg max", "argmin": "arg min", "limsup": "lim sup", "liminf": "lim inf", "bmod": "mod", "pmod": "mod",
}  # fmt: skip

# Spacing and sizes: nothing, or a blank.
DROPPED = {
    **dict.fromkeys(
        ("!", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl",
         "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "middle", "mathstrut", "nonumber", "notag"), "",
    ),
    **dict.fromkeys((",", ":", ";", " ", ">", "quad", "qquad", "enspace", "thinspace"), " "),
}  # fmt: skip

# Marks on one letter, as combining characters.
ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "underline": "\u0332",
}  # fmt: skip

# Commands whose argument is words.
WORDS = frozenset((
    "text", "mathrm", "textrm", "textbf", "textit", "mbox", "mathsf", "mathtt", "texttt", "textsf", "mathit", "emph",
    "operatorname", "operatorname*",
))  # fmt: skip

# Opening and closing fence of each environment; no fences for lines that are only aligned.
MATRIX_FENCES = {
    "matrix": ("[", "]"), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"), "smallmatrix": ("[", "]"), "array": ("[", "]"), "cases": ("{ ", ""),
    "aligned": ("", ""), "align": ("", ""), "gathered": ("", ""), "split": ("", ""),
}  # fmt: skip

SUPERSCRIPTS = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′βγδθφχ,",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′ᵝᵞᵟᶿᵠᵡ,",
        strict=True,
    )
)
del SUPERSCRIPTS[","]  # there is no small comma; a list of indices stays in parentheses

SUBSCRIPTS = dict(zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))


def _alphabet(capital: int, small: int = 0, digit: int = 0, **exceptions: str) -> dict[str, str]:
    """Return the letters of a mathematical alphabet, which begins at these code points."""
    letters = {chr(ord("A") + index): chr(capital + index) for index in range(26)}
    if small:
        letters |= {chr(ord("a") + index): chr(small + index) for index in range(26)}
    if digit:
        letters |= {chr(ord("0") + index): chr(digit + index) for index in range(10)}
    return letters | exceptions


_BOLD = _alphabet(0x1D400, 0x1D41A, 0x1D7CE)
_SCRIPT = _alphabet(
    0x1D49C, B="ℬ", E="ℰ", F="ℱ", H="ℋ", I="ℐ", L="ℒ", M="ℳ", R="ℛ"
)  # fmt: skip
_BLACKBOARD = _alphabet(0x1D538, 0, 0x1D7D8, C="ℂ", H="ℍ", N="ℕ", P="ℙ", Q="ℚ", R="ℝ", Z="ℤ")
_FRAKTUR = _alphabet(0x1D504, 0x1D51E, C="ℭ", H="ℌ", I="ℑ", R="ℜ", Z="ℨ")

ALPHABETS = {
    "mathbf": _BOLD, "boldsymbol": _BOLD, "bm": _BOLD, "mathcal": _SCRIPT, "mathscr": _SCRIPT,
    "mathbb": _BLACKBOARD, "mathfrak": _FRAKTUR,
}  # fmt: skip
