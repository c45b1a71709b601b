"""The typesetter is a folder of scripts beside the package, so its folder joins the import path here."""

import sys
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
sys.path.insert(0, str(CORPUS))
