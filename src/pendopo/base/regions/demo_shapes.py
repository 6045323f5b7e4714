"""The shapes of the demo city, from a seed: kelurahan, kecamatan, river and neighbours, without a gap.

Pure geometry in kilometres around the town square; `demo.py` turns it into codes, names and WGS84 polygons.
"""

import math
import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely.geometry import LineString, MultiPoint, Point, Polygon

AREA_KM2 = 170.0
GRID = 1e-4  # ten centimetres: lines that nearly meet, meet
Floats = NDArray[np.float64]


class Misshapen(Exception):
    """Roughened borders crossed each other; the next attempt is gentler."""


@dataclass(frozen=True)
class Shapes:
    villages: tuple[Polygon, ...]
    groups: tuple[int, ...]  # number of the kecamatan of each village
    neighbours: tuple[Polygon, ...]
    river: LineString
    riverside: frozenset[int]


def shapes(rng: random.Random, *, villages: int, districts: int, neighbours: int) -> Shapes:
    """Draw the whole city. Borders that cross are drawn again with a calmer hand."""
    outline = _blob(rng, AREA_KM2, wobble=0.14)
    cells = _cells(rng, outline, villages)
    outer = shapely.affinity.scale(_blob(rng, AREA_KM2, wobble=0.07), 2.1, 2.1, origin=(0, 0))
    lines = [cell.boundary for cell in cells] + [outer.boundary, *_spokes(rng, outline, outer, neighbours)]
    arcs = _arcs(shapely.union_all(lines, grid_size=GRID))
    river_arcs = _river_arcs(arcs, outline)
    for roughness in (0.16, 0.12, 0.08, 0.05, 0.0):
        rough = [_roughen(rng, arc, roughness) for arc in arcs]
        try:
            faces, rest = _match(rough, cells, outline, neighbours)
        except Misshapen:
            continue
        river = shapely.line_merge(shapely.unary_union([rough[i] for i in river_arcs]))
        touching = frozenset(i for i, face in enumerate(faces) if face.distance(river) < 1e-6)
        groups = tuple(_groups(rng, faces, districts))
        return Shapes(tuple(faces), groups, tuple(rest), river, touching)
    raise Misshapen("even straight borders do not close; choose another seed")


def _blob(rng: random.Random, area: float, wobble: float) -> Polygon:
    """An organic outline around the origin with the given area."""
    waves = [(k, rng.uniform(0.3, 1.0) * wobble * 2 / k, rng.uniform(0, math.tau)) for k in range(2, 8)]
    ring = []
    for step in range(44):
        angle = math.tau * step / 44
        radius = 1 + sum(height * math.sin(k * angle + phase) for k, height, phase in waves)
        ring.append((1.18 * radius * math.cos(angle), radius * math.sin(angle)))
    shape = Polygon(ring)
    factor = math.sqrt(area / shape.area)
    return shapely.affinity.scale(shape, factor, factor, origin=(0, 0))


def _cells(rng: random.Random, outline: Polygon, count: int) -> list[Polygon]:
    """Voronoi cells that are small around the square and wide at the edge, as in a grown town."""
    dice = np.random.default_rng(rng.getrandbits(64))
    west, south, east, north = outline.bounds
    cloud = np.column_stack([dice.uniform(west, east, 60_000), dice.uniform(south, north, 60_000)])
    cloud = cloud[shapely.contains_xy(outline, cloud[:, 0], cloud[:, 1])]
    density = 0.22 + np.exp(-((np.hypot(cloud[:, 0] + 0.6, cloud[:, 1] - 0.3) / 4.2) ** 2))
    cloud = cloud[dice.uniform(0, density.max(), len(cloud)) < density]
    centres = cloud[dice.choice(len(cloud), count, replace=False)]
    for _ in range(3):  # a few rounds of Lloyd: no slivers, yet not a honeycomb
        owner = cKDTree(centres).query(cloud)[1]
        sizes = np.bincount(owner, minlength=count)[:, None]
        sums = np.column_stack([np.bincount(owner, cloud[:, axis], minlength=count) for axis in (0, 1)])
        centres = np.where(sizes > 0, sums / np.maximum(sizes, 1), centres)
    raw = shapely.voronoi_polygons(MultiPoint(centres), extend_to=outline)
    cells = [shapely.intersection(cell, outline, grid_size=GRID) for cell in raw.geoms]
    whole = [max(shapely.get_parts(cell), key=lambda part: part.area) for cell in cells]
    return sorted(whole, key=lambda cell: (-cell.centroid.y, cell.centroid.x))


def _spokes(rng: random.Random, outline: Polygon, outer: Polygon, count: int) -> list[LineString]:
    """Lines from the city border outwards that divide the surroundings among the neighbours."""
    turn = rng.uniform(0, math.tau)
    spokes = []
    for number in range(count):
        angle = turn + math.tau * (number + rng.uniform(-0.18, 0.18)) / count
        ray = LineString([(0, 0), (60 * math.cos(angle), 60 * math.sin(angle))])
        # Both ends overshoot a little, so that the line surely crosses the borders it must meet.
        spokes.append(ray.intersection(outer.buffer(0.02)).difference(outline.buffer(-0.02)))
    return spokes


def _arcs(lines: shapely.Geometry) -> list[LineString]:
    """Border lines between two meeting points, each exactly once: what two areas share is one object."""
    arcs = shapely.get_parts(shapely.line_merge(lines))
    ends = Counter(end for arc in arcs for end in (arc.coords[0], arc.coords[-1]))
    meeting = [arc for arc in arcs if ends[arc.coords[0]] > 1 and ends[arc.coords[-1]] > 1]
    return sorted(shapely.get_parts(shapely.line_merge(shapely.union_all(meeting))), key=lambda a: a.bounds)


def _roughen(rng: random.Random, arc: LineString, roughness: float) -> LineString:
    """Midpoint displacement: the ends stay, the line between them wanders like a ditch or a lane."""
    points = [arc.coords[0]]
    for start, end in pairwise(arc.coords):
        points.extend(_wander(rng, start, end, roughness))
    return LineString([(round(x, 6), round(y, 6)) for x, y in points])


def _wander(
    rng: random.Random, start: tuple[float, float], end: tuple[float, float], roughness: float
) -> list[tuple[float, float]]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length < 0.16 or not roughness:
        return [end]
    swing = rng.uniform(-roughness, roughness)
    middle = (start[0] + dx / 2 - dy * swing, start[1] + dy / 2 + dx * swing)
    return _wander(rng, start, middle, roughness) + _wander(rng, middle, end, roughness)


def _match(
    arcs: list[LineString], cells: list[Polygon], outline: Polygon, neighbours: int
) -> tuple[list[Polygon], list[Polygon]]:
    """Faces in the order of the cells they grew from, and the faces outside the city."""
    if len(shapely.get_parts(shapely.union_all(arcs))) != len(arcs):
        raise Misshapen  # two borders cross: the union had to cut them
    faces = list(shapely.get_parts(shapely.polygonize(arcs)))
    tree = shapely.STRtree(faces)
    places = [cell.representative_point() for cell in cells]
    found = [tree.query(place, predicate="within") for place in places]
    numbers = [int(hit[0]) for hit in found if len(hit)]
    rest = [face for number, face in enumerate(faces) if number not in set(numbers)]
    whole = len(set(numbers)) == len(cells) and len(rest) == neighbours
    if not whole or not all(face.is_valid for face in faces):
        raise Misshapen
    return [faces[number] for number in numbers], sorted(rest, key=_bearing)


def _bearing(face: Polygon) -> float:
    centre = face.centroid
    return math.atan2(centre.x, centre.y) % math.tau


def _river_arcs(arcs: list[LineString], outline: Polygon) -> list[int]:
    """The river: the cheapest way along borders from the southern hills to the northern edge."""
    ends = sorted({end for arc in arcs for end in (arc.coords[0], arc.coords[-1])})
    number = {end: i for i, end in enumerate(ends)}
    border = outline.boundary
    inside = [a.interpolate(0.5, normalized=True).within(outline.buffer(-0.05)) for a in arcs]
    rows, cols, cost = [], [], []
    by_ends: dict[tuple[int, int], int] = {}
    for i, arc in enumerate(arcs):
        if not inside[i]:
            continue
        a, b = number[arc.coords[0]], number[arc.coords[-1]]
        middle = arc.interpolate(0.5, normalized=True)
        rows += [a, b]
        cols += [b, a]
        bend = abs(middle.x - 1.6 * math.sin(middle.y / 2.6))  # it meanders around the middle
        cost += [arc.length * (1 + bend)] * 2
        by_ends[a, b] = by_ends[b, a] = i
    graph = coo_matrix((cost, (rows, cols)), shape=(len(ends), len(ends))).tocsr()
    rim = [i for i, end in enumerate(ends) if border.distance(Point(end)) < 1e-3 and i in set(rows)]
    source = min(rim, key=lambda i: ends[i][1] + abs(ends[i][0]))
    mouth = max(rim, key=lambda i: ends[i][1] - abs(ends[i][0]))
    before = dijkstra(graph, indices=source, return_predecessors=True)[1]
    path, node = [], mouth
    while node != source:
        path.append(by_ends[int(before[node]), node])
        node = int(before[node])
    return path


def _groups(rng: random.Random, faces: list[Polygon], count: int) -> list[int]:
    """Contiguous kecamatan of three to eight kelurahan, grown evenly from far-apart seeds."""
    near = _adjacency(faces)
    centres = np.array([[f.centroid.x, f.centroid.y] for f in faces])
    best: list[int] = []
    for _ in range(24):
        groups = _grow(rng, near, centres, count)
        sizes = sorted(np.bincount(groups, minlength=count))
        if not best or (sizes[0], -sizes[-1]) > _spread(best, count):
            best = groups
    order: dict[int, int] = {}
    by_place = sorted(range(count), key=lambda g: -float(centres[np.array(best) == g][:, 1].mean()))
    for rank, group in enumerate(by_place):
        order[group] = rank
    return [order[group] for group in best]


def _spread(groups: list[int], count: int) -> tuple[int, int]:
    sizes = sorted(np.bincount(groups, minlength=count))
    return int(sizes[0]), -int(sizes[-1])


def _adjacency(faces: list[Polygon]) -> list[list[int]]:
    tree = shapely.STRtree(faces)
    near: list[list[int]] = []
    for i, face in enumerate(faces):
        touching = (int(j) for j in tree.query(face, predicate="intersects") if j != i)
        near.append(sorted(j for j in touching if face.intersection(faces[j]).length > 0.05))
    return near


def _grow(rng: random.Random, near: list[list[int]], centres: Floats, count: int) -> list[int]:
    seeds = _farthest(rng, near, count)
    groups = [-1] * len(near)
    for group, seed in enumerate(seeds):
        groups[seed] = group
    sizes = [1] * count
    while -1 in groups:
        fronts: dict[int, list[int]] = {}
        for i, group in enumerate(groups):
            if group >= 0:
                fronts.setdefault(group, []).extend(j for j in near[i] if groups[j] < 0)
        group = min((g for g in fronts if fronts[g]), key=lambda g: (sizes[g], g))
        heart = centres[np.array(groups) == group].mean(axis=0)
        taken = min(fronts[group], key=lambda j: float(np.hypot(*(centres[j] - heart))))
        groups[taken] = group
        sizes[group] += 1
    return groups


def _farthest(rng: random.Random, near: list[list[int]], count: int) -> list[int]:
    """Seeds spread over the neighbourhood graph, so that a dense centre gets its share."""
    steps = [0] * len(near)
    seeds: list[int] = []
    distance = [len(near)] * len(near)
    while len(seeds) < count:
        top = max(distance)
        seed = rng.choice([i for i, d in enumerate(distance) if d == top])
        seeds.append(seed)
        steps = _hops(near, seed)
        distance = [min(a, b) for a, b in zip(distance, steps, strict=True)]
    return seeds


def _hops(near: list[list[int]], start: int) -> list[int]:
    hops = [len(near)] * len(near)
    hops[start] = 0
    queue = [start]
    for node in queue:
        for other in near[node]:
            if hops[other] > hops[node] + 1:
                hops[other] = hops[node] + 1
                queue.append(other)
    return hops
