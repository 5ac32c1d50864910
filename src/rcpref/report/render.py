"""From a report to standard output, in the format asked for."""

from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.report import programs, safe
from rcpref.report.options import OutputOptions, on_terminal, terminal_width, use_color
from rcpref.report.report import Report, file_notice

_FOR_PROGRAMS = ("tsv", "csv", "json")


def render(report: Report, options: OutputOptions) -> str:
    """The whole text of a report in the format asked for."""
    if options.columns and not report.chosen:
        report.choose(options.columns)
    format = options.settled_format()
    if report.whole and options.format == "auto" and format == "tsv" and not options.columns:
        whole = report.whole() if callable(report.whole) else report.whole
        return "".join(f"{safe.visible(line)}\n" for line in whole.splitlines())
    if format == "tsv":
        return programs.tsv(report, options.header)
    if format == "csv":
        return programs.csv(report)
    if format == "json":
        return programs.json(report)
    if format == "markdown":
        from rcpref.report import markdown

        return markdown.render(report, options.sources)
    if format == "html":
        from rcpref.report import html

        page = html.render(report, options.sources)
        # A page says that it is UTF-8: in another encoding everything but ASCII is named.
        return page if safe.in_utf8() else page.encode("ascii", "xmlcharrefreplace").decode()
    from rcpref.report import terminal

    width = options.width or terminal_width()
    color, links = use_color(options.color), on_terminal()
    return terminal.render(report, width, color, links, safe.in_utf8(), options.sources)


def show_nothing(data: Data, command: str, error: NotFound) -> None:
    """Print the JSON of a command that has found nothing, with the reason."""
    report = Report(data, {"command": command}, (), [])
    safe.write(programs.json(report, error.message), json=True)


def show(report: Report, options: OutputOptions) -> None:
    """Print the report, and on standard error what the format has no place for."""
    format = options.settled_format()
    safe.write(render(report, options), json=format == "json")
    if format in _FOR_PROGRAMS:
        notices, asked, date = [*report.notices], report.asked, report.data.date
        if asked is not None and not asked.last_known:
            from rcpref.dates import parse

            # An answer is carried on from that day.
            later = asked.date.after(parse(date))
            notices += [f"{asked.text} lies after the date of the data, {date}"] if later else []
        for notice in (*file_notice(report.data), *notices, *report.overlay_notice):
            safe.complain(notice)
