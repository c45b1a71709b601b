"""Gold questions on the library of three documents, for the tests of this room."""

from __future__ import annotations

from assistant.evaluation.gold import Evidence, GoldQuestion

CAMPAIGNS = Evidence("ee", (1,), "campaigns in films", "EE")
LAW = Evidence("fi", (1,), "drafted a law on the genome centre", "FI")
TRUST = GoldQuestion(
    "t1", "How did Estonia win public trust?", "why-how", ("EE",), True, (),
    evidence=(CAMPAIGNS,), facts=(("films",), ("20 years",)), reference="By campaigns over 20 years.",
)  # fmt: skip
BOTH = GoldQuestion(
    "t2", "Compare trust campaign in Estonia and law in Finland", "compare", ("EE", "FI"), True, (),
    evidence=(CAMPAIGNS, LAW), facts=(("films",), ("2018",)),
)  # fmt: skip
SILENT = GoldQuestion("t3", "Does Latvia train nurses?", "decline-country", ("LV",), False, ("no-documents",))
FOLLOW = GoldQuestion(
    "t4", "And in Finland?", "follow-up", ("FI",), True, (), history=("Is there a law in Estonia?",),
    evidence=(LAW,), facts=(("2018",),), alone="Is there a law on the genome centre in Finland?",
)  # fmt: skip
ALL = (TRUST, BOTH, SILENT, FOLLOW)
