#!/usr/bin/env python3
"""Makes the tables of README.md from what compare.py wrote:  python3 Tests/Benchmark/tables.py OUT/results.jsonl"""
import json
import sys

# Least ratio to the best exact peer, and to MNN, whose error is up to a thousand times that of the others.
TARGETS = {
    "vggfcn": (1.7, 1.25), "fcn8s-r": (1.7, 1.3), "fcn8s-r-argmax": (1.7, 1.3), "unet": (1.7, 1.4),
    "unet-tiny": (2, 1.4), "vgg7": (1.6, 1.3), "espcn": (1.7, 1.4), "espcn-y": (1.7, 1.4), "mobileseg": (1.2, 1.4),
    "dilated": (2, 2), "dilated-bn": (2, 2), "fsrcnn": (2, 2), "edges": (2, 2),
}


def main():
    groups = {}
    for line in open(sys.argv[1]):
        row = json.loads(line)
        groups.setdefault((row["network"], row["size"], row["threads"]), {})[row["runtime"]] = row
    names = list(TARGETS)
    keys = sorted(groups, key=lambda k: (names.index(k[0]) if k[0] in names else 99, k[1], k[2]))
    print("| network | size | threads | fcnc ms | GFLOP/s | best exact peer | ms | ratio | at least | MNN ms | ratio | "
          "at least | met |")
    print("|---|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---|")
    for key in keys:
        rows = {n: r for n, r in groups[key].items() if "ms" in r}
        ours, mnn = rows["fcnc"], rows.get("mnn")
        exact = [r for n, r in rows.items() if n not in ("fcnc", "mnn")]
        least, least_mnn = TARGETS.get(key[0], (1, 1))
        best = min(exact, key=lambda r: r["ratio"]) if exact else None
        met = (not best or best["ratio"] >= least) and (not mnn or mnn["ratio"] >= least_mnn)
        print(f"| {key[0]} | {key[1]} | {key[2]} | {ours['ms']:.2f} | {ours['gflops']:.0f} | "
              + (f"{best['runtime']} | {best['ms']:.2f} | {best['ratio']:.2f}" if best else "- | - | -") + f" | {least} | "
              + (f"{mnn['ms']:.2f} | {mnn['ratio']:.2f}" if mnn else "- | -")
              + f" | {least_mnn} | {'yes' if met else 'no'} |")
    print("\n| network | size | threads | runtime | median ms | least | most | turns | GFLOP/s | times fcnc | MB | error |")
    print("|---|---:|---:|---|" + "---:|" * 8)
    for key in keys:
        for name, r in groups[key].items():
            head = f"| {key[0]} | {key[1]} | {key[2]} | {name} | "
            print(head + (
                f"{r['ms']:.2f} | {r['least']:.2f} | {r['most']:.2f} | {r['rounds']} | {r['gflops']:.0f} | "
                f"{r['ratio']:.2f} | {r['memory']:.0f} | {r['error']:.1e} |" if "ms" in r
                else f"cannot: {r['problem'].replace('|', '/')} |" + " |" * 7))


if __name__ == "__main__":
    main()
