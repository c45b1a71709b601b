"""Varied pages set with typst: two columns, slides, tables, drop capitals, front matter, German and French."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
from pypdf import Transformation

EN = (
    "The ministry of health set up a national genomics council in the spring of 2021, chaired by the medical officer.",
    "It brings together hospitals, universities, patient organisations and the two regional data centres.",
    "By the end of 2025 the council wants at least 40,000 genomes to be sequenced within routine care.",
    "Consent is asked once, in plain language, and can be withdrawn at any time without giving a reason.",
    "Samples are stored in the central biobank, while the data remain in the hospitals’ own secure environments.",
    "Industry may apply for access under the same rules as public research groups, if it publishes its results.",
    "An independent committee reviews every application within six weeks and publishes its decisions.",
    "The programme costs 18.4 million euros a year, of which about two thirds are paid by the state budget.",
    "Genetic counsellors remain scarce: the country has 23 of them, whereas about 90 would be needed.",
    "Three universities therefore opened a master’s programme in genetic counselling in 2022.",
    "Cross-border exchange of data follows the federated approach agreed by the signatory countries.",
    "An evaluation after three years will decide whether newborn screening is extended to further conditions.",
)
DE = (
    "Das Bundesministerium für Gesundheit hat im Frühjahr 2021 einen nationalen Beirat für Genommedizin eingerichtet.",
    "Ihm gehören Krankenhäuser, Hochschulen, Patientenorganisationen und die beiden regionalen Datenzentren an.",
    "Bis Ende 2025 sollen mindestens 40.000 Genome in der Regelversorgung sequenziert werden.",
    "Die Einwilligung wird einmalig und in einfacher Sprache eingeholt; sie kann jederzeit widerrufen werden.",
    "Forschungs- und Versorgungsdaten werden getrennt gespeichert, z. B. in den sicheren Umgebungen der Krankenhäuser.",
    "Gemäß Art. 5 Abs. 2 des Gesetzes prüft ein unabhängiger Ausschuss jeden Antrag innerhalb von sechs Wochen.",
)
FR = (
    "Le ministère de la Santé a créé au printemps 2021 un conseil national de la médecine génomique.",
    "Celui-ci réunit les hôpitaux, les universités, les associations de patients et les deux centres de données.",
    "D’ici à la fin de 2025, au moins 40 000 génomes devront être séquencés dans le cadre des soins courants.",
    "Le consentement est demandé une seule fois, en langage clair, et peut être retiré à tout moment.",
    "L’industrie peut demander un accès aux mêmes conditions que la recherche publique, si elle publie ses résultats.",
    "Un comité indépendant examine chaque demande dans un délai de six semaines et publie ses décisions.",
)


FOLDER = Path(__file__).parent / "pages"
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.typ"))}
_SENTENCES = {"EN": EN, "DE": DE, "FR": FR}


def source(name: str) -> str:
    """Return a page's source with the sentences put in: "@EN 0 3@" stands for the first three English ones."""

    def sentences(match: re.Match[str]) -> str:
        text = " ".join(_SENTENCES[match[1]][int(match[2]) : int(match[3])])
        return text[1:] if match[4] else text

    return re.sub(r"@([A-Z]{2}) (\d+) (\d+)( tail)?@", sentences, PAGES[name])


def typeset(folder: Path, name: str) -> Path:
    """Return one of PAGES as a PDF; "cropped", "two_up" and "sideways" are made of the others."""
    made = {"cropped": "margin_notes", "two_up": "front_matter", "sideways": "tables"}.get(name)
    target = folder / f"{name}.pdf"
    if made is None:
        import typst

        (folder / f"{name}.typ").write_text(source(name), encoding="utf-8")
        typst.compile(str(folder / f"{name}.typ"), output=str(target))
        return target
    reader = pypdf.PdfReader(typeset(folder, made))
    if name == "two_up":
        writer, pages = pypdf.PdfWriter(), list(reader.pages)[4:6]
        sheet = writer.add_blank_page(2 * 595, 842)
        sheet.merge_page(pages[0])
        sheet.merge_transformed_page(pages[1], Transformation().translate(595, 0))
    else:
        writer = pypdf.PdfWriter(clone_from=reader)
        for page in writer.pages:
            if name == "cropped":
                page.cropbox = pypdf.generic.RectangleObject((40, 50, 570, 800))
            else:
                page.rotate(90)
    writer.write(target)
    return target
