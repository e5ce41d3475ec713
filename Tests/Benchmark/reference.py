"""The answer of a network in 64-bit arithmetic, by PyTorch, in a process of its own: it takes much memory.

    python reference.py BENCH NETWORK SIZE OUT.npy
"""
import os
import sys

import numpy as np


def main():
    bench, name, size, path = sys.argv[1:5]
    sys.path.insert(0, bench)
    import models
    import torch
    from networks import size_of
    net = models.MODELS[name]()
    x = models.make_input(net, *size_of(size))
    with torch.inference_mode():
        y = models.to_torch(net).double()(torch.from_numpy(x).double())
    np.save(path + ".part.npy", y.numpy())
    os.replace(path + ".part.npy", path)


if __name__ == "__main__":
    main()
