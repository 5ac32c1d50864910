"""A network as GraphML, which networkx, Gephi and igraph read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Values = Mapping[str, str | int]
"""What is said of a node or an edge, by name."""

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def graphml(
    whole: Values,
    nodes: Mapping[str, Values],
    edges: Sequence[tuple[str, str, Values]],
    words: str,
) -> str:
    """An undirected network as the text of a file.

    Args:
        whole: What is said of the network.
        nodes: What is said of each node, by its id; of all of them the same.
        edges: The ids of the two ends, and what is said of the edge.
        words: What the network is.
    """
    from xml.etree import ElementTree

    root = ElementTree.Element("graphml", {"xmlns": _NAMESPACE})
    ElementTree.SubElement(root, "desc").text = words
    keys: dict[tuple[str, str], str] = {}
    first_node = next(iter(nodes.values()), {})
    for kind, first in (("graph", whole), ("node", first_node), ("edge", _first(edges))):
        for name, value in first.items():
            key = keys[kind, name] = f"{kind}_{name}"
            type_ = "int" if isinstance(value, int) else "string"
            about = {"id": key, "for": kind, "attr.name": name, "attr.type": type_}
            ElementTree.SubElement(root, "key", about)
    graph = ElementTree.SubElement(root, "graph", {"edgedefault": "undirected"})
    _said(graph, "graph", whole, keys)
    for node, values in nodes.items():
        _said(ElementTree.SubElement(graph, "node", {"id": node}), "node", values, keys)
    for one, two, values in edges:
        edge = ElementTree.SubElement(graph, "edge", {"source": one, "target": two})
        _said(edge, "edge", values, keys)
    ElementTree.indent(root)
    made = ElementTree.tostring(root, encoding="unicode")
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{made}\n"


def _first(edges: Sequence[tuple[str, str, Values]]) -> Values:
    return edges[0][2] if edges else {}


def _said(element: Element, kind: str, values: Values, keys: Mapping[tuple[str, str], str]) -> None:
    """Put what is said of the network, a node or an edge into its element."""
    from xml.etree.ElementTree import SubElement

    for name, value in values.items():
        data = SubElement(element, "data", {"key": keys[kind, name]})
        data.text = str(value)
