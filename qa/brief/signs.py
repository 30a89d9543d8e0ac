"""The words by which a report praises, criticises, limits and denies, as patterns over lower-case text."""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b")


GOOD = _any(
    r"good|very good|(?:significantly|much|good or|is|are) better|better than|best|outstanding|excellent",
    r"exemplary|impressive\w*|commendab\w+|strong(?:ly)?|strengths?|effective(?:ly)?|robust(?:ly)?",
    r"rigorous(?:ly)?|sound|innovative|valued|praised?|positively|positive|successful(?:ly)?",
    r"well[- ](?:\w+ed|run|led|known|written|matched|regarded|trained|understood|placed|attended|informed|"
    r"coordinated|targeted|embedded|used|linked|represented|managed|supported|prepared|cared)",
    r"(?:works?|working|achieve|achieves|performs?|progress|supported|articulated|demonstrated|delivered|"
    r"coordinated|attended) (?:\w+ ){0,3}?well",
    r"(?:very|particularly|extremely) well|swift(?:ly)?|prompt(?:ly)?|timely|thorough(?:ly)?|comprehensive",
    r"high(?:ly)? (?:quality|valued|effective|committed|regarded|motivated|skilled|satisfied|responsive)",
    r"of (?:a )?high (?:quality|standard)",
    r"clear (?:strateg\w+|vision|focus|evidence that|priorities|structures?|direction|leadership)",
    r"(?:has|have) (?:\w+ ){0,2}?improved|improved (?:significantly|considerably|markedly|year on year)",
    r"(?:is|are) improving|significant(?:ly)? improve\w*|made (?:a )?significant (?:difference|progress)",
    r"(?:substantial|good|significant) progress|well established|well embedded|firmly embedded|creatively",
    r"skilled|ambitious|committed|sensitively|sensitive (?:work|support|to)|child[- ]cent(?:red|ered)",
    r"safe and secure|proactive(?:ly)?|(?:is|are) a (?:strength|strong feature|good feature)",
    r"makes? a (?:powerful|significant|strong|positive) contribution|above (?:the )?(?:\w+ )?average",
    r"highly",
)
"""Praise."""

BAD = _any(
    r"inadequa\w+|insufficien\w+|poor(?:ly)?|weak\w*|failings?|fail(?:ed|s|ure|ures|ing)?|shortfalls?",
    r"shortcomings?|unsatisfactory|unacceptab\w+|ineffective\w*|inconsisten\w+|variab(?:le|ility|ly)",
    r"patchy|lack(?:s|ed|ing)?|absence of|absent|limited|drift|delay(?:s|ed)?|overdue|unclear",
    r"underdeveloped|undeveloped|under[- ]developed|deficit\w*|deficienc\w+|gaps?",
    r"(?:is|are|was|were|remains?) unable to|unmet|incomplete|outdated|out[- ]of[- ]date|superficial",
    r"descriptive|over[- ]?optimis\w+|over[- ]?rel(?:iance|iant)",
    r"too (?:many|much|often|few|little|long|slow\w*|variable|late|high|low|focused|optimistic|narrow|"
    r"reliant)",
    r"not enough|adverse\w*|negative(?:ly)?|worse\w*|deteriorat\w+|(?:has|have) declined",
    r"declin\w+ (?:performance|quality|attainment|standards)|unsafe|serious (?:concerns?|weakness\w*)",
    r"significant(?:ly)? (?:concerns?|weak\w*|worse)|concerning|of concern|instability|unstable",
    r"compromised|flawed|barriers?|unresolved|missed opportunit\w+|opportunities are lost|may be lost",
    r"slow(?:ly)?|backlogs?|unallocated|turnover|shortages?|rarely|seldom|infrequent\w*|fragmented",
    r"disjointed|(?:is|are|was|were) informal",
    r"reduc\w+ (?:the|its|their) (?:robustness|effectiveness|impact)|not fit for purpose|discontinued",
    r"difficult to|difficulties in|less (?:\w+ )?well|dissatisf\w+|expressed concern|raised concern\w*",
    r"need(?:s)? (?:to|for) (?:be )?(?:improv|strengthen|further|develop)\w*",
    r"requires? (?:further )?improvement|area for (?:further )?(?:improvement|development)",
    r"needs? to be (?:more|better|further|fully)|unhappy|blurring|reliance on|breach\w*|non-compliance",
    r"inappropriate\w*|unassessed|unrecognised|unidentified|neglected|(?:has|have) dropped|dropped by",
    r"remains? (?:wide|low|high|a challenge|challenging)|(?:key|significant) challenges?|(?:still|yet) to",
    r"not yet|(?:little|limited|no) evidence (?:of|that)|little (?:challenge|progress|effective|use)",
    r"(?:significantly|adversely) affected|affected by|undermin\w+|(?:being|been|are|is) lost",
    r"not sustained",
)
"""Criticism."""

NEGATOR = _any(
    r"not|no|never|none|neither|nor|without|cannot|few|little|rarely|seldom|hardly|nobody|nothing|\w+n't",
)
"""They turn what follows them within their clause: ``not robust``, ``little evidence of appropriate challenge``."""

CONTRAST = _any(
    r"although|though|whilst|while|whereas|despite|in spite of|however|nevertheless|nonetheless|but|yet",
    r"except\w*|apart from|rather than|instead of|in (?:\w+ )?contrast|notwithstanding|otherwise",
    r"in some (?:areas|cases|instances)",
)
"""They set one thing against another, or limit it."""

NOT_SO = _any(
    r"should|must|need(?:s|ed)? to(?! be (?:more|better|further|fully|strengthened|improved|developed))",
    r"ought|in order to|aims?|intend\w*|intention|plans? to|plans (?:are|were) (?:in|under|being)",
    r"(?:is|are|being|was) planned|proposed|ambition is|is expected|are expected|will be|is to be",
    r"are to be|being (?:developed|addressed|put|considered|introduced|explored|expanded)",
    r"under (?:review|way|development)|underway|(?:is|are|was|were) (?:needed|required|necessary)",
    r"exploring|more promptly|being recruited|includes? ensuring|understand(?:s)? that",
    r"(?:last|previous|most recent) (?:\w+ )?inspection",
    r"(?:growing |full(?:y)? )?aware(?:ness)?(?: \w+){0,9} (?:of|that)",
    r"recogni[sz]es? (?:and accepts? )?(?:the|its|their)|accept(?:s|ed) the|form a view|draft",
    r"action is being taken|(?:is|are) (?:\w+ )?(?:taking|beginning)",
    r"(?:gaps?|difference)\b[^,;]*\b(?:is|are|has|have) (?:been )?(?:clos|narrow)\w+",
    r"until (?:\w+ )?recently|previously|had been|more recently|believes?|considers? that|in the past",
)
"""Not yet so, no longer so, or only wanted so: neither praise nor criticism of how things are."""

MIDDLING = _any(
    r"adequate|satisfactory|requires? improvement|in line with",
)
"""The middle of a scale is nobody's praise."""

NO_SIGN = _any(
    r"missing (?:children|person|from)|children in need|learning difficult\w+|communication difficult\w+",
    r"limited compan\w+|challenging behaviour|good practice guid\w+|special educational needs",
    r"domestic (?:abuse|violence)|cases? of concern|early (?:intervention|help)|child protection concerns?",
    r"areas? of concern at|lack of (?:\w+ )?parent\w*|poor attendance|failure to thrive",
    r"highly (?:vulnerable|complex)|good gcses?|outstanding actions?|low level|absent from",
    r"(?<!been )(?<!being )(?:prevent|avoid|reduc(?!\w* (?:the|its|their) (?:impact|effect|robust))|"
    r"minimi[sz]|tackl|overcom|offset|remov|address|narrow|clos)(?:e|es|ed|ing|s|ies)?\b(?: [\w'-]+){0,4}",
    r"(?:those|children|pupils|people|parents|families|learners) (?:who (?:are |do |did |"
    r"have )?)?(?:failing|fail|unable|not)(?: \w+){0,4}",
    r"tolerance of \w+ \w+|areas (?:of|for) (?:weakness|improvement|development)|what good",
    r"threshold(?: \w+){0,5} (?:is|are) not met|not meet(?:ing)? the threshold",
    r"(?:if|when|whenever|unless) [^,;]*|risk of [^,;.]{0,60}",
)
"""They sound like praise or criticism and are none: names of topics, what is prevented, who is helped, conditions."""

TURNER = _any(
    r"lack\w*|insufficient\w*|absence of|fail\w*|unable|inadequate\w*|limited|poor\w*|too (?:little|few)",
    r"needs? to be (?:more|better|further|fully|strengthened|improved|developed)",
)
"""Behind them praise is what is missing."""

MAYBE = _any(
    r"would|could|may|might",
)
"""What may be is not what is."""
