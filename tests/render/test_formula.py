"""LaTeX in Unicode: readable, and never another formula than the one written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.render.formula import formula, readable


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"A v = \lambda v", "A v = λ v"),
        (r"U \Sigma V^T", "U Σ Vᵀ"),
        (r"\mathbf{x}^\top \mathbf{w}", "𝐱ᵀ 𝐰"),
        (r"\begin{pmatrix}2&1\\1&2\end{pmatrix}", "(2 1; 1 2)"),
        (r"\begin{bmatrix} a + b & c \\ 0 & d \\ \end{bmatrix}", "[a + b, c; 0, d]"),
        (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "{ x, x > 0; 0, otherwise"),
        (r"\begin{aligned} a &= b \\ c &= d \end{aligned}", "a = b; c = d"),
        (r"\theta_{t+1} = \theta_t - \eta \nabla L(\theta_t)", "θₜ₊₁ = θₜ − η ∇L(θₜ)"),
        (r"\sigma(z) = \frac{1}{1+e^{-z}}", "σ(z) = 1/(1+e⁻ᶻ)"),
        (r"\dfrac{\partial^2 f}{\partial x^2}", "∂²f/∂x²"),
        (r"\lVert x \rVert_2^2", "‖ x ‖₂²"),
        (r"\left\| x \right\|", "‖x‖"),
        (r"\left. f \right|_0", "f|₀"),
        (r"x \in \mathbb{R}^n", "x ∈ ℝⁿ"),
        (r"\mathcal{N}(\mu,\sigma^2)", "𝒩(μ,σ²)"),
        (r"\hat{y}_i, \bar{x}", "ŷᵢ, x̄"),
        (r"W^{(l)}_{ij}", "W⁽ˡ⁾ᵢⱼ"),
        (r"90^\circ, x^{*}, f'", "90°, x*, f′"),
        (r"\arg\max_\theta \log p(x\mid\theta)", "arg max_θ log p(x|θ)"),
        (r"\operatorname*{arg\,max}_x f", "arg maxₓ f"),
        (r"\text{if } x > 0", "if x > 0"),
        (r"\binom{n}{k} p^k (1-p)^{n-k}", "(n choose k) pᵏ (1−p)ⁿ⁻ᵏ"),
        (r"\sqrt[3]{x} + \sqrt{x+1}", "∛x + √(x+1)"),
        (r"100\%", "100%"),
    ],
)
def test_what_cards_hold(source: str, shown: str) -> None:
    assert formula(source) == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"\frac{a+b}{c}", "(a+b)/c"),  # not a+b/c
        (r"\frac{1}{2\pi}", "1/(2π)"),
        (r"\frac{1}{2(x+1)}", "1/(2(x+1))"),
        (r"\frac{1}{\sqrt{2\pi\sigma^2}}", "1/√(2πσ²)"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"\frac{1}{n}\sum_{i=1}^n x_i", "(1/n)∑ᵢ₌₁ⁿ xᵢ"),
        (r"x\frac{a}{b}", "x (a/b)"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"{a+b}^2", "(a+b)²"),
        (r"\sqrt{x}^2", "(√x)²"),
        (r"\sqrt{x}y", "√(x)y"),
        (r"x_{N-1}^2", "x_(N−1)²"),
        (r"e^{-(x-\mu)^2/(2\sigma^2)}", "e^(−(x−μ)²/(2σ²))"),
        (r"2^\alpha\beta", "2^(α)β"),
        (r"x_{\text{train}}", "x_train"),  # not a row of tiny letters
        (r"x^10", "x¹0"),  # as LaTeX has it
    ],
)
def test_what_belongs_together_stays_together(source: str, shown: str) -> None:
    assert formula(source) == shown


@pytest.mark.parametrize(
    "source",
    [
        *(r"\foo{x}", r"a^{b_{c", r"\frac", r"\frac{a}", r"a \\ b", "a & b", "}", r"\left( x", r"x \right)", "x^", "_"),
        *(r"\begin{tikz}x\end{tikz}", r"\begin{matrix}a", r"\text{a", "{" * 60 + "x" + "}" * 60, r"\sqrt[3"),
    ],
)
def test_what_is_not_understood_stays_as_written(source: str) -> None:
    assert formula(source) == source
    assert readable(f"see ${source}$") == f"see ${source}$"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from $x_1$ to \\(x^2\\), \\[y\\] and $$z_0$$", "from x₁ to x², y and z₀"),
        ("it costs $5 and $6", "it costs $5 and $6"),
        ("echo $HOME and $PATH", "echo $HOME and $PATH"),
        ("$ x $ has blanks", "$ x $ has blanks"),
        ("\\$5 for $x$", "$5 for x"),
        ("$x$\n$y$", "x\ny"),
        (r"print('\n')", r"print('\n')"),
    ],
)
def test_only_formulas_are_touched(text: str, shown: str) -> None:
    assert readable(text) == shown


@given(st.text(alphabet="\\{}^_&$ab1+ fracsqrtleigndx[]()|'~\n", max_size=60))
def test_any_text_comes_out_as_some_text(text: str) -> None:
    assert isinstance(readable(text), str)
    assert isinstance(formula(text), str)
