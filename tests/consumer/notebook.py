"""What a notebook of a researcher may hold: each picture is one line. Checked by mypy."""

from pathlib import Path

import networkx  # type: ignore[import-not-found,import-untyped,unused-ignore]
import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]

import rcpref

data = rcpref.load()

# How much processes overlap, year by year.
pairs = [row for year in range(2003, 2026) for row in data.matrix(as_of=str(year))]
pandas.DataFrame(pairs).groupby("as_of")["shared"].sum().plot()

# The network of processes that share members.
edges = pandas.DataFrame(data.edges("2013"))
networkx.draw(networkx.from_pandas_edgelist(edges, "record", "other"))

# A map of members.
Path("bali-2013.svg").write_text(data.map("Bali Process", as_of="2013-05"), encoding="utf-8")

# Who was listed, and not what can be concluded, for a chart of growth.
panel = pandas.DataFrame(data.panel("2003", "2025"))
panel[(panel["basis"] == "listed") & (panel["answer"] == "yes")].groupby("as_of").size().plot()
