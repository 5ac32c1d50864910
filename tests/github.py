"""Markdown as GitHub shows it, by its own library; words that are markup somewhere."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import strategies as st

_PIECES = [
    *("https://a.org", "HTTP://a.org/", "ftp://a.org/", "www.a.org/", "WWW.", "a@b.org", "a.org"),
    *("mailto:a@b.org", "xmpp:a@b.org/", "://", "@", "&", ";", "?", "="),
    *("<br a=b>", "<b>", "</b>", "</p>", "<!--", "-->", "<?a?>", "<![CDATA[", "]]>", "<!A b>"),
    *("<a href='b'>", "<https://a.org>", "<", ">", '"', "'", "\\", "|", "`", "``", "~~", "$"),
    *("&lt;", "&#60;", "&amp;", "&copy;", "[", "]", "](", ")", "(", "[^1]", "[^1]:", "[ ]", "!["),
    *("*", "**", "_", "__", "#", "##", "-", "+", "1.", "2)", "a.", "---", "===", "***", ":", ":-:"),
    *("^", "{", "}", "%", "/", "\u00a0", "\u200d", "\u00e9", "A", "bc", "12"),
]

ONE_LINE = st.builds(
    lambda pieces, last: f"{''.join(pieces).lstrip()}end{last}",
    st.lists(st.sampled_from([*_PIECES, " "]), min_size=1, max_size=9),
    st.sampled_from(["", "", *_PIECES]),
)
"""Words of pieces that are markup, or make a part of it, and of what may stand between."""

LINES_OF_WORDS = st.lists(ONE_LINE, min_size=1, max_size=4).map("\n".join)


def as_html(markdown: str) -> str:
    """What GitHub makes of Markdown; it obeys HTML, which its library would leave out."""
    options = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown, options=options))


class Rendered(HTMLParser):
    """A page: its tags in their order, but for the ends of lines, and its words.

    An address may be a link to itself; one of mail is on GitHub whatever stands before it.
    """

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self._parts: list[str] = []
        self._links: list[tuple[str, int, int]] = []
        self.feed(as_html(markdown))
        self.close()
        self._letters = _letters("".join(self._parts))

    def count(self, words: str) -> int:
        """How often words stand there, on however many lines."""
        return self._letters.count(_letters(words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.tags), len(self._parts)))
        self.tags.append(f"<{tag} {' '.join(key for key, _ in attrs)}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br" or attrs:
            self.tags.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"</{tag}>")
        if tag == "a" and self._links:
            href, place, start = self._links.pop()
            words = "".join(self._parts[start:])
            if href in (words, f"mailto:{words}") or unquote(href) == unquote(words):
                del self.tags[place:]

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        self.tags.append("<!>")

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)


def _letters(words: str) -> str:
    """Words but for blanks, and for their case, which is another in headings."""
    return re.sub(r"\s+", "", words).casefold()
