"""The sentences of the report, questions that a fake of a language model writes for them, and what came of them."""

from __future__ import annotations

import json
import re

from qa.expand import write_questions
from tests.qa.models_made import Made

CARERS = "At the end of March there were 47 foster carers in the town, two more than in 2018."
BOARD = "The Anytown Board has an independent chair."
RECORDS = "Records were up to date in all but three of the files."
AUDIT = "audit every case file each month."

GOOD = {
    CARERS: ("How many foster carers are there?", "Has the number of foster carers gone up since 2018?"),
    BOARD: ("Who chairs the board?", "Is the chair of the Anytown board independent?"),
    RECORDS: ("How many files had out of date records?", "Are the records kept up to date?"),
    AUDIT: ("How often must case files be audited?", "Which case files are to be audited?"),
}


def asked_about(user):
    return re.search(r"<sentence>\n(.*)\n</sentence>", user)[1]


def good(system, user):
    return "\n".join(f"{n}. {text}" for n, text in enumerate(GOOD[asked_about(user)], start=1))


def run(report, write, **options):
    """What was told of a run, and the sentences that the model was asked about."""
    told, model = [], write if isinstance(write, Made) else Made(write)
    write_questions(report, model, seconds=10, say=told.append, **options)
    return told, [asked_about(user) for _, user in model.asked]


def written(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def line(number, text):
    return {"paragraph": number, "text": text, "questions": list(GOOD[text])}


ALL = [line("1", CARERS), line("2", BOARD), line("2", RECORDS), line("3", AUDIT)]
