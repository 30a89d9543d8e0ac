"""Places that people compare a London borough with; a question about one is not about the report's own authority."""

from __future__ import annotations

PLACES = frozenset(
    """
    barking dagenham barnet bexley brent bromley camden croydon ealing enfield greenwich hackney hammersmith
    fulham haringey harrow havering hillingdon hounslow islington kensington chelsea lambeth lewisham merton
    newham redbridge richmond southwark sutton wandsworth westminster twickenham surrey kent essex sussex
    hampshire berkshire hertfordshire birmingham manchester liverpool leeds sheffield bristol newcastle
    nottingham leicester coventry bradford cardiff edinburgh glasgow belfast oxford cambridge brighton
    southampton portsmouth plymouth norwich wales scotland ireland france germany america rochdale rotherham
    doncaster guildford epsom elmbridge woking
    """.split()
)
"""In lower case; the English boroughs, counties and cities that questions name most."""
