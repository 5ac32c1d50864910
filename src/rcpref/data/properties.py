"""Properties that rcpref knows by name, and of what type each is.

Answers, cards and citations ask for these, and rest on their values: a data set may leave
them out, and have others of any type, but not the same key for something else.
"""

from collections.abc import Mapping

_KEYS = {
    "states": """
        founding_participants members member_joined member_left associate_members
        participating_states partner_states candidate_states invited_states observers
        meeting_participants chair co_chair next_chair parent_body_chair group country
    """,
    "date": """
        founded ended start_date end_date adopted published
    """,
    "integer": """
        members_count observers_count number attendance_count mechanisms_count session
    """,
    "choice": """
        classification status
    """,
    "record": """
        membership_of
    """,
    "event": """
        founding_event milestone meeting key_document membership_event contribution
    """,
    "texts": """
        former_names member_organizations observer_organizations topics calls_for host
        mechanisms_present attended covers
    """,
    "text": """
        title region legal_nature mandate membership_rule chair_rule holder secretariat
        support headquarters role purpose refers_to_processes definition terminology
        series city theme attendance_text participation_rule periodicity outcome
        outcome_document related_document background_study author publisher scope issn
    """,
    "url": """
        website url
    """,
}

TYPES: Mapping[str, str] = {key: type_ for type_, keys in _KEYS.items() for key in keys.split()}
"""Types by key."""
