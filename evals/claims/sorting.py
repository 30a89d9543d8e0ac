"""Fits a plane for each sort of word through the vectors of listed words, where they stand in texts."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable

import numpy as np

from qa.source import Source
from qa.text import plain
from qa.verify import tone

STRENGTH = 0.3  # of the regression's fit to the lists, against small weights
DIGITS = 3  # decimals kept of a plane
# One in so many words of a list, and of all others, is fitted to: which ones, their letters and the text decide.
EVERY_LISTED, EVERY_OTHER = 3, 18

LISTS: dict[str, str] = {
    "praise": tone.GOOD.pattern,
    "denial": tone.NOT.pattern,
    "fault": tone.BAD.pattern,
    "whole": r"all|every|each|always|never|only|entirely|fully|completely|whole|everyone|invariably|solely|any|none|"
    r"universal\w*|must|permanent\w*|guarantee\w*|best|highest|lowest|largest|worst|nobody|throughout",
    "limit": r"some|most|mostly|many|majority|several|often|usually|generally|largely|almost|nearly|few|minority|"
    r"partly|except\w*|overall|mainly|sometimes|occasional\w*|frequent\w*|may|could|might|not",
    "plan": r"plan\w*|intend\w*|propos\w*|due|should|begin\w*|becom\w*|developing|aim\w*|will|expected|underway|"
    r"emerging|start\w*|review\w*|recent\w*|soon|future",
    "done": r"complet\w*|establish\w*|implement\w*|introduc\w*|finish\w*|appoint\w*|embedded|agreed|adopted|already|"
    r"launched|achieved|ended|resolved|now",
    "body": r"police|schools?|teachers?|headteachers?|governors?|gps?|nurses?|visitors?|midwi\w+|hospitals?|camhs|"
    r"council\w*|board|managers?|directors?|workers?|chair|lscb|probation|health|courts?|officers?|panel|colleges?|"
    r"trust|pct|cqc|ofsted|team|teams|department|service|staff|psychologists?|advocates?|commission\w*|partners?|"
    r"agencies|inspectors?|nhs|authorit\w+|member|members",
    "group": r"child|children|parents?|carers?|girls?|boys?|pupils?|famil\w+|adults?|babies|leavers|adolescents?|"
    r"teenagers?|students?|mothers?|fathers?|siblings?|asylum|minors|residents?|women|men|young|disab\w+|foster\w*",
    "figure": r"\d.*|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|twice|double|one|once|single|"
    r"dozen|hundred",
    "time": r"january|february|march|april|may|june|july|august|september|october|november|december|years?|months?|"
    r"weeks?|days?|annual\w*|monthly|weekly|daily|quarterly|(?:19|20)\d\d|spring|summer|autumn|winter|hours?",
    "cause": r"because|due|result\w*|caused?|led|leads?|therefore|thanks|owing|consequen\w*|since|so|reason\w*|"
    r"explain\w*|attribut\w*|contribut\w*",
    "amount": r"increas\w*|decreas\w*|reduc\w*|rise|rose|fall\w*|fell|grow\w*|grew|more|less|fewer|higher|lower|above|"
    r"below|improv\w*|declin\w*|deteriorat\w*|drop\w*",
}
"""The words of each sort, as patterns over words in lower case."""


def fit_sorts(texts: Iterable[str], source: Source) -> str:
    """The planes as JSON, each its bias and its weights, from words of these texts and of the report."""
    from sklearn.linear_model import LogisticRegression

    lists = {name: re.compile(pattern) for name, pattern in LISTS.items()}
    rows, told = [], []
    for text in dict.fromkeys((*(p.text for p in source.index.sentence_passages), *texts)):
        read = source.index.word_vectors(text)
        for word, vector in zip(map(plain, read.words), read.vectors, strict=True):
            of = [bool(one.fullmatch(word)) for one in lists.values()]
            if zlib.crc32((word + text).encode()) % (EVERY_LISTED if any(of) else EVERY_OTHER) == 0:
                rows.append(vector)
                told.append(of)
    vectors, sorts = np.array(rows), np.array(told)
    planes = {}
    for place, name in enumerate(lists):
        model = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
        model.fit(vectors, sorts[:, place])
        planes[name] = [round(float(v), DIGITS) for v in (model.intercept_[0], *model.coef_[0])]
    shown = ",\n".join(f"{json.dumps(name)}: {json.dumps(plane)}" for name, plane in planes.items())
    fingerprint = json.dumps(source.index.encoder_fingerprint)
    return f'{{"fingerprint": {fingerprint}, "planes": {{\n{shown}\n}}}}\n'
