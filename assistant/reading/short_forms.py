"""Short forms with a full stop in the languages of the Union: after them a sentence seldom ends (pure data)."""

from __future__ import annotations

import re
from functools import lru_cache

_EVERYWHERE = (
    "e.g i.e et al Fig Figs No Nos Nr Art Arts art para paras pp p ch sec Sec vol Vol ed eds Ed Eds Dr Prof Mr Mrs "
    "Ms St approx vs v cf Cf ca resp incl excl esp viz Inc Ltd Co Corp Univ Dept dept est Jr Sr Ph.D M.Sc B.Sc U.K "
    "U.S E.U U.N z.B d.h u.a bzw usw Abs Bd Hrsg Nr S s vgl inkl zzgl ggf evtl Mio Mrd Tsd M Mme MM Mlle n° p.ex "
    "env jan feb mar apr jun jul aug sep sept oct nov dec Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec t.ex "
    "bl.a m.m m.fl dvs osv f.eks bl nr kr jne nt lk sh esim mm ks ns tel Tel max min tab Tab App app Ref Refs ref "
    "refs Reg Dir c.f a.k.a i.a o.a prof dr doc "
)
_OF = {
    "bg": "г гг чл ал т бр стр вж напр др т.нар т.е т.н лв млн млрд хил ул проф д-р инж рег обн изм доп",
    "cs": "č čl odst písm tj tzn např atd apod aj mj resp příp popř tzv str mil mld tis Ing MUDr Mgr PhDr RNDr prof doc",  # noqa: E501
    "da": "f.eks bl.a m.m m.fl osv ca nr stk jf pkt kap mio mia hhv evt inkl ekskl vedr dvs pr s.u",
    "de": "i.d.R i.S.d i.S.v i.V.m gem lt sog insb insbes einschl Kap Tab Abb Ziff Buchst ff f Std Str bes ders ebd etc",  # noqa: E501
    "el": "π.χ κ.λπ κ.ά κ.ο.κ κ.α δηλ αρ άρθ παρ σελ βλ εδ περ αριθ π.δ δισ εκ εκατ χιλ μ.μ π.μ τ.μ Δρ κ Ν Υ.Α ΦΕΚ στοιχ υποπ",  # noqa: E501
    "en": "etc",
    "es": "art arts núm núms pág págs p.ej ej Sr Sra Dra etc cap apdo párr EE.UU aprox máx mín ss Ilmo Excmo",
    "et": "jne nt lk nr sh st vms jm ptk lg jt k.a s.o mln mld prof tk ko v.a",
    "fi": "esim mm ks ns ym jne tms mom mrd milj ts vrt prof klo kpl em ko muk mukaan.l n",
    "fr": "al éd chap etc vol tabl réf Cie nos av apr Pr boul c.-à-d",
    "ga": "lch uimh m.sh srl alt",
    "hr": "čl st sl br npr tj itd prof mr tzv odn str god mil mlrd tis ul sv toč",
    "hu": "pl ún ill stb kb sz bek old vö ld évf ti M.r ker",
    "it": "artt lett pag pagg p.es es ecc dott dott.ssa sig nn n cfr d.lgs D.Lgs d.l D.L d.p.r D.P.R all tab ss c co. Cost "  # noqa: E501
    "reg dir cd",
    "lt": "str d pvz t.y kt t.t plg žr mln mlrd tūkst doc g pav pan a.k",
    "lv": "lpp piem u.c t.i u.tml utt sk milj mljrd tūkst pk gs t.sk st",
    "mt": "eż nru paġ eċċ",
    "nl": "bijv b.v d.w.z enz blz m.b.t i.v.m t.a.v a.d.h.v o.b.v t.o.v n.a.v mln mld drs mr ir jl lid afd hfst zgn",
    "no": "f.eks bl.a m.m m.fl osv ca nr jf pkt kap mill mrd ev inkl dvs pr",
    "pl": "ust pkt lit np itp itd tj tzn m.in r w ww hab inż mgr ok godz tys mln mld poz Dz.U Dz por ul im św ds tzw ws późn",  # noqa: E501
    "pt": "n.º nº n pág págs ex Sra Dra etc cap ss al aprox máx mín Exmo",
    "ro": "alin lit pct pag ex dl dna ing etc cca mil mld M.Of ș.a ş.a",
    "sk": "č čl ods písm t.j tj napr atď pod resp príp tzv str mil mld tis Z.z Ing MUDr Mgr",
    "sl": "čl odst tč št npr tj itd oz mag t.i str ur ipd mio mrd tis",
    "sv": "t.ex bl.a m.m m.fl dvs osv s.k kap st ca resp inkl exkl fr.o.m t.o.m f.n kl milj mdkr d.v.s",
}
_CLOSING = (
    "etc itd itp atd apod atď stb ecc enz osv jne ym tms utt u.c u.tml kt t.t κ.λπ κ.ά κ.ο.κ др т.н m.m m.fl eċċ srl ipd "  # noqa: E501
    "vms jm"
)
"""With these a list ends, and often its sentence too."""
_STARTS = {
    "bg": "В Във На За То Това Тези Те Тя Той От По При Всички Комисията", "cs": "V Na To Tento Tato Toto Pro Po Při Za Od Je",  # noqa: E501
    "da": "Det Den De En Et I På Til For Der Dette Disse", "de": "Der Die Das Es Im In Ein Eine Sie Er Für Mit Zur Zum Bei Auf",  # noqa: E501
    "el": "Ο Η Το Οι Τα Στην Στο Στις Για Από Με Αυτό Αυτή Αν", "es": "El La Los Las Un Una En Por Para Este Esta Se Es No Con",  # noqa: E501
    "et": "See Need Ta On Kui Ja Selle", "fi": "Se Ne Tämä Nämä On Jos Kun Sen Suomen", "fr": "Le La Les Il Elle En Un Une Ce",  # noqa: E501
    "ga": "Tá Is An Na Ní", "hr": "U Na To Ovaj Ova Za Od Prema Pri", "hu": "A Az Ez Ezek Egy Ha Mivel",
    "it": "Il Lo La I Gli Le Un Una In Nel Nella Per Con Questo Questa Si È Al", "lt": "Šis Ši Tai Jis Ji Pagal Nuo Iki",  # noqa: E501
    "lv": "Šis Šī Tas Tā No Par Saskaņā", "mt": "Il- Dan Din Huwa Hija Fil-", "nl": "De Het Een In Dit Deze Er Voor Met Op Bij",  # noqa: E501
    "no": "Det Den De En Et I På Til For Dette Disse", "pl": "W We Na To Ten Ta Te Z Ze Po Dla Od Do Przy Jest",
    "pt": "O A Os As Um Uma Em No Na Nos Nas Por Para Este Esta É", "ro": "În La Acest Această Se Un O Pe Pentru Din",
    "sk": "V Na To Tento Táto Toto Pre Po Pri Za Od Je", "sl": "V Na To Ta Za Od Po Pri Je", "sv": "Det Den De En Ett I På För Till",  # noqa: E501
}  # fmt: skip
"""Words that begin a sentence and are written small inside one."""


@lru_cache(maxsize=64)
def first_words(language: str) -> frozenset[str]:
    """Return words of a language that begin sentences, for a two-letter code."""
    return frozenset(_STARTS.get(language, "").split())


@lru_cache(maxsize=64)
def abbreviation(language: str) -> re.Pattern[str]:
    """Return the pattern of a short form (or an initial) at the end of a text, for a two-letter code."""
    words = set(_EVERYWHERE.split())
    for word in _OF.get(language, "").split():
        words |= {word, word[:1].upper() + word[1:]}
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?:(?<![\w.])(?:{listed})|(?<![\w.])[^\W\d_]|(?<![\w.])(?:[^\W\d_]\.\s?)+[^\W\d_])\.$",
    )


@lru_cache(maxsize=1)
def closing() -> re.Pattern[str]:
    """Return the pattern of a short form that ends a list."""
    listed = "|".join(re.escape(word) for word in sorted(_CLOSING.split(), key=len, reverse=True))
    return re.compile(rf"(?<![\w.])(?:{listed})\.$")
