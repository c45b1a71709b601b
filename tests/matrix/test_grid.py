"""Grids: three forms, and every wrong one named by file, line or field."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import GridError
from assistant.evidence import Domain, Indicator
from assistant.matrix.grid import load_grid

BUILT_IN = Path(__file__).parents[2] / "corpus" / "indicators.toml"


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_built_in_grid_has_8_domains_and_49_indicators_with_terms() -> None:
    grid = load_grid(BUILT_IN)
    assert [d.id for d in grid.domains] == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    counts = [sum(i.domain == d.id for i in grid.indicators) for d in grid.domains]
    assert counts == [3, 5, 11, 3, 7, 5, 6, 9]
    assert [i.id for i in grid.indicators] == [f"mlm-{n:02}" for n in range(1, 50)]
    assert all(i.terms and i.question.endswith("?") for i in grid.indicators)


def test_a_plain_list_has_its_headings_as_domains(tmp_path: Path) -> None:
    grid = load_grid(written(tmp_path, "ours.txt", "# Money\n\n1. Who pays?\n- How much money is there?\n# Empty\n"))
    assert grid.title == "ours"
    assert grid.domains == (Domain("Money", "Money"),)
    assert [(i.id, i.domain, i.question, i.terms) for i in grid.indicators] == [
        ("q1", "Money", "Who pays?", ()), ("q2", "Money", "How much money is there?", ()),
    ]  # fmt: skip


def test_questions_without_a_domain_share_one(tmp_path: Path) -> None:
    grid = load_grid(written(tmp_path, "ours.txt", "Who pays?\n"))
    assert (grid.domains[0].id, grid.indicators[0].domain) == ("general", "general")


def test_csv_takes_semicolons_and_terms(tmp_path: Path) -> None:
    text = "\ufeffID;Domain;Question;Terms\na1;Law;Which law protects data?;data_protection | =gdpr\n;;;\n"
    grid = load_grid(written(tmp_path, "ours.csv", text))
    assert grid.indicators == (
        Indicator("a1", "Law", "Which law protects data?", "Which law protects data?", ("data_protection", "=gdpr")),
    )


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("g.toml", "[[indicator]]\nid = 'a'\n", "indicator 1 (a), field 'question': wanted a text, got None"),
        ("g.toml", "[[indicator]]\nquestion = 'Who pays?'\nlevel = 3\n", "indicator 1: has the unknown field 'level'"),
        ("g.toml", "[[indicator]]\nquestion = 'Who pays?'\nterms = 'pay'\n", "field 'terms': wanted a list of texts"),
        ("g.toml", "[[indicator]]\nquestion = 'Who pays?'\nterms = ['the']\n", "wanted a word that carries meaning"),
        (
            "g.toml",
            "[[indicator]]\nquestion = 'Who pays?'\ndomain = 'X'\n",
            "field 'domain': wanted one of the [[domain]] ids, got 'X'",
        ),
        ("g.toml", "levels = 5\n", "has the unknown part 'levels'"),
        ("g.toml", "a = [", "is not TOML"),
        ("g.csv", "name,terms\na,b\n", "line 1: wanted a column 'question', got name, terms"),
        ("g.csv", "id,question\na,Who pays?\nb,\n", "line 3, field 'question': wanted a text, got ''"),
        ("g.csv", "id,question\na,Who pays?\na,Who leads?\n", "the id is used twice"),
        ("g.txt", "Who pays in Finland?\n", "names Finland; a question of a grid is asked of every country"),
        ("g.txt", "\n# Only a heading\n", "holds no question"),
        ("g.txt", "???\n", "wanted a question in words"),
    ],
)
def test_a_wrong_grid_is_refused_by_name(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(GridError) as caught:
        load_grid(written(tmp_path, name, text))
    assert told in str(caught.value)
    assert name in str(caught.value)


def test_a_missing_grid_is_named(tmp_path: Path) -> None:
    with pytest.raises(GridError, match=r"nothing\.toml: cannot be read"):
        load_grid(tmp_path / "nothing.toml")


def test_the_fingerprint_depends_on_every_word_and_a_part_keeps_its_questions() -> None:
    grid = load_grid(BUILT_IN)
    assert grid.fingerprint() == load_grid(BUILT_IN).fingerprint()
    part = grid.only(["IV"])
    assert part.fingerprint() != grid.fingerprint()
    assert [i.id for i in part.indicators] == ["mlm-20", "mlm-21", "mlm-22"]
