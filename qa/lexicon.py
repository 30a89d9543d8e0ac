"""Everyday words for what reports on children's services call by other names.

Each row lists phrases that mean the same to a reader; the first is the form used for comparison. The rows are about
the field, not about one report: they serve questions on any inspection of children's services.
"""

from __future__ import annotations

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("population", "residents", "resident", "inhabitants", "inhabitant"),
    ("children", "child", "kids", "kid", "youngsters", "youngster", "minors"),
    ("young people", "young person", "teenagers", "teenager", "teens", "youths"),
    (
        "looked after",
        "in care",
        "in the care system",
        "care system",
        "lac",
        "cla",
        "in council care",
        "in the council's care",
        "in the care of the council",
        "cared for",
    ),
    ("foster carers", "foster carer", "foster parents", "foster parent", "fosterers", "foster families"),
    ("fostering", "foster care"),
    (
        "care leavers",
        "care leaver",
        "left care",
        "leaving care",
        "leave care",
        "leaves care",
        "ex-care",
        "out of care",
    ),
    ("council", "local authority", "town hall", "local council", "authority"),
    ("social workers", "social worker", "caseworkers", "caseworker", "case workers", "case worker"),
    ("inspectors", "inspector", "ofsted", "inspection", "inspected"),
    (
        "child protection plans",
        "child protection plan",
        "protection plans",
        "protection plan",
        "cp plan",
        "cp plans",
    ),
    ("child protection", "cp"),
    ("domestic violence", "domestic abuse", "dv"),
    (
        "missing",
        "run away",
        "runs away",
        "runaway",
        "runaways",
        "running away",
        "ran away",
        "abscond",
        "absconding",
        "disappear",
    ),
    ("complaints", "complaint", "complain", "complaining", "grievance", "grievances"),
    ("councillors", "councillor", "elected members", "elected member", "politicians", "political leaders"),
    ("drugs", "drug", "substance misuse", "substance abuse", "addiction"),
    ("contraception", "birth control"),
    ("pregnancy", "pregnant", "pregnancies", "expecting a baby"),
    ("disabilities", "disability", "disabled", "special needs"),
    ("mental health", "psychological health", "emotional wellbeing", "emotional well-being"),
    ("university", "higher education", "uni", "degree"),
    ("employment", "jobs", "job", "work", "employed"),
    ("accommodation", "housing", "homes", "somewhere to live", "place to live"),
    ("homeless", "nowhere to live", "roof over"),
    ("percentage", "proportion", "share", "percent", "per cent"),
    ("recruitment", "recruit", "recruiting", "hire", "hiring", "hired"),
    ("vacancies", "vacancy", "unfilled posts", "unfilled"),
    ("agency staff", "temps", "temporary staff", "agency workers", "agency worker"),
    ("school attendance", "going to school", "turn up at school"),
    ("exclusions", "exclusion", "excluded", "expelled", "expulsion", "expulsions"),
    ("bullying", "bullied", "bullies", "bully"),
    ("internet", "online", "on-line", "web"),
    ("gps", "gp", "family doctor", "family doctors", "doctors", "doctor", "general practitioner"),
    ("hospital", "a&e", "accident and emergency", "emergency department", "casualty"),
    ("parents", "parent", "mums", "dads", "mothers", "fathers", "mum", "dad", "mother", "father"),
    ("staff", "employees", "workforce", "workers", "personnel"),
    ("managers", "manager", "management", "bosses", "boss"),
    ("asylum seekers", "asylum seeker", "asylum seeking", "refugees", "refugee"),
    ("age", "how old", "ages", "aged"),
    ("wellbeing", "well-being", "well being"),
    ("centres", "centers", "center", "centre"),
    ("not in education employment or training", "neet", "neets"),
    ("education employment or training", "eet", "ete"),
    ("languages", "language", "mother tongue", "speak", "spoken", "tongue"),
    ("ethnic", "ethnicity", "bme", "race", "racial"),
    ("young offenders", "offending", "crime", "offend", "criminal", "offences", "reoffending"),
    ("voluntary sector", "voluntary and community sector", "charities", "charity", "third sector"),
    ("visits", "visit", "visited", "visiting"),
    ("reviews", "review", "reviewed", "reviewing"),
    ("vision", "ambition", "ambitions", "aspiration", "aspirations"),
    ("dentist", "dental", "teeth"),
    ("adoption", "adopted", "adoptions", "adopt", "adoptive", "adopters"),
    ("brothers", "siblings", "sisters"),
    ("exams", "gcses", "gcse", "qualifications", "examination", "examinations"),
    ("weight", "obesity", "obese", "overweight"),
    ("jabs", "immunisation", "vaccination", "vaccinated", "vaccinations", "immunised"),
    ("deaths", "death", "die", "died", "dying", "mortality"),
    ("babies", "infants", "infant", "baby", "newborn"),
)
"""Phrases in lower case; a phrase of several words is matched before a single word."""

FIELD_ACRONYMS: tuple[tuple[str, str], ...] = (
    ("IRO", "independent reviewing officer"),
    ("UASC", "unaccompanied asylum seeking"),
    ("SGO", "special guardianship order"),
    ("PEP", "personal education plan"),
    ("CIN", "child in need"),
    ("SEN", "special educational needs"),
    ("EDT", "emergency duty"),
    ("YOT", "youth offending"),
    ("YOS", "youth offending"),
    ("CSE", "sexual exploitation"),
    ("JSNA", "strategic needs"),
    ("EHA", "early help"),
    ("ICPC", "initial child protection conference"),
    ("CPP", "child protection plan"),
)
"""Short forms that everyone in the field writes, whether or not a report prints them, and words of the long form."""

NUMBER_WORDS = {
    "zero": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14",
    "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20",
}  # fmt: skip

STOP_WORDS = frozenset(
    """
    a about above after again all also am an and any are aren't as at be because been before being below
    between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during
    each either else ever every few for from further get gets getting give given gives go goes going got had
    hadn't has hasn't have haven't having he her here hers him his how i i'm i'd i've if in into is isn't it
    it's its itself just know let like lot many may me might more most much must my need needs no nor not
    now of off on once one's only or other our ours out over own per please put quite rather really said
    same say says see she should shouldn't so some such tell than that that's the their theirs them then
    there there's these they they're this those through to too under until up upon us use used using very
    was wasn't way we we're well were weren't what what's when where where's whether which while who who's
    whom whose why will with without won't would wouldn't yes yet you your yours thanks thank hello hi ok
    okay wondering wonder want wanted find finding found look looking show explain describe report reports
    paragraph paragraphs para paras ref refs kingston borough royal thames actually anything something anyone someone
    everyone thing things bit sort kind exactly currently overall generally question ask asking answer
    information info regarding concerning according
    """.split()
)
"""Words that carry no content of their own in a question about one report (its own name is among them)."""

GENERIC = """
    break breakdown split younger older meet minute turn turned colleague seen end ends match much urgent
    take takes taken took still front extra more other different kind office hours newest fresh whole half
    went came come make made makes type types member members local long join joined number numbers time
    times date dates last year years old moment percentage figure figures total start started day days month
    months week weeks person thing live living new first second open help helps work works working call
    called many part parts full main big bigger biggest large larger largest small smaller high higher
    highest low lower lowest better worse recent previous next back good bad common book books visit visits
    refer referral look looked looks inspectors inspector inspection council children people young rough
    roughly mostly group name named place places carried carry proper outside inside somebody anybody
    everybody locally rules basis told expect expected happen happened happening problem problems concern
    concerns weak wrong found find think thought matter explain
    """
"""Words that narrow a question down little or not at all; the rest of the question is what it is about."""

PART_PHRASES = (
    ("child protection", "safeguarding"),
    ("protecting children", "safeguarding"),
    ("protect children", "safeguarding"),
    ("children at risk", "safeguarding"),
)
"""Folded phrases that stand for the half of a report whose heading has the second word."""

SLOTS: dict[str, tuple[str, ...]] = {
    "group": (
        "looked after", "care leavers", "child protection plans?", "child(?:ren)? in need",
        "disabilities", "young carer",
        "asylum seeker", "foster carer", "adoption", "special guardian", "parent", "brother", "boy", "girl",
        "under[- ]five", "babies", "toddler", "primary", "secondary", "special school",
        "nursery", "academies", "academy",
        "adult", "grandparent", "kinship", "travellers?", "gypsy", "korean", "tamil", "urdu", "arabic", "polish",
        "muslim", "black", "white", "unaccompanied", "private(?:ly)? foster\\w*", "residential", "supported lodging",
        "neet", "men", "women", "teenage mother", "1[6-9]", "21",
    ),
    "body": (
        "police", "school", "teacher", "head ?teacher", "governor", "gp",
        "health visitor", "school nurse", "midwi\\w+",
        "hospital", "camhs", "mental health", "probation", "hous\\w+", "youth offending", "lscb",
        "safeguarding children board", "health and wellbeing board", "children's trust", "nhs kingston", "pct",
        "your healthcare", "cqc", "care quality commission", "fire", "court", "cafcass", "voluntary sector",
        "children's centre", "social worker", "reviewing officer", "advocate", "personal advis\\w+", "councillor",
        "director", "chief executive", "lead member", "team manager", "manager", "chair", "designated doctor",
        "named doctor", "named nurse", "designated nurse", "psychologist", "virtual school", "youth council",
        "youth forum", "children in care council", "panel", "college", "university",
        "ambulance", "dentist", "scrutiny",
        "audit", "commission\\w*", "duty", "out[- ]of[- ]hours", "emergency", "fostering", "adoption service",
    ),
    "measure": (
        "cost", "budget", "spen\\w+", "fund\\w*", "pay", "paid", "salar\\w+",
        "target", "rank\\w*", "average", "waiting",
        "satisf\\w+", "compar\\w+", "trend", "per ?cent\\w*", "percentage", "rate", "number", "how many", "how long",
        "how often", "turnover", "vacanc\\w+", "caseload", "sickness", "reoffend\\w*", "re-?referr\\w+",
    ),
    "time": (
        "(?:19|20)\\d\\d", "last year", "previous year", "year before", "this year", "next year", "since", "before",
        "after", "decade", "currently", "now", "monthly", "weekly", "january", "february", "march", "april", "may",
        "june", "july", "august", "september", "october", "november", "december",
    ),
}  # fmt: skip
"""Kinds of things of which a near miss names another one than the report; patterns over folded text."""
