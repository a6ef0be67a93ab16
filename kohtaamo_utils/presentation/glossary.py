"""What the words of a report mean, in a sentence each: those that its page uses, for a reader who meets them the first time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kohtaamo_utils.presentation.blocks import Bullets
from kohtaamo_utils.presentation.wording import N_

if TYPE_CHECKING:
    from kohtaamo_utils.presentation.wording import Wording


@dataclass(frozen=True)
class Entry:
    """A word and its meaning.

    Parameters
    ----------
    term, meaning
        Messages.
    fi, sv, en
        How the word begins wherever it stands in a text of that language, for endings differ: ways of saying it, with ``|`` between.
    """

    term: str
    meaning: str
    fi: str
    sv: str
    en: str


ENTRIES = (
    Entry(
        N_("Encounter"),
        N_(
            "Every time that a person deals with the organisation: at the till, on the phone, in a chat, or with a colleague or supervisor."
        ),
        "kohtaami",
        "möte",
        "encounter",
    ),
    Entry(
        N_("Encounter owner"),
        N_("Who answers for how encounters at a touchpoint go."),
        "kohtaamisvastuullis|kohtaamisvastuullinen",
        "mötesansvarig",
        "encounter owner|named owner",
    ),
    Entry("n", N_("How many answers, people or visits a figure rests on."), "n", "n", "n"),
    Entry(
        N_("95% interval"),
        N_(
            "Where the true figure probably lies: of a hundred intervals that are computed so, about 95 hold it. The fewer the answers, the wider the interval."
        ),
        "luottamusväl",
        "konfidensinterval",
        "95% interval",
    ),
    Entry(
        N_("Chance variation"),
        N_(
            "What figures differ by although nothing is really different, because only some have answered. A difference that is no larger tells nothing."
        ),
        "satunnaisvaihtel",
        "slumpvariation",
        "chance variation|beyond chance",
    ),
    Entry(
        N_("Net Promoter Score (NPS)"),
        N_(
            "The share of those who gave 9–10 when asked whether they would recommend (promoters), less the share of those who gave 0–6 (detractors). From −100 to +100."
        ),
        "NPS",
        "NPS",
        "NPS",
    ),
    Entry(
        N_("Employee Net Promoter Score (eNPS)"),
        N_(
            "Of staff: the share of those who gave 9–10 when asked whether they would recommend the workplace, less the share of those who gave 0–6."
        ),
        "eNPS",
        "eNPS",
        "eNPS",
    ),
    Entry(
        N_("Satisfaction (CSAT)"),
        N_("The share of those who gave 4 or 5 on the scale 1–5."),
        "CSAT",
        "CSAT",
        "CSAT",
    ),
    Entry(
        N_("Ease of dealing (CES)"),
        N_("How easily the matter was settled, as the customers felt it."),
        "CES",
        "CES",
        "CES",
    ),
    Entry(
        N_("Touchpoint"),
        N_("A place or a moment where people meet the organisation: a till, a chat, an invoice."),
        "kohtaamispiste",
        "kontaktpunkt",
        "touchpoint",
    ),
    Entry(
        N_("Mystery shopping"),
        N_("Visits of people who act as customers and note on a form what they meet."),
        "mystery shopping",
        "mystery shopping",
        "mystery shopping",
    ),
    Entry(
        N_("Share of the explained variation"),
        N_("How much of what the elements together tell of the differences between answers belongs to one of them."),
        "osuus selitety",
        "andel av den förklarade",
        "share of the explained",
    ),
    Entry(
        N_("Control limits"),
        N_("Between them a figure varies from month to month as usual. A month outside them is worth asking about."),
        "valvontaraj",
        "kontrollgräns",
        "control limit",
    ),
    Entry(
        N_("Cronbach's alpha"),
        N_("How much the questions of one scale tell of the same thing, from 0 to 1."),
        "cronbachin alfa",
        "cronbachs alfa",
        "cronbach's alpha",
    ),
    Entry(
        N_("Standard deviation"),
        N_("How far single values lie from their mean, usually."),
        "keskihajon",
        "standardavvikelse",
        "standard deviation",
    ),
    Entry(
        "r_wg", N_("How much more alike raters answered than by chance; 1 is full agreement."), "r_wg", "r_wg", "r_wg"
    ),
    Entry(
        "ICC(1)",
        N_("How much one rating tells of the person who is rated, and not of the one who rates, from 0 to 1."),
        "ICC(1)",
        "ICC(1)",
        "ICC(1)",
    ),
    Entry(
        "ICC(2)",
        N_(
            "How much the mean of all ratings tells of the person who is rated, and not of those who rate, from 0 to 1."
        ),
        "ICC(2)",
        "ICC(2)",
        "ICC(2)",
    ),
    Entry(
        N_("Blind spots"),
        N_("Competencies in which people rate themselves clearly higher than others rate them."),
        "sokea",
        "blind",
        "blind spot",
    ),
    Entry(
        N_("Hidden strengths"),
        N_("Strengths in the eyes of others that people rate clearly lower themselves."),
        "piilev",
        "dold",
        "hidden strength",
    ),
    Entry(
        N_("Net present value"),
        N_("Benefits less costs in today's money: what comes in later years counts for less."),
        "nettonykyarvo",
        "nettonuvärde",
        "net present value",
    ),
    Entry(
        N_("Return on investment"),
        N_("Benefits less costs, in relation to the costs."),
        "kannattavuus",
        "avkastning",
        "return on investment",
    ),
    Entry(
        N_("Payback"),
        N_("How long it takes until the benefits have covered the costs."),
        "takaisinmaksuai",
        "återbetalningstid",
        "payback",
    ),
    Entry(
        N_("Retention"),
        N_("The share of one period's customers who bought again in the next."),
        "asiakaspysyvyy",
        "kundlojalitet",
        "retention",
    ),
    Entry(
        N_("Outgoing turnover"),
        N_("How many left during the period, in relation to the mean headcount."),
        "lähtövaihtuvuu",
        "personalomsättning",
        "outgoing turnover|turnover, outgoing",
    ),
    Entry(N_("Basket size"), N_("The mean amount of an order."), "keskiosto", "medelköp", "basket"),
    Entry(
        N_("Grade"),
        N_("How well an assumption is founded: A is the best."),
        "näyttöaste",
        "evidensgrad",
        "grade",
    ),
)


def glossary(text: str, t: Wording) -> Bullets | None:
    """Return the words of a page with their meanings, in the order of the list above; None where it uses none of them.

    Parameters
    ----------
    text
        What a reader reads on the page.
    t
        The page's language.

    Examples
    --------
    >>> from kohtaamo_utils.presentation.wording import Wording
    >>> glossary("CSAT oli 84 %.", Wording("fi")).items
    (('Tyytyväisyys (CSAT):', 'Niiden osuus, jotka antoivat asteikolla 1–5 arvosanan 4 tai 5.'),)
    """
    small = text.lower()
    items = tuple(
        (f"{t(entry.term) if len(entry.term) > 1 else entry.term}:", t(entry.meaning))
        for entry in ENTRIES
        if any(_stands_in(text, small, way) for way in getattr(entry, t.language).split("|"))
    )
    return Bullets(items) if items else None


def _stands_in(text: str, small: str, beginning: str) -> bool:
    """Tell whether a word begins so: an abbreviation as it is written, others in capitals or not, a single letter by itself."""
    where = text if any(map(str.isupper, beginning)) else small
    if beginning not in where:
        return False
    end = r"(?!\w)" if len(beginning) == 1 else ""
    return re.search(rf"(?<!\w){re.escape(beginning)}{end}", where) is not None
