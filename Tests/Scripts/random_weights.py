#!/usr/bin/env python3
"""Random weights by the rules that the documentation of RandomWeights writes down, in another language.

    random_weights.py NAME SEED COUNT he FAN_IN
    random_weights.py NAME SEED COUNT uniform LEAST MOST

prints the first COUNT numbers of the tensor NAME, one a line, rounded to 32 bits. The goldens of RandomWeightsTests
were made with it.
"""
import math
import struct
import sys

MASK = (1 << 64) - 1


def fnv1a(name):
    state = 0xCBF29CE484222325
    for byte in name.encode():
        state = (state ^ byte) * 0x100000001B3 & MASK
    return state


def fractions(state):
    """SplitMix64, the upper 53 bits of each word as a number in 0..<1."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        word = state
        word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & MASK
        word = (word ^ word >> 27) * 0x94D049BB133111EB & MASK
        word ^= word >> 31
        yield (word >> 11) * 2.0**-53


def single(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


def normal(source, fan_in):
    scale = math.sqrt(2 / max(fan_in, 1))
    while True:
        radius = scale * math.sqrt(-2 * math.log(1 - next(source)))
        angle = 2 * math.pi * next(source)
        yield radius * math.cos(angle)
        yield radius * math.sin(angle)


def uniform(source, least, most):
    least, most = single(least), single(most)
    while True:
        yield least + (most - least) * next(source)


def main(name, seed, count, kind, *parameters):
    source = fractions(fnv1a(name) ^ int(seed))
    numbers = normal(source, int(parameters[0])) if kind == "he" else uniform(source, *map(float, parameters))
    for _ in range(int(count)):
        print(repr(single(next(numbers))))


if __name__ == "__main__":
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    main(*sys.argv[1:])
