"""How the query of a search is read: words, "phrases", beginnings*, AND, OR and NOT.

Punctuation never fails, it separates words; and a word finds its English plural and
singular. What comes out is an expression in the language of SQLite's FTS5.
"""

from __future__ import annotations

from collections.abc import Iterator

from rcpref.errors import UsageProblem

MOST_WORDS = 200
"""Most words of a query: no sentence has more, and SQLite nests no deeper than 256."""

OPERATORS = frozenset(("AND", "OR", "NOT"))


def expression(query: str) -> str:
    """A query in FTS5's language: every word quoted, so that no sign can be taken wrong.

    Args:
        query: What was typed.

    Raises:
        UsageProblem: There is no word in it, or there are more than `MOST_WORDS`.
    """
    parts: list[str] = []
    for piece, quoted in _pieces(query):
        if not quoted and piece in OPERATORS:
            # An operator counts between two words only.
            if parts and parts[-1] not in OPERATORS:
                parts.append(piece)
            continue
        term = _term(piece, quoted)
        if term:
            if parts and parts[-1] not in OPERATORS:
                parts.append("AND")
            parts.append(term)
    if parts and parts[-1] in OPERATORS:
        parts.pop()
    if not parts:
        raise UsageProblem("there is no word to look for", "give letters or digits")
    if (count := len(words_of(query))) > MOST_WORDS:
        raise UsageProblem(f"the query has {count} words", f"look for {MOST_WORDS} at the most")
    return " ".join(parts)


def words_of(query: str) -> list[str]:
    """All words of a query, those of phrases and operators included."""
    return [word for piece, _ in _pieces(query) for word in _words(piece)]


def _pieces(query: str) -> Iterator[tuple[str, bool]]:
    """Words and quoted phrases, in order; a lone quotation mark is no more than a blank."""
    parts = query.split('"')
    for index, part in enumerate(parts):
        closed = index < len(parts) - 1
        if index % 2 and closed:
            yield part, True
        else:
            for word in part.split():
                yield word, False


def _words(piece: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in piece).split()


def _term(piece: str, quoted: bool) -> str:
    prefix = "*" if piece.endswith("*") and not quoted else ""
    words = _words(piece)
    if not words:
        return ""
    phrase = f'"{" ".join(words)}"{prefix}'
    if quoted or prefix or len(words) > 1:
        return phrase
    forms = [f'"{form}"' for form in _forms(words[0])]
    return f"({' OR '.join(forms)})" if len(forms) > 1 else phrase


def _forms(word: str) -> list[str]:
    """A word with its English plural or singular."""
    lower = word.lower()
    forms = [lower]
    if len(lower) < 3 or not lower.isalpha():
        return forms
    if lower.endswith("ies"):
        forms.append(f"{lower[:-3]}y")
    elif lower.endswith("s") and not lower.endswith("ss"):
        forms.append(lower[:-1])
        if lower.endswith("es"):
            forms.append(lower[:-2])
    elif lower.endswith("y") and lower[-2] not in "aeiou":
        forms.append(f"{lower[:-1]}ies")
    else:
        forms += [f"{lower}s", f"{lower}es"]
    return forms
