"""How a page as the file describes it maps to the page as shown: the page box, and turns by quarters (pure)."""

from __future__ import annotations

from assistant.geometry import Box


class View:
    """Maps points of the unturned page (from the bottom left) to the page as shown (from the top left).

    `box` is (left, bottom, right, top) of what is shown, `rotation` 0, 90, 180 or 270 degrees clockwise.
    """

    def __init__(self, box: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def turned(self, more: int) -> View:
        """Return the view turned further clockwise."""
        return View((self.left, self.bottom, self.right, self.top), self.rotation + more)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the unturned page is shown."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return where a box of the unturned page is shown."""
        if self.rotation == 0:  # nearly every page; asked once a character
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def quarter(self, a: float, b: float) -> int:
        """Return by how much the page must be turned further so that writing in the direction (a, b) is upright.

        0 means upright as shown; -1 that it is not upright after any quarter turn.
        """
        directions = {0: (a, -b), 90: (b, a), 180: (-a, b), 270: (-b, -a)}
        for more in (0, 90, 180, 270):
            across, down = directions[(self.rotation + more) % 360]
            if across > 0 and abs(down) < 0.1 * across:
                return more
        return -1


def unturn(box: Box, more: int, width: float, height: float) -> Box:
    """Return a box of a view turned by `more` on the page as shown; width and height are those of the turned view."""
    left, top, right, bottom = box
    if more == 90:
        return top, width - right, bottom, width - left
    if more == 180:
        return width - right, height - bottom, width - left, height - top
    if more == 270:
        return height - bottom, left, height - top, right
    return box
