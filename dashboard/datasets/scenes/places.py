"""The five places, empty: sky, ground, the sun or the moon, and what each has besides."""

import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageDraw

from dashboard.datasets.scenes.pen import Rgb, mix, tint
from dashboard.datasets.scenes.world import DETAILS, Scene

WIDE = 256  # pixels of the large drawing, which is square
GROUND = 150  # where the ground begins, on average
Light = tuple[float, float, float]


def backdrop(scene: Scene, random: Random) -> tuple[Image.Image, Light]:
    """The place of a scene as a large image, and the light that falls on what stands there."""
    image = Image.new("RGB", (WIDE, WIDE))
    stage = _Stage(ImageDraw.Draw(image), scene, random)
    return image, _PLACES[scene.place](stage)


class _Stage:
    """What the places share: a canvas, a horizon, and colours that vary a little."""

    def __init__(self, draw: ImageDraw.ImageDraw, scene: Scene, random: Random) -> None:
        self.draw, self.random = draw, random
        self.shining, self.detail = scene.shining, DETAILS[scene.place][scene.detail]
        self.ground = GROUND + random.uniform(-8, 8)
        self.phase = random.uniform(0, math.tau)

    def near(self, colour: Rgb, spread: int = 7) -> Rgb:
        red, green, blue = (max(0, min(255, v + self.random.randint(-spread, spread))) for v in colour)
        return red, green, blue

    def gradient(self, top: float, bottom: float, first: Rgb, last: Rgb, bands: int = 10) -> None:
        for i in range(bands):
            y0, y1 = (top + (bottom - top) * k / bands for k in (i, i + 1))
            self.draw.rectangle([0, y0, WIDE, y1], fill=mix(first, last, i / (bands - 1)))

    def hill(self, colour: Rgb, y: float, height: float) -> None:
        edge = [(x, y + height * math.sin(x / WIDE * 5 + self.phase)) for x in range(0, WIDE + 9, 8)]
        self.draw.polygon([*edge, (WIDE, WIDE), (0, WIDE)], fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: Rgb) -> None:
        self.draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=colour)

    def sun(self, colour: Rgb) -> None:
        if self.shining:
            self.disc(self.random.choice((30, 226)), 28, 20, colour)

    def scatter(self, count: int, top: float, bottom: float = WIDE) -> list[tuple[float, float]]:
        return [(self.random.uniform(4, WIDE - 4), self.random.uniform(top, bottom)) for _ in range(count)]


def _grass(stage: _Stage) -> Light:
    ground = stage.ground
    stage.gradient(0, ground + 8, stage.near((116, 188, 238)), (208, 234, 248))
    stage.sun((255, 224, 90))
    stage.hill(stage.near((140, 192, 104)), ground - 14, 8)
    green = stage.near((104, 172, 70))
    stage.hill(green, ground + 6, 5)
    stage.gradient(ground + 14, WIDE, green, tint(green, 0.84))
    for x, y in stage.scatter(20, ground + 16):
        stage.draw.line([x, y, x + 2, y - 10], fill=tint(green, 0.8), width=3)
    if stage.detail != "none":
        petal: Rgb = (252, 222, 84) if stage.detail == "yellow-flowers" else (246, 146, 188)
        for x, y in stage.scatter(14, ground + 18):
            stage.disc(x, y, 6, petal)
            stage.disc(x, y, 2, (255, 250, 240))
    return 1.0, 1.0, 1.0


def _beach(stage: _Stage) -> Light:
    ground = stage.ground
    stage.gradient(0, ground - 34, stage.near((112, 194, 242)), (212, 238, 248))
    stage.sun((255, 220, 86))
    stage.gradient(ground - 34, ground + 8, stage.near((38, 124, 184)), (76, 186, 208))
    if stage.detail == "boat":
        x = stage.random.uniform(40, 216)
        y = ground - 34
        stage.draw.polygon([(x, y - 42), (x, y - 6), (x + 26, y - 6)], fill=(252, 250, 246))
        stage.draw.polygon([(x - 4, y - 34), (x - 4, y - 6), (x - 22, y - 6)], fill=(232, 120, 90))
        stage.draw.polygon(
            [(x - 28, y - 2), (x + 30, y - 2), (x + 18, y + 12), (x - 18, y + 12)], fill=(120, 70, 50)
        )
    sand = stage.near((240, 214, 154))
    stage.hill((250, 250, 246), ground + 5, 4)
    stage.hill(sand, ground + 11, 4)
    stage.gradient(ground + 18, WIDE, sand, tint(sand, 0.93))
    for x, y in stage.scatter(12, ground + 22):
        stage.disc(x, y, 2.5, tint(sand, 0.84))
    if stage.detail == "umbrella":
        x, y = stage.random.choice((26.0, 230.0)), ground + 24
        stage.draw.line([x, y, x, y - 62], fill=(240, 236, 228), width=5)
        stage.draw.pieslice([x - 40, y - 92, x + 40, y - 32], 180, 360, fill=(226, 70, 74))
        stage.draw.pieslice([x - 14, y - 92, x + 14, y - 32], 180, 360, fill=(250, 246, 240))
    return 1.0, 1.0, 1.0


def _snow(stage: _Stage) -> Light:
    ground = stage.ground
    stage.gradient(0, ground + 16, stage.near((164, 184, 212)), (220, 230, 242))
    stage.sun((255, 240, 186))
    if stage.detail == "firs":
        for x in (34.0, 92.0, 176.0, 224.0):
            x, tall = x + stage.random.uniform(-14, 14), stage.random.uniform(44, 60)
            y = ground + 6
            stage.draw.polygon(
                [(x - tall * 0.34, y), (x, y - tall), (x + tall * 0.34, y)], fill=(86, 128, 118)
            )
            stage.draw.polygon(
                [(x - tall * 0.15, y - tall * 0.56), (x, y - tall), (x + tall * 0.15, y - tall * 0.56)],
                fill=(244, 248, 252),
            )
    snow = stage.near((236, 242, 250), 4)
    stage.hill(tint(snow, 0.94), ground - 4, 6)
    stage.hill(snow, ground + 10, 5)
    if stage.detail == "snowman":
        x, y = stage.random.choice((28.0, 228.0)), ground + 14
        for rise, radius in ((0, 22), (-30, 16), (-54, 12)):
            stage.disc(x, y + rise, radius + 3, (168, 184, 206))
            stage.disc(x, y + rise, radius, (252, 253, 255))
        stage.draw.polygon([(x, y - 56), (x + 16, y - 52), (x, y - 50)], fill=(240, 140, 40))
        stage.draw.rectangle([x - 12, y - 84, x + 12, y - 66], fill=(60, 60, 76))
    for x, y in stage.scatter(22, 0):
        stage.disc(x, y, 3, (255, 255, 255))
    return 0.98, 0.99, 1.0


def _night(stage: _Stage) -> Light:
    ground, stars = stage.ground, 34 if stage.detail == "stars" else 0
    stage.gradient(0, ground + 16, stage.near((18, 24, 64), 5), stage.near((58, 66, 122), 5))
    for x, y in stage.scatter(stars, 0, ground - 20):
        stage.disc(x, y, stage.random.choice((2.5, 3.5)), (252, 246, 214))
    if stage.shining:
        x = stage.random.choice((34, 222))
        stage.disc(x, 32, 22, (252, 246, 208))
        stage.disc(x + 11, 25, 19, (26, 32, 74))
    dark = stage.near((40, 70, 68), 5)
    stage.hill(tint(dark, 0.8), ground - 8, 9)
    if stage.detail == "village":
        for x in (40, 76, 128, 180, 216):
            x, y = x + stage.random.uniform(-8, 8), ground - 2
            stage.draw.polygon(
                [(x - 14, y), (x - 14, y - 18), (x, y - 30), (x + 14, y - 18), (x + 14, y)], fill=(26, 34, 52)
            )
            stage.draw.rectangle([x - 5, y - 15, x + 5, y - 6], fill=(255, 214, 104))
    stage.hill(dark, ground + 8, 5)
    return 0.82, 0.84, 0.98


def _room(stage: _Stage) -> Light:
    ground = stage.ground + 8
    wall = stage.near((236, 214, 182))
    stage.draw.rectangle([0, 0, WIDE, ground], fill=wall)
    for stripe in range(stage.random.randrange(36), WIDE, 36):
        stage.draw.rectangle([stripe, 0, stripe + 12, ground], fill=tint(wall, 0.95))
    x, y = stage.random.choice((24.0, 162.0)), 16
    frame: Rgb = (250, 246, 238)
    stage.draw.rectangle([x, y, x + 70, y + 74], fill=frame)
    stage.draw.rectangle(
        [x + 6, y + 6, x + 64, y + 68], fill=(132, 202, 246) if stage.shining else (146, 158, 180)
    )
    if stage.shining:
        stage.disc(x + 48, y + 22, 11, (255, 224, 90))
    stage.draw.line([x + 35, y + 4, x + 35, y + 70], fill=frame, width=5)
    stage.draw.line([x + 4, y + 37, x + 66, y + 37], fill=frame, width=5)
    floor = stage.near((180, 128, 82))
    stage.draw.rectangle([0, ground, WIDE, WIDE], fill=floor)
    stage.draw.rectangle([0, ground - 5, WIDE, ground + 3], fill=(248, 242, 232))
    for row in range(int(ground) + 22, WIDE, 22):
        stage.draw.line([0, row, WIDE, row], fill=tint(floor, 0.88), width=3)
    if stage.detail != "none":
        rug: Rgb = (186, 68, 70) if stage.detail == "red-rug" else (72, 110, 176)
        stage.draw.ellipse([26, 192, 230, 248], fill=rug, outline=tint(rug, 1.3), width=6)
    return 1.0, 0.98, 0.95


_PLACES: dict[str, Callable[[_Stage], Light]] = {
    "grass": _grass,
    "beach": _beach,
    "snow": _snow,
    "night": _night,
    "room": _room,
}
