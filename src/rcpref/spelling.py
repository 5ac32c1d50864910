"""Names as they are compared: without regard to case, accents, punctuation and spacing.

British and American spelling count as the same.
"""

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from rcpref.errors import UsageProblem

_GENERIC_WORDS = """
the on of for and in from to commission conference consultation consultations consultative
declaration dialogue document forum initiative international meeting ministerial migration
organization process regional resolution summit
le la les de du des sur pour et conference consultatif internationale internationales
ministerielle migrations processus regionale reunion
el los las del sobre para y comision conferencia consultivo declaracion dialogo foro
iniciativa internacional migracion migraciones organizacion proceso reunion
do da dos das e em comissao migracao migracoes organizacao processo
dialog prozess dialogo migrazione sulla sulle nel
по о миграции международная организация процесс диалог форум консультации
عملية العملية حوار التشاورية الاقليمية الدولية حول الهجرة للهجرة في منظمة المنظمة
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that a record's name may be given without, as long as another word is left: those
of the field in English and, as far as names in the data have them, in French, Spanish,
Portuguese, German, Italian, Russian and Arabic; spelt as `words` gives them."""

_UNSPACED = ("进程", "对话")
"""Words without meaning for a look-up in Chinese, which has no blanks between words."""

SMALL = frozenset(
    {
        *("the", "of", "and"),
        *("de", "del", "la", "las", "el", "los", "y"),
        *("le", "les", "du", "des", "et"),
        *("da", "das", "do", "dos", "e"),
    }
)  # words that a State's name may be given without, in four languages

_SPELLING = (("isation", "ization"), ("labour", "labor"), ("centre", "center"))

_SIGNS = {"+": " plus ", "&": " and "}

# An apostrophe joins (Cote d'Ivoire, migrants'); every other sign separates.
_JOINING = "'\u2019\u02bb\u02bc"

_ASCII = str.maketrans(
    {sign: " " for sign in map(chr, range(128)) if not sign.isalnum()}
    | dict.fromkeys(_JOINING, "")
    | _SIGNS
)

# Marks of Latin letters, and letters that Unicode does not take apart.
_LATIN = str.maketrans(
    dict.fromkeys(map(chr, range(0x300, 0x370)), "")
    | dict.fromkeys("\u2019\u02bb\u02bc", "'")
    | {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, for comparing: lower case, no accents, one spelling."""
    if not isinstance(text, str):
        raise TypeError(f"a name is text, not {text!r}")
    kept = text.lower()
    if not kept.isascii():
        kept = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_LATIN)
    if kept.isascii():
        kept = kept.translate(_ASCII)
    else:
        kept = "".join(
            _SIGNS.get(character) or (character if character.isalnum() else " ")
            for character in kept
            if character not in _JOINING and not unicodedata.combining(character)
        )
    for british, american in _SPELLING:
        if british in kept:
            kept = kept.replace(british, american)
    return tuple(kept.split())


def asked_words(text: str) -> tuple[str, ...]:
    """The words of what is looked for."""
    found = words(text)
    if not found:
        raise UsageProblem("no word to search for", "give letters or digits")
    return found


def begun_by(there: Collection[str], keys: Iterable[str]) -> bool:
    """Whether each of the words that are looked for begins one of those that are there."""
    return all(any(word.startswith(key) for word in there) for key in keys)


def key_of(text: str) -> str:
    """A name reduced to what counts in a look-up."""
    return "".join(words(text))


def short_key_of(text: str, left_out: Collection[str] = GENERIC) -> str:
    """A name reduced, with some words left out; empty if no other word is left."""
    return short_key(words(text), left_out)


def short_key(there: Iterable[str], left_out: Collection[str] = GENERIC) -> str:
    """The words of a name reduced, with some of them left out."""
    kept = "".join(word for word in there if word not in left_out)
    for word in _UNSPACED if left_out is GENERIC and not kept.isascii() else ():
        kept = kept.replace(word, "")
    return kept
