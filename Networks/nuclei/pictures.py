#!/usr/bin/env python3
"""Draws fluorescence pictures of cell nuclei together with the truth: which nucleus every pixel belongs to.

    python3 Networks/nuclei/pictures.py 114 -o cells.png

writes the picture of seed 114, and cells.json with where its nuclei lie. Needs numpy, scipy and pillow.

No photograph is used. What varies from picture to picture: size, number, elongation, irregularity, clustering and
overlap, brightness of the nuclei and of the whole, texture, chromatin spots, mitotic figures, blur, nuclei out of
focus, uneven background, scattered light, debris, photon and camera noise, gamma, the range of the 8 bits, JPEG.
"""

import argparse
import io
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

ANGLES = np.linspace(-np.pi, np.pi, 257)
# A nucleus of which fewer pixels lie inside the picture is not drawn.
LEAST_AREA = 30


@dataclass
class Difficulty:
    """The ranges from which a picture's properties are drawn."""

    radius: tuple  # typical radius in pixels
    cover: tuple  # part of the picture that nuclei are to cover
    clustered: tuple  # part of the nuclei that are put beside another
    overlap: tuple  # part of a nucleus that may lie over others
    spread: tuple  # logarithmic deviation of brightness among nuclei
    photons: tuple  # decimal logarithm of the photons at full brightness
    background: tuple  # background light, as part of the typical brightness
    blur: tuple  # deviation of the blur in pixels, at a radius of 12
    range: tuple  # brightest value of the picture, of 255


LEVELS = {
    "easy": Difficulty((8, 24), (0.05, 0.25), (0, 0.2), (0, 0.02), (0.1, 0.3), (2.3, 3.5), (0.02, 0.2), (0.5, 1.2),
                       (150, 255)),
    "medium": Difficulty((6, 30), (0.1, 0.4), (0.2, 0.6), (0, 0.15), (0.2, 0.5), (1.7, 3), (0.05, 0.6), (0.7, 2),
                         (60, 255)),
    "hard": Difficulty((5, 36), (0.2, 0.55), (0.4, 0.9), (0.1, 0.3), (0.3, 0.8), (1.2, 2.5), (0.2, 1.5), (1, 3),
                       (25, 255)),
}  # fmt: skip


def waves(rng, shape, scale):
    """Smooth random numbers of mean 0 and deviation 1 that change over about `scale` pixels."""
    step = max(scale / 2, 1)
    coarse = rng.normal(size=[int(side / step) + 4 for side in shape])
    rows, columns = (np.linspace(1, 2 + side / step, side) for side in shape)
    field = ndimage.map_coordinates(coarse, np.meshgrid(rows, columns, indexing="ij"), order=2, mode="nearest")
    return field / max(field.std(), 1e-6)


def outline(rng, radius, elongation, roughness):
    """The distance of the outline from the centre for every angle of ANGLES: an ellipse with Fourier components."""
    turn, stretch = rng.uniform(0, np.pi), np.sqrt(elongation)
    distance = radius / np.hypot(np.cos(ANGLES - turn) / stretch, np.sin(ANGLES - turn) * stretch)
    for wave in range(2, 7):
        amplitude = roughness * rng.normal() / wave
        distance *= 1 + np.clip(amplitude, -0.25, 0.25) * np.cos(wave * ANGLES + rng.uniform(0, 2 * np.pi))
    return distance


class Field:
    """A picture in the making: light, labels, and how deep inside its nucleus every pixel lies."""

    def __init__(self, rng, height, width):
        self.rng, self.shape = rng, (height, width)
        self.light = np.zeros(self.shape)
        self.depth = np.zeros(self.shape)
        self.labels = np.zeros(self.shape, np.int32)
        self.centres = []

    def window(self, centre, reach):
        """The part of the picture within `reach` of `centre`, and the offsets of its pixels from there."""
        bounds = [(max(int(c - reach), 0), min(int(c + reach) + 2, side)) for c, side in zip(centre, self.shape)]
        place = tuple(slice(low, high) for low, high in bounds)
        rows, columns = np.ogrid[place]
        return place, rows - centre[0], columns - centre[1]

    def inside(self, centre, distance):
        """The window around an outline, how much of every pixel it covers, and the pixel's relative distance."""
        place, rows, columns = self.window(centre, distance.max())
        length = np.hypot(rows, columns)
        limit = np.interp(np.arctan2(rows, columns), ANGLES, distance)
        return place, np.clip(limit - length + 0.5, 0, 1), length / limit

    def place(self, radius, clustered):
        """A centre anywhere, or beside a nucleus that is there."""
        if self.centres and self.rng.random() < clustered:
            row, column, other = self.centres[self.rng.integers(len(self.centres))]
            angle, reach = self.rng.uniform(0, 2 * np.pi), (radius + other) * self.rng.uniform(0.75, 1.1)
            return row + reach * np.sin(angle), column + reach * np.cos(angle)
        return tuple(self.rng.uniform(-radius / 2, side + radius / 2) for side in self.shape)

    def add(self, radius, elongation, roughness, clustered, overlap, brightness):
        """Tries to put a nucleus; says how many pixels it covers."""
        rng = self.rng
        centre = self.place(radius, clustered)
        place, cover, relative = self.inside(centre, outline(rng, radius, elongation, roughness))
        area = cover > 0.5
        hidden = self.labels[place][area]
        if area.sum() < LEAST_AREA or (hidden > 0).mean() > overlap:
            return 0
        for label in np.unique(hidden[hidden > 0]):
            if (hidden == label).sum() > overlap * (self.labels == label).sum():
                return 0
        self.centres.append((*centre, radius))
        dome = rng.uniform(0, 0.5)
        texture = 1 + rng.uniform(0, 0.35) * waves(rng, cover.shape, radius * rng.uniform(0.2, 0.8))
        light = cover * (1 - dome * np.minimum(relative, 1) ** 2) * np.clip(texture, 0.2, 2)
        self.light[place] += brightness * light
        # Where nuclei lie over each other a pixel is the one's whose outline is relatively further away.
        depth = np.where(area, 1 - relative, 0)
        wins = area & (depth > self.depth[place])
        self.depth[place][wins] = depth[wins]
        self.labels[place][wins] = len(self.centres)
        if rng.random() < 0.25 and radius > 7:
            self.spots(centre, radius, brightness)
        return int(area.sum())

    def spots(self, centre, radius, brightness):
        """Brighter chromocentres or darker nucleoli inside a nucleus."""
        sign = self.rng.choice([-0.5, 0.8])
        for _ in range(self.rng.integers(1, 6)):
            angle, reach = self.rng.uniform(0, 2 * np.pi), radius * 0.6 * np.sqrt(self.rng.random())
            spot = centre[0] + reach * np.sin(angle), centre[1] + reach * np.cos(angle)
            place, cover, _ = self.inside(spot, np.full_like(ANGLES, radius * self.rng.uniform(0.08, 0.25)))
            if cover.size:
                self.light[place] += sign * self.rng.uniform(0.3, 1) * brightness * cover * (self.labels[place] > 0)

    def add_debris(self, radius, number, brightness):
        """Specks and threads, much smaller than a nucleus, that are not to be counted."""
        for _ in range(number):
            centre = tuple(self.rng.uniform(0, side) for side in self.shape)
            size = self.rng.uniform(0.6, max(radius * 0.22, 1.2))
            distance = outline(self.rng, size, self.rng.uniform(1, 3), 0.2)
            place, cover, _ = self.inside(centre, distance)
            self.light[place] += brightness * self.rng.uniform(0.3, 2) * cover

    def add_haze(self, radius, number, brightness):
        """Nuclei far out of focus: wide faint light, not to be counted."""
        for _ in range(number):
            centre = tuple(self.rng.uniform(0, side) for side in self.shape)
            sigma = radius * self.rng.uniform(0.9, 2)
            place, rows, columns = self.window(centre, 3 * sigma)
            light = np.exp(-(rows**2 + columns**2) / (2 * sigma**2)) - np.exp(-4.5)
            self.light[place] += brightness * self.rng.uniform(0.05, 0.3) * np.maximum(light, 0)


def draw(seed, height, width, level):
    """One picture, uint8 of height x width, and its labels: 0 is background, nuclei are numbered from 1.

    The same seed gives the same picture. `level` is a name of LEVELS.
    """
    rng = np.random.default_rng(seed)
    given = LEVELS[level]

    def between(limits):
        return rng.uniform(*limits)

    field = Field(rng, height, width)
    radius = np.exp(rng.uniform(*np.log(given.radius)))
    variation, spread = rng.uniform(0.05, 0.3), between(given.spread)
    elongation, roughness = rng.uniform(1, 1.9), rng.uniform(0, 0.25)
    clustered, overlap = between(given.clustered), between(given.overlap)
    # Some pictures hold nothing.
    wanted = 0 if rng.random() < 0.04 else between(given.cover) * height * width
    # Others hold few nuclei.
    wanted *= 1 if rng.random() < 0.85 else rng.uniform(0.02, 0.3)
    mitotic = rng.choice([0, 0, 0.03, 0.08])
    covered, tries = 0, 0
    while covered < wanted and tries < 60 + 8 * wanted / radius**2:
        tries += 1
        brightness = np.exp(spread * rng.normal())
        if rng.random() < mitotic:
            size = max(radius * rng.uniform(0.4, 0.6), 4)
            covered += field.add(size, rng.uniform(1.5, 3), 0.4, clustered, overlap, brightness * rng.uniform(2, 4))
        else:
            size = np.clip(radius * np.exp(variation * rng.normal()), 4, 48)
            stretch = 1 + (elongation - 1) * rng.uniform(0.3, 1.3)
            covered += field.add(size, stretch, roughness, clustered, overlap, brightness)
    if rng.random() < 0.5:
        field.add_debris(radius, rng.integers(1, 3 + height * width // 4000), 1)
    if rng.random() < 0.4:
        field.add_haze(radius, rng.integers(1, 3 + height * width // 30000), 1)
    return expose(rng, field.light, radius, given), relabelled(field.labels)


def expose(rng, light, radius, given):
    """What a camera makes of the light: blur, background, noise, 8 bits."""

    def between(limits):
        return rng.uniform(*limits)

    light = ndimage.gaussian_filter(light, min(between(given.blur) * max(radius / 12, 0.5), radius * 0.22))
    if rng.random() < 0.5:
        light = light + rng.uniform(0.05, 0.4) * ndimage.gaussian_filter(light, radius * rng.uniform(1, 3))
    background = 1 + rng.uniform(0, 0.35) * waves(rng, light.shape, rng.uniform(60, 400))
    rows, columns = (np.linspace(-1, 1, side) for side in light.shape)
    slope = rng.uniform(-0.5, 0.5) * rows[:, None] + rng.uniform(-0.5, 0.5) * columns
    light = light + between(given.background) * np.clip(background + slope * rng.random(), 0.05, None)
    if rng.random() < 0.4:
        # Faint grain of any size, which is no nuclei.
        light = light + rng.uniform(0.01, 0.1) * waves(rng, light.shape, np.exp(rng.uniform(*np.log([3, 60]))))
    shade = 1 - rng.uniform(0, 0.5) * ((rows[:, None] - rng.normal() / 3) ** 2 + (columns - rng.normal() / 3) ** 2) / 2
    light = light * np.clip(shade, 0.3, 1)

    photons = 10 ** between(given.photons)
    light = rng.poisson(np.clip(light, 0, None) * photons) / photons
    light += rng.normal(size=light.shape) * rng.uniform(0, 0.4) / np.sqrt(photons)
    if rng.random() < 0.2:
        light = ndimage.gaussian_filter(light, rng.uniform(0.4, 0.8))
    low = np.percentile(light, 1) * rng.uniform(0, 1)
    high = np.percentile(light, rng.uniform(98, 100))
    unit = np.clip((light - low) / max(high - low, 1e-3), 0, None) ** rng.uniform(0.6, 1.3)
    grey = np.clip(rng.choice([0, rng.uniform(0, 30)]) + unit * between(given.range), 0, 255).astype(np.uint8)
    if rng.random() < 0.15:
        file = io.BytesIO()
        Image.fromarray(grey).save(file, "JPEG", quality=int(rng.uniform(50, 95)))
        grey = np.array(Image.open(file))
    return grey


def relabelled(labels):
    """Labels without gaps; a nucleus that others have cut apart keeps its greatest part."""
    result = np.zeros_like(labels)
    for label, place in enumerate(ndimage.find_objects(labels), start=1):
        if place is None:
            continue
        parts, count = ndimage.label(labels[place] == label)
        areas = np.bincount(parts.ravel())[1:]
        if areas.max() >= LEAST_AREA // 2:
            result[place][parts == areas.argmax() + 1] = result.max() + 1
    return result


def truth(labels):
    """Where the nuclei lie: their number, the pixels that they cover, and each one's centre and area."""
    numbers = range(1, labels.max() + 1)
    centres = ndimage.center_of_mass(labels > 0, labels, numbers)
    return {
        "height": labels.shape[0],
        "width": labels.shape[1],
        "count": int(labels.max()),
        "area": int((labels > 0).sum()),
        "nuclei": [
            {"row": round(row, 1), "column": round(column, 1), "area": int((labels == number).sum())}
            for number, (row, column) in zip(numbers, centres)
        ],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seed", type=int, help="the number that the picture is drawn from")
    parser.add_argument("--height", type=int, default=256, help="in pixels (default: %(default)s)")
    parser.add_argument("--width", type=int, default=320, help="in pixels (default: %(default)s)")
    parser.add_argument("--level", choices=LEVELS, default="medium", help="how difficult (default: %(default)s)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the picture to write, a .png")
    options = parser.parse_args()
    picture, labels = draw(options.seed, options.height, options.width, options.level)
    Image.fromarray(picture).save(options.output)
    drawn = {"seed": options.seed, "level": options.level} | truth(labels)
    options.output.with_suffix(".json").write_text(json.dumps(drawn, indent=2) + "\n")


if __name__ == "__main__":
    main()
