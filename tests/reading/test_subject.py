"""Whose document it is: small documents in many languages, file names of all the world, and papers of no country."""

from __future__ import annotations

import unicodedata

import pytest

from assistant.model import Page, Reading
from assistant.reading.catalogue import Catalogue, describe
from assistant.reading.guesses import guess_title, guess_year
from assistant.reading.subject import subject_of


def about(text: str, language: str, file: str = "document.pdf", title: str = "Plan") -> tuple[str, ...]:
    return subject_of(title, file, [Page(1, "1", text)], language=language).countries


DOCUMENTS = {
    "DE": ("de", "Der Bundestag hat das Gesetz beschlossen.\n\nDas Bundesministerium für Gesundheit erlässt eine "
           "Verordnung; die Behörde prüft sie nach Absatz 2."),
    "AT": ("de", "Die Republik Österreich fördert Genomforschung.\n\nDas Gesetz (BGBl. I Nr. 12/2020) gilt in ganz "
           "Österreich; die Verordnung des Bundesministeriums folgt."),
    "FR": ("fr", "Le ministère publie un décret.\n\nLe Code de la santé publique et la CNIL encadrent les données.\n\n"
           "La loi fixe le cadre en France."),
    "SN": ("fr", "République du Sénégal\n\nLe ministère de la Santé du Sénégal prépare une loi.\n\nLe gouvernement "
           "adopte un décret à Dakar. Au Sénégal, les hôpitaux suivent."),
    "FI": ("fi", "Valtioneuvosto hyväksyi ohjelman.\n\nEduskunnan säätämä laki koskee hyvinvointialueita ja "
           "ministeriö seuraa asetuksen toteutumista."),
    "SE": ("sv", "Regeringen föreslår en ny lag.\n\nSocialdepartementet och Riksdagen har begärt att myndigheterna "
           "i Sverige delar data."),
    "GR": ("el", "Το Υπουργείο Υγείας εκδίδει νόμο.\n\nΕλληνική Δημοκρατία. Η κυβέρνηση δημοσίευσε στο ΦΕΚ τον νόμο."),
    "PL": ("pl", "Ministerstwo Zdrowia ogłasza strategię.\n\nUstawa (Dz.U. 2021) i rozporządzenie Rady Ministrów "
           "obowiązują w Polsce."),
    "PT": ("pt", "O Governo aprovou o Decreto-Lei n.º 5.\n\nO Ministério e a Assembleia da República publicam a lei "
           "no Diário da República."),
    "BR": ("pt", "O Ministério da Saúde do Brasil publica a lei.\n\nO Sistema Único de Saúde atende no Brasil; o "
           "governo publica no Diário Oficial da União o decreto."),
    "TR": ("tr", "Sağlık Bakanlığı strateji yayımladı.\n\nTürkiye Cumhuriyeti Resmî Gazete. Bakanlığın yönetmeliği "
           "ve kanun Türkiye genelinde geçerlidir."),
    "EE": ("et", "Riigikogu võttis seaduse vastu.\n\nSotsiaalministeerium annab määruse, mis on avaldatud Riigi "
           "Teatajas."),
    "NL": ("nl", "De minister informeert de Tweede Kamer.\n\nHet kabinet en de gemeenten voeren de wet uit in "
           "Nederland."),
    "KE": ("en", "Ministry of Health\n\nKenya has a digital health plan. The government of Kenya funds it.\n\nKenyan "
           "hospitals join. In Kenya, parliament decides."),
    "NZ": ("en", "Strategy\n\nSee https://www.digital.govt.nz and https://www.health.govt.nz.\n\nNew Zealand Government"
           "\n\nPeople in Aotearoa choose."),
    "US": ("en", "Federal agencies follow the Office of Management and Budget.\n\nThe Federal Register says so; see "
           "https://strategy.data.gov and U.S. law."),
}  # fmt: skip


@pytest.mark.parametrize("code", DOCUMENTS)
def test_a_document_without_a_name_is_known_by_who_speaks_in_it(code: str) -> None:
    language, text = DOCUMENTS[code]
    assert about(text, language) == (code,)


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("KEN_digital_health_2016.pdf", "Digital health needs trust.", "KE"),
        ("Plan national santé (SEN).pdf", "Le plan de santé.", "SN"),
        ("who_emro_jordan_2019.pdf", "The clinics in Jordan are visited.\n\nThe Ministry of Jordan reports.", "JO"),
        ("SVK_eHealth.pdf", "", "SK"),
        ("strategy_UZB.pdf", "The strategy.", "UZ"),
        ("estrategia-salud-digital-chile.pdf", "", "CL"),
        ("nationale_Strategie_Österreich.docx", "", "AT"),
        ("Suomen_genomistrategia.pdf", "", "FI"),
        ("kenya/plan.pdf", "Kenya plans. The government of Kenya pays.", "KE"),
        ("NZ_strategy.pdf", "New Zealand plans.\n\nNew Zealand pays.", "NZ"),
        ("UK_plan.pdf", "HM Government publishes.", "GB"),
    ],
)
def test_file_names_of_all_the_world(file: str, text: str, code: str) -> None:
    assert about(text, {"SN": "fr", "FI": "fi"}.get(code, "en"), file) == (code,)


@pytest.mark.parametrize(
    ("file", "language", "title", "text"),
    [
        ("IT_plan.pdf", "en", "IT plan", "Information technology serves hospitals."),
        ("EHDS_regulation_FR.pdf", "fr", "Règlement", "RÈGLEMENT (UE) 2025/327\n\nLe Parlement européen a adopté la "
         "loi; chaque État et son ministre et le gouvernement l'appliquent."),
        ("asetus.pdf", "fi", "Asetus", "EUROOPAN KOMISSIO\n\nCOM(2022) 197 final\n\nAsetuksen laki ja hallituksen "
         "ministeriö."),
        ("compare.pdf", "en", "Health data compared", "France pays.\n\nGermany pays.\n\nItaly pays.\n\nSpain pays.\n\n"
         "Austria pays.\n\nGreece pays.\n\nNorway pays."),
        ("note.pdf", "en", "Note", "See https://www.ncbi.nih.gov/a and https://www.ncbi.nih.gov/b for terms of the "
         "American Joint Committee.\n\nAmerican Joint Committee on Cancer."),
        ("michael_jordan.pdf", "en", "Talk", "A talk on basketball by Michael Jordan."),
        ("readme.md", "en", "Introduction", "How to build it."),
        ("NATIONAL PLAN IN HEALTH.pdf", "en", "Plan", "Health for all."),
        ("text.txt", "de", "Text", "Ein kurzer Text über Blumen."),
    ],
)  # fmt: skip
def test_what_no_country_speaks_in_has_none(file: str, language: str, title: str, text: str) -> None:
    assert about(text, language, file, title) == ()


def test_a_title_that_names_several_countries_is_about_them_all() -> None:
    assert about("Both share data.", "en", title="Estonia and Finland: a visit") == ("EE", "FI")


def test_the_evidence_is_told_in_words_strongest_first() -> None:
    pages = [Page(1, "1", "Valtioneuvosto päätti. Suomen laki.")]
    found = subject_of("Ohjelma", "FIN_ohjelma.pdf", pages, language="fi")
    assert found.countries == ("FI",)
    assert found.evidence[0] == "the file's name has the code FIN"
    assert "it speaks of Valtioneuvosto" in found.evidence
    document = describe("FIN_ohjelma.pdf", "0" * 64, Reading(tuple(pages), language="fi"), Catalogue())
    assert document.countries == ("FI",) and "countries" in document.guessed
    assert document.report.evidence[0] == "the file's name has the code FIN"


def test_titles_pass_over_headings_of_parts_and_take_what_the_file_s_name_repeats() -> None:
    def titled(own: str, file: str) -> str:
        return guess_title(Reading((Page(1, "1", "Text"),), title=own), file)

    assert titled("Sample Class Version 1", "gdi_Sample_Class_Version_1.pdf") == "Sample Class Version 1"
    assert titled("Inhaltsübersicht", "EGovG.md") == "EGovG"
    assert titled("§ 1 – Zweck", "Gesetz_zur_Nutzung.md") == "Gesetz zur Nutzung"
    assert titled("20220407-draft (003)", "health_proposal.pdf") == "Health proposal"
    assert titled("", unicodedata.normalize("NFD", "Übersicht Köln.txt")) == "Übersicht Köln"
    document = describe(unicodedata.normalize("NFD", "Übersicht Köln.txt"), "0" * 64, Reading(()), Catalogue())
    assert document.id == "ubersicht-koln"


def test_years_of_stamps_and_spans_in_file_names() -> None:
    assert guess_year("Ohjelma", "hallituksen-ohjelma-20062023.pdf", "", "2025-01-01") == 2023
    assert guess_year("Programma", "20200519_programma.pdf", "", "2025-01-01") == 2020
    assert guess_year("Piano", "piano_2024_2026.md", "", "") == 2024
