"""A network as GraphML, which networkx, Gephi and igraph read, a part at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

Values = Mapping[str, str | int]
"""What is said of a network or a node, by name."""


def graphml(
    whole: Values,
    nodes: Mapping[str, Values],
    counts: Sequence[str],
    edges: Iterable[tuple[str, str, Sequence[int]]],
    words: str,
) -> Iterator[str]:
    """An undirected network as the text of a file."""
    from xml.sax.saxutils import escape

    yield "<?xml version='1.0' encoding='UTF-8'?>\n"
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield f"  <desc>{escape(words)}</desc>\n"
    first = next(iter(nodes.values()), {})
    for kind, values in (("graph", whole), ("node", first), ("edge", dict.fromkeys(counts, 0))):
        for name, value in values.items():
            type_ = "int" if isinstance(value, int) else "string"
            about = f'id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"'
            yield f"  <key {about} />\n"
    yield '  <graph edgedefault="undirected">\n'
    for name, value in whole.items():
        yield f'    <data key="graph_{name}">{escape(str(value))}</data>\n'
    for node, values in nodes.items():
        yield f'    <node id="{node}">\n'
        for name, value in values.items():
            yield f'      <data key="node_{name}">{escape(str(value))}</data>\n'
        yield "    </node>\n"
    numbers = "".join(f'      <data key="edge_{name}">%d</data>\n' for name in counts)
    for one, two, each in edges:
        yield f'    <edge source="{one}" target="{two}">\n{numbers % (*each,)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"
