"""What a notebook of a researcher may hold: each picture is one line. Checked by mypy."""

import networkx  # type: ignore[import-not-found,import-untyped,unused-ignore]

import rcpref

data = rcpref.load()

# How much processes overlap, year by year.
data.overlap("2003", "2025").to_pandas().groupby("as_of")["shared"].sum().plot()

# The network of processes that share members.
networkx.draw(networkx.from_pandas_edgelist(data.edges("2013").to_pandas(), "record", "other"))

# A map of members, which the notebook shows.
data.map("Bali Process", as_of="2013-05").save("bali-2013.svg", force=True)

# Who was listed, and not what can be concluded, for a chart of growth.
data.panel("2003", "2025").to_pandas().groupby("as_of")["certain"].sum().plot()
