"""Which part of a plan's map a page shows: the layers, the window, the scale bar and the legend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.accounts.language import language_in_force
from hanze.reporting import written

LAYERS: dict[str, Any] = {
    "areas": gettext_lazy("Areas"),
    "parcels": gettext_lazy("Parcels"),
    "clusters": gettext_lazy("Clusters"),
    "farms": gettext_lazy("Farms"),
    "hubs": gettext_lazy("Hubs and whom they serve"),
    "flows": gettext_lazy("What is brought to whom"),
    "before": gettext_lazy("Swaps: as it is"),
    "after": gettext_lazy("Swaps: as proposed"),
}
SHOWN = ("areas", "parcels", "clusters", "farms", "hubs", "flows")
ZOOMS = (1, 2, 4, 8)
COLOURS = 8
"""Clusters have so many colours; then they begin again, and their numbers tell them apart."""
WIDEST = 7
BAR = 0.3
"""The scale bar takes at most this share of the width."""


@dataclass(frozen=True)
class Picture:
    """A drawing (as `mapping.draw` makes it) seen through a window: `zoom` times as large, around a point."""

    drawing: Mapping[str, Any]
    layers: tuple[str, ...] = SHOWN
    zoom: int = 1
    at: tuple[int, int] | None = None

    @classmethod
    def asked(cls, drawing: Mapping[str, Any], query: QueryDict) -> Picture:
        """What somebody chose; what is not known is passed over."""
        layers = tuple(name for name in query.getlist("layer") if name in LAYERS) if "map" in query else SHOWN
        zoom = next((each for each in ZOOMS if str(each) == query.get("zoom")), 1)
        try:
            x, y = (int(part) for part in query.get("at", "").split(","))
        except ValueError:
            return cls(drawing, layers, zoom)
        return cls(drawing, layers, zoom, (x, y))

    @cached_property
    def window(self) -> tuple[int, int, int, int]:
        """x, y, width and height in the units of the drawing; never beyond its edges."""
        width, height = self.drawing["width"] // self.zoom, self.drawing["height"] // self.zoom
        x, y = self.at or (self.drawing["width"] // 2, self.drawing["height"] // 2)
        left = min(max(0, x - width // 2), self.drawing["width"] - width)
        top = min(max(0, y - height // 2), self.drawing["height"] - height)
        return left, top, width, height

    @property
    def view_box(self) -> str:
        return " ".join(str(part) for part in self.window)

    @property
    def centre(self) -> str:
        left, top, width, height = self.window
        return f"{left + width // 2},{top + height // 2}"

    @property
    def nearer(self) -> int | None:
        return next((each for each in ZOOMS if each > self.zoom), None)

    @property
    def farther(self) -> int | None:
        return next((each for each in reversed(ZOOMS) if each < self.zoom), None)

    @property
    def steps(self) -> list[tuple[str, str, str]]:
        """Half a window to each side: its name, the sign on the button, and the centre it leads to."""
        if self.zoom == 1:
            return []
        left, top, width, height = self.window
        x, y = left + width // 2, top + height // 2
        return [
            (_("To the west"), "←", f"{x - width // 2},{y}"),
            (_("To the north"), "↑", f"{x},{y - height // 2}"),
            (_("To the south"), "↓", f"{x},{y + height // 2}"),
            (_("To the east"), "→", f"{x + width // 2},{y}"),
        ]

    @property
    def choices(self) -> list[tuple[str, Any, bool]]:
        return [(name, label, name in self.layers) for name, label in LAYERS.items()]

    @property
    def parcels(self) -> list[dict[str, Any]]:
        return [each | {"colour": colour(each["cluster"])} for each in self.drawing["parcels"]]

    @property
    def clusters(self) -> list[dict[str, Any]]:
        return [each | {"colour": colour(each["cluster"])} for each in self.drawing["clusters"]]

    @property
    def farms(self) -> list[tuple[int, int, str, str]]:
        return [(x, y, colour(cluster), code) for x, y, cluster, code in self.drawing["farms"]]

    @property
    def radius(self) -> int:
        return round(60 / self.zoom)

    @property
    def flows(self) -> list[dict[str, Any]]:
        """Flows with a width from 1 to 7 by their amount within the product, and a colour a product."""
        most: dict[str, float] = {}
        for flow in self.drawing["flows"]:
            most[flow["product"]] = max(most.get(flow["product"], 0.0), flow["amount"])
        number = {product: at + 1 for at, product in enumerate(sorted(most))}
        return [
            flow
            | {
                "width": 1 + round((WIDEST - 1) * flow["amount"] / most[flow["product"]])
                if most[flow["product"]]
                else 1,
                "colour": f"p{(number[flow['product']] - 1) % COLOURS + 1}",
                "label": f"{flow['product']}: {written(round(flow['amount'], 1), language_in_force())}",
            }
            for flow in self.drawing["flows"]
        ]

    @property
    def products(self) -> list[tuple[str, str]]:
        """Each product with its colour, for the legend."""
        return sorted({(flow["product"], flow["colour"]) for flow in self.flows})

    @property
    def bar(self) -> dict[str, Any]:
        """A scale bar of a round length at the lower left of the window."""
        left, top, width, height = self.window
        metres = self.drawing["metres"]
        room = width * BAR * metres
        length = max((size for size in _round_lengths() if size <= room), default=10)
        long = round(length / metres)
        said = f"{written(length / 1000, language_in_force())} km" if length >= 1000 else f"{length} m"
        edge = width // 40
        return {"x": left + edge, "to": left + edge + long, "y": top + height - edge, "label": said}

    @property
    def north(self) -> dict[str, int]:
        left, top, width, _height = self.window
        size = width // 60
        return {"x": left + width - 2 * size, "top": top + size, "low": top + 4 * size, "size": size}

    @property
    def left_out(self) -> list[str]:
        """What is too much to draw, in words."""
        told = {
            "parcels": _("%(n)s of the smallest parcels"),
            "farms": _("%(n)s farms"),
            "flows": _("%(n)s of the smallest flows"),
            "swaps": _("%(n)s of the smallest parcels that change hands"),
        }
        counts = self.drawing["left_out"]
        return [told[name] % {"n": written(counts[name], language_in_force())} for name in told if counts[name]]


def colour(cluster: int) -> str:
    """The class of the colour of a cluster; who lies alone is grey."""
    return f"c{(cluster - 1) % COLOURS + 1}" if cluster else "c0"


def _round_lengths() -> list[int]:
    return [factor * 10**power for power in range(1, 6) for factor in (1, 2, 5)]
