"""From a report to standard output, in the format asked for, or through a pager."""

import codecs
import os
import re
import signal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress

from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.report import programs, safe
from rcpref.report.options import (
    DEFAULT_WIDTH,
    OutputOptions,
    on_terminal,
    terminal_size,
    use_color,
)
from rcpref.report.report import Report, file_notice
from rcpref.report.safe import encoding_of, visible


def render(report: Report, options: OutputOptions) -> Iterable[str]:
    if options.columns and not report.chosen:
        report.choose(options.columns)
    format = options.settled_format()
    if report.whole and options.format == "auto" and format == "tsv" and not options.columns:
        whole = report.whole() if callable(report.whole) else report.whole
        return (f"{visible(line)}\n" for line in whole.splitlines())
    if format == "tsv":
        return programs.tsv(report, options.header)
    if format in _FOR_PROGRAMS:
        return _FOR_PROGRAMS[format](report)
    if format == "markdown":
        from rcpref.report import markdown

        return [markdown.render(report, options.sources)]
    if format == "html":
        from rcpref.report import html

        page = html.render(report, options.sources)
        # A page says that it is UTF-8: in another encoding all else than ASCII is named.
        in_utf8 = codecs.lookup(encoding_of(sys.stdout)).name == "utf-8"
        return [page if in_utf8 else page.encode("ascii", "xmlcharrefreplace").decode()]
    from rcpref.report import terminal

    raised = safe.can_write(terminal.RAISED)
    plain = format == "text"
    usual = DEFAULT_WIDTH if plain else terminal_size("columns", DEFAULT_WIDTH)
    columns = options.width or usual
    color, links = not plain and use_color(options.color), not plain and on_terminal()
    return [terminal.render(report, columns, color, links, raised, options.sources)]


_FOR_PROGRAMS: Mapping[str, Callable[[Report], Iterable[str]]] = {
    "json": programs.json,
    "jsonl": programs.jsonl,
    "csv": programs.csv,
}


def show_nothing(data: Data, command: str, error: NotFound) -> None:
    """Print the JSON of a command that has found nothing, with the reason."""
    report = Report(data, {"command": command}, (), [])
    safe.write(programs.json(report, error.message), json=True)


def show(report: Report, options: OutputOptions) -> None:
    """Print the report, and on standard error what the format has no place for."""
    parts, shown = render(report, options), False
    format = options.settled_format()
    if options.pager and on_terminal():
        text = "".join(parts)
        parts, shown = [text], paged(text)
    if not shown:
        safe.write(parts, json=format in ("json", "jsonl"))
    if format in ("tsv", *_FOR_PROGRAMS):
        notices, asked, date = [*report.notices], report.asked, report.data.date
        if asked is not None and not asked.last_known:
            from rcpref.dates import parse

            # An answer is carried on from that day.
            later = asked.date.after(parse(date))
            notices += [f"{asked.text} lies after the date of the data, {date}"] if later else []
        for notice in (*file_notice(report.data), *notices, *report.overlay_notice):
            safe.complain(notice)


# What is longer than the screen goes through a pager: that of PAGER, else less --------


USUAL = ("less", "-FRX")  # leaves colours as they are, and what it has shown on the screen

_LESS = "FRX"  # the options of a less that was asked for without any, and has none in LESS

_LINK = re.compile("\x1b\\]8;[^\x1b\x07]*(?:\x1b\\\\|\x07)")
"""Begin and end of a link, which not every pager can print."""


def paged(text: str) -> bool:
    """Show a text through a pager if it is longer than the screen; whether it was shown."""
    words = _pager()
    if not words or text.count("\n") < terminal_size("lines", sys.maxsize):
        return False
    shown = _LINK.sub("", text).encode(encoding_of(sys.stdout), "rcpref.text")
    # The pager must not start another: it may be this program.
    return _through(words, shown, {"LESS": _LESS, **os.environ, "PAGER": ""})


def _pager() -> Sequence[str]:
    """The words of its command; empty for none. No shell reads them."""
    if os.environ.get("TERM") == "dumb":
        return ()
    asked = os.environ.get("PAGER")
    if asked is None:
        return USUAL
    import shlex

    windows = os.name == "nt"  # where a backslash stands in paths, and quotation marks stay
    try:
        words = shlex.split(asked, posix=not windows)
        return [word.strip('"') for word in words] if windows else words
    except ValueError:  # a quotation mark that is not closed
        return ()


def _through(words: Sequence[str], text: bytes, environ: Mapping[str, str]) -> bool:
    import subprocess

    sys.stdout.flush()
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=dict(environ))
    except (OSError, ValueError):
        return False
    # An interrupt is the pager's to answer: it must not be left behind without us.
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone gets them
        before = None
    try:
        # The reader may leave before the end.
        with suppress(BrokenPipeError):
            process.communicate(text)
        process.wait()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
    # Of one that fails nobody knows what it has shown: twice is better than not at all. Whoever
    # ends it by a signal has seen enough.
    return process.returncode <= 0
