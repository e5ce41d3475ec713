/// The text of `train.py`: the same loop for every project around what is its own.
struct TrainingScript: Sendable {
  /// The class in `net.py`.
  var networkClass: String
  /// One line for the head of the file: what is trained on what.
  var summary: String
  /// Constants, and the functions `find`, `read`, `invent`, `part`, `example`, `loss` and `measure`.
  var task: String
  /// The usual height and width of a part.
  var size: Int

  var text: String {
    """
    \"""\(summary)

    `python train.py --synthetic --steps 300` tries it on pictures that it makes up itself.
    \"""

    import argparse
    import math
    import pathlib
    import sys

    import numpy as np
    import torch
    import torch.nn.functional as F
    from torch.utils.data import DataLoader, Dataset

    from net import \(networkClass) as Network
    from net import preprocess, save_safetensors

    \(task)

    class Parts(Dataset):
        \"""Random parts of random pictures, mirrored at random.\"""

        def __init__(self, samples, size, first, last):
            self.samples, self.size, self.first, self.last = samples, size, first, last

        def __len__(self):
            return self.last - self.first

        def __getitem__(self, index):
            # The same parts come again when training goes on from a checkpoint.
            generator = np.random.default_rng(self.first + index)
            sample = self.samples[generator.integers(len(self.samples))]
            picture, target = read(sample)
            return example(*part(picture, target, self.size, generator), generator)


    def pictures(options, folder, count):
        \"""The samples of a folder, or made up ones.\"""
        if options.synthetic:
            seed = 0 if folder == "train" else 1
            return [invent(np.random.default_rng((seed, n)), 2 * options.size) for n in range(count)]
        samples = find(pathlib.Path(options.data) / folder)
        if not samples:
            sys.exit(f"there are no pictures in {options.data}/{folder}: see data/README.md, or try --synthetic")
        return samples


    def main():
        parser = argparse.ArgumentParser(description=__doc__.split("\\n")[0])
        parser.add_argument("--data", default="data", help="the folder of train and validation")
        parser.add_argument("--synthetic", action="store_true", help="train on made up pictures")
        parser.add_argument("--steps", type=int, default=20000, help="batches in all")
        parser.add_argument("--batch", type=int, default=8, help="parts in a batch")
        parser.add_argument("--size", type=int, default=\(size), help=f"height and width of a part, a multiple of {MULTIPLE}")
        parser.add_argument("--rate", type=float, default=1e-3, help="the greatest learning rate")
        parser.add_argument("--check", type=int, default=500, help="steps from one check to the next")
        parser.add_argument("--workers", type=int, default=0, help="processes that read pictures")
        parser.add_argument("--resume", help="a checkpoint to go on from")
        options = parser.parse_args()
        if options.size % MULTIPLE:
            sys.exit(f"--size {options.size} is not a multiple of {MULTIPLE}")

        torch.manual_seed(0)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        net = Network().to(device)
        optimizer = torch.optim.AdamW(net.parameters(), lr=options.rate)
        warm_up = max(1, options.steps // 20)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer,
            lambda step: min((step + 1) / warm_up, 0.5 + 0.5 * math.cos(math.pi * min(step / options.steps, 1))),
        )
        step, best = 0, -math.inf
        if options.resume:
            state = torch.load(options.resume, map_location=device, weights_only=True)
            net.load_state_dict(state["model"])
            optimizer.load_state_dict(state["optimizer"])
            schedule.load_state_dict(state["schedule"])
            step, best = state["step"], state["best"]

        parts = Parts(
            pictures(options, "train", 64), options.size, step * options.batch, options.steps * options.batch
        )
        validation = pictures(options, "validation", 8)
        for x, target in DataLoader(parts, options.batch, num_workers=options.workers):
            net.train()
            error = loss(net.logits(x.to(device)), target.to(device))
            optimizer.zero_grad()
            error.backward()
            optimizer.step()
            schedule.step()
            step += 1
            if step % 50 == 0 or step == options.steps:
                print(f"step {step}: loss {error.item():.4g}", flush=True)
            if step % options.check == 0 or step == options.steps:
                net.eval()
                with torch.no_grad():
                    score, text = measure(net, validation, device)
                print(f"step {step}: {text}", flush=True)
                if score > best:
                    best = score
                    save_safetensors(net, "weights.safetensors")
                torch.save(
                    {
                        "model": net.state_dict(), "optimizer": optimizer.state_dict(),
                        "schedule": schedule.state_dict(), "step": step, "best": float(best),
                    },
                    "checkpoint.pth",
                )


    if __name__ == "__main__":
        main()

    """
  }
}
