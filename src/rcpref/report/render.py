"""From a report to standard output, in the format asked for."""

from collections.abc import Iterable, Sequence

from rcpref.data.dataset import Data
from rcpref.errors import NotFound
from rcpref.report import programs, safe
from rcpref.report.options import DEFAULT_WIDTH, OutputOptions, on_terminal, use_color, width
from rcpref.report.report import Report
from rcpref.report.safe import visible


def render(report: Report, options: OutputOptions) -> Iterable[str]:
    """The report as text, a part at a time."""
    if options.columns and not report.chosen:
        report.choose(options.columns)
    format = options.settled_format()
    if report.whole and options.format == "auto" and format == "tsv" and not options.columns:
        whole = report.whole() if callable(report.whole) else report.whole
        return (f"{visible(line)}\n" for line in whole.splitlines())
    if format in report.own_formats:
        return report.own_formats[format]()
    if format == "tsv":
        return programs.tsv(report, options.header)
    if format == "json":
        return programs.json(report)
    if format == "jsonl":
        return programs.jsonl(report)
    if format == "csv":
        return programs.csv(report)
    if format == "markdown":
        from rcpref.report import markdown

        return [markdown.render(report, options.sources)]
    from rcpref.report import terminal

    raised = safe.can_write(terminal.RAISED)
    if format == "text":
        columns = options.width or DEFAULT_WIDTH
        return [terminal.render(report, columns, False, False, raised, options.sources)]
    columns, color = options.width or width(), use_color(options.color)
    return [terminal.render(report, columns, color, on_terminal(), raised, options.sources)]


def show_nothing(data: Data, command: str, error: NotFound) -> None:
    """Print the JSON of a command that has found nothing, with the reason."""
    report = Report(data, {"command": command}, (), [])
    safe.write(programs.json(report, error.message), json=True)


def show(report: Report, options: OutputOptions) -> None:
    """Print the report, and on standard error what the format has no place for."""
    parts = render(report, options)
    format = options.settled_format()
    if not (options.pager and on_terminal() and _paged(parts := ["".join(parts)])):
        safe.write(parts, json=format in ("json", "jsonl"))
    if format in ("tsv", "csv", "json", "jsonl") or format in report.own_formats:
        for notice in (*report.notices, *_after_the_data(report), *report.overlay_notice):
            safe.complain(notice)


def _after_the_data(report: Report) -> list[str]:
    """That the date asked for lies after that of the data, of which an answer is carried on."""
    asked = report.asked
    if asked is None or asked.last_known:
        return []
    from rcpref.dates import parse

    if not asked.date.after(parse(report.data.date)):
        return []
    return [f"{asked.text} lies after the date of the data, {report.data.date}"]


def _paged(parts: Sequence[str]) -> bool:
    from rcpref.report.pager import paged

    return paged("".join(parts))
