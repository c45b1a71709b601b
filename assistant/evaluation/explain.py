"""What each figure of a report means, in words for somebody who did not build it."""

from __future__ import annotations

from collections.abc import Mapping

MEANING: Mapping[str, str] = {
    "worded by the model": "language model: of the answers given to it, how many came out in its words",
    "supported share": "language model: of the statements it wrote, how many stand on the pages they cite",
    "questions": "how many gold questions were asked",
    "recall@1": "search: an acceptable page is the first page found",
    "recall@5": "search: an acceptable page is among the first five pages found",
    "recall@10": "search: an acceptable page is among the first ten pages found",
    "MRR@10": "search: one divided by the rank of the first acceptable page, 0 beyond ten",
    "nDCG@10": "search: how far up the acceptable pages stand, 1 is the best order",
    "passage recall@1": "as above, but the very passage in which the expected words stand",
    "passage recall@5": "the passage with the expected words is among the first five",
    "passage recall@10": "the passage with the expected words is among the first ten",
    "passage MRR@10": "one divided by the rank of the first such passage",
    "passage nDCG@10": "how far up such passages stand",
    "country recall@10": "questions about several countries: share of them with an acceptable page among the first ten",
    "citation page precision": "answers: share of the quotations that stand on an acceptable page",
    "citation page recall": "answers: an acceptable page is quoted (several countries: share of them)",
    "countries cited": "questions about several countries: share of them quoted from an acceptable page",
    "every country cited": "the same questions: all of their countries are quoted from an acceptable page",
    "anchor hit": "answers: the expected words themselves are quoted",
    "fact coverage": "share of the expected facts found in what is shown, whatever the verdict",
    "quote validity": "share of quotations that stand word for word on the page they name; must be 1",
    "second reader": "share of quotations that another PDF reader (pypdf) finds on that page too",
    "answered when answerable": "share of the answerable questions that were answered",
    "decline precision": "share of the declined questions that the documents indeed do not answer",
    "decline recall": "share of the questions without answer that were declined",
    "decline F1": "harmonic mean of the two",
    "right null": "declined rightly: the reason named is the right one of the three",
    "stand-alone recall@5": "follow-ups asked again in words that need no turn before: recall@5",
    "stand-alone fact coverage": "the same: fact coverage; the distance to the kind follow-up is what history costs",
    "leaks": "quotations and passages about other countries than those the question names; must be 0",
    "words": "mean number of words of an answer",
    "milliseconds p50": "time for an answer: half of the questions were faster",
    "milliseconds p95": "time for an answer: 95 of 100 questions were faster",
}
