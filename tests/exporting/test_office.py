"""The files opened by another program: LibreOffice reads the words we wrote, where it is installed."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from assistant.exporting import flat, word, workbook
from tests.exporting.made import ANSWER, FORMULA, MATRIX, STAMP

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed; python-docx and openpyxl read them"
)


def converted(packed: bytes, name: str, form: str, folder: Path) -> str:
    (folder / name).write_bytes(packed)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", form, "--outdir", str(folder), name]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
    out = folder / f"{Path(name).stem}.{form.split(':')[0]}"
    assert out.exists(), done.stderr
    return out.read_text(encoding="utf-8-sig")


def test_the_document_opens_with_every_quotation(tmp_path: Path) -> None:
    seen = converted(word.matrix_docx(MATRIX, STAMP), "matrix.docx", "txt:Text (encoded):UTF8", tmp_path)
    for cell in MATRIX.cells:
        for quote in cell.quotes:
            plain = re.sub(r"[\u202a-\u202e]", "", quote.citation.quote)
            assert seen.count(plain) >= 2, "once in the text, once in the appendix"
    assert "assigns no maturity level" in seen
    assert seen.count(STAMP.line()) >= 1


def test_the_answer_opens_with_its_references(tmp_path: Path) -> None:
    seen = converted(word.answer_docx(ANSWER, STAMP), "answer.docx", "txt:Text (encoded):UTF8", tmp_path)
    assert "“12 companies take part.” [1]" in seen
    assert "Everybody" not in seen


def test_the_workbook_shows_what_the_grid_says_and_computes_nothing(tmp_path: Path) -> None:
    sheet_two = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    (tmp_path / "m.xlsx").write_bytes(workbook.to_xlsx(MATRIX, STAMP))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", sheet_two, "--outdir", str(tmp_path), "m.xlsx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=180, check=True)
    (made,) = tmp_path.glob("*.csv")
    rows = list(csv.reader(made.open(encoding="utf-8-sig")))
    assert rows[0] == list(flat.COLUMNS)
    assert len(rows) == 8
    assert rows[4][flat.COLUMNS.index("quote")] == f"'{FORMULA}"
