"""Malformed ids lead to the one that was meant, and titles are recognised however they are spelt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.papers.ids import paper_id
from mlcoach.domain.papers.names import nearest_id, short_title_key, surname, title_key


class TestNearestId:
    @pytest.mark.parametrize(
        ("text", "id"),
        [
            ("1706-03762", "1706.03762"),
            ("1706 03762", "1706.03762"),
            ("1706,03762", "1706.03762"),
            ("170603762", "1706.03762"),
            ("1706.03762vv5", "1706.03762"),
            ("1706.O3762", "1706.03762"),
            ("arxiv.org/abs/1706_03762", "1706.03762"),
            ("https://arxiv.org/pdf/1706/03762", "1706.03762"),
            ("1412.698", "1412.0698"),
            ("1706.3762", "1706.03762"),
            ("hep-th9901001", "hep-th/9901001"),
            ("hep-th:9901001", "hep-th/9901001"),
            ("math.GT 0309136", "math/0309136"),
            ("10.1038.nature14539", "10.1038/nature14539"),
            ("101038/nature14539", "10.1038/nature14539"),
            ("doi 10.1038 / nature14539", "10.1038/nature14539"),
            ("1760.03762", ""),
            ("lenet", ""),
            ("", ""),
        ],
    )
    def test_it_is_the_one_that_was_meant(self, text: str, id: str) -> None:
        assert nearest_id(text) == id

    @given(st.text(max_size=60) | st.from_regex(r"\A[0-9a-z./: -]{1,30}\Z"))
    def test_it_is_always_one_that_can_be(self, text: str) -> None:
        near = nearest_id(text)
        assert near == "" or paper_id(near) is not None


class TestTitles:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Attention Is All You Need", "Attention is all you need."),
            ("BERT: Pre-training of Deep …", "{BERT}: Pretraining of deep"),
            ("The Lottery Ticket Hypothesis", "Lottery ticket hypothesis"),
            ("Rethinking Attention & Memory", "Rethinking attention and memory"),
            ("Über Schätzer", "Uber Schatzer"),
        ],
    )
    def test_spellings_of_one_title_agree(self, one: str, other: str) -> None:
        assert title_key(one) == title_key(other)

    def test_other_titles_do_not(self) -> None:
        assert title_key("On deep learning, part one") != title_key("On deep learning, part two")

    @pytest.mark.parametrize(
        ("title", "key"),
        [
            ("The Lottery Ticket Hypothesis: Finding Sparse, Trainable Networks", "lotterytickethypothesis"),
            ("Adam: A Method for Stochastic Optimization", ""),
            ("No colon at all", ""),
        ],
    )
    def test_the_part_before_a_colon_counts_when_it_says_enough(self, title: str, key: str) -> None:
        assert short_title_key(title) == key

    @pytest.mark.parametrize("name", ["Knuth, Donald E.", "Donald E. Knuth", "D. KNUTH"])
    def test_a_surname_is_found_in_both_orders(self, name: str) -> None:
        assert surname(name) == "knuth"

    def test_no_author_has_no_surname(self) -> None:
        assert surname("") == surname("  ") == ""
