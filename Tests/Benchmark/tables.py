"""Tables of the comparison, as Markdown."""

# Least ratio to the best exact peer and least ratio to MNN, times of the peer over times of fcnc: what we aim at, not
# what was measured.
TARGETS = {
    "vggfcn": (1.7, 1.25), "vggfcn-argmax": (1.7, 1.25), "fcn8s-r": (1.7, 1.3), "fcn8s-r-argmax": (1.7, 1.3),
    "unet": (1.7, 1.4), "unet-tiny": (2.0, 1.4), "vgg7": (1.6, 1.3),
    "espcn": (1.7, 1.4), "espcn-y": (1.7, 1.4), "mobileseg": (1.2, 1.4), "dilated": (2.0, 2.0),
    "dilated-bn": (2.0, 2.0), "fsrcnn": (2.0, 2.0), "edges": (2.0, 2.0),
}
# At sizes that do not suit the tiles of most kernels we aim at being no slower.
EVEN_SIZES = {"256", "512", "1024"}
# On most networks MNN's error is several times that of every other peer, so it has a column of its own. fcnc's own
# error stands in the table too: a program built with --accuracy normal or fast may be no more exact than MNN.
INEXACT = {"mnn"}


def rows_of(records):
    """The last record of every setting and runtime, in order of first appearance."""
    last = {}
    for r in records:
        last[(r["network"], r["size"], r["threads"], r["runtime"])] = r
    settings = {}
    for key, r in last.items():
        settings.setdefault(key[:3], {})[key[3]] = r
    return settings


def ratios(runtimes):
    """The best exact peer's name, its time over ours, and MNN's time over ours."""
    times = {name: r["median_ms"] for name, r in runtimes.items() if "median_ms" in r}
    ours = times.get("fcnc")
    exact = [name for name in times if name != "fcnc" and name not in INEXACT]
    best = min(exact, key=times.get, default=None)
    return best, times[best] / ours if ours and best else None, times["mnn"] / ours if ours and "mnn" in times else None


def number(value, form):
    return "-" if value is None else format(value, form)


def details(settings):
    lines = ["| network | size | threads | runtime | median ms | spread | GFLOP/s | over fcnc | peak MB | error | "
             "other load |",
             "|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|"]
    for (network, size, threads), runtimes in settings.items():
        ours = runtimes.get("fcnc", {}).get("median_ms")
        for name, r in runtimes.items():
            head = f"| {network} | {size} | {threads} | {name} | "
            if "median_ms" not in r:
                lines.append(head + f"{r['failed'].replace('|', '/')} | | | | | | |")
                continue
            error = number(r["error"], ".1e") + ("" if r["reference"] == "fp64" else f" ({r['reference']})")
            lines.append(head + f"{r['median_ms']:.2f} | {r['spread']:.0%} | {r['gflops']:.0f} | "
                         f"{number(r['median_ms'] / ours if ours else None, '.2f')} | {r['peak_mb']:.0f} | {error} | "
                         f"{r['other_load']:.2f} |")
    return lines


def summary(settings):
    lines = ["| network | size | threads | fcnc ms | GFLOP/s | best exact peer | it / fcnc | aim | MNN / fcnc | aim | "
             "met | fcnc error | its error | MNN error |",
             "|---|---|---|---:|---:|---|---:|---:|---:|---:|---|---:|---:|---:|"]
    for (network, size, threads), runtimes in settings.items():
        ours = runtimes.get("fcnc", {})
        if all("median_ms" not in r for r in runtimes.values()):
            continue  # A size that the network does not take.
        best, exact, mnn = ratios(runtimes)
        errors = [number(runtimes.get(n, {}).get("error"), ".1e") for n in ("fcnc", best, "mnn")]
        aims = TARGETS.get(network, (None, None)) if size in EVEN_SIZES else (1.0, 1.0)
        judged = [(exact, aims[0]), (mnn, aims[1])]
        if any(r is None or t is None for r, t in judged):
            met = "?" if all(r is None or t is None or r >= t for r, t in judged) else "no"
        else:
            met = "yes" if all(r >= t for r, t in judged) else "no"
        lines.append(f"| {network} | {size} | {threads} | {number(ours.get('median_ms'), '.2f')} | "
                     f"{number(ours.get('gflops'), '.0f')} | {best or '-'} | {number(exact, '.2f')} | "
                     f"{number(aims[0], '.2f')} | {number(mnn, '.2f')} | {number(aims[1], '.2f')} | {met} | "
                     + " | ".join(errors) + " |")
    return lines


def markdown(records):
    settings = rows_of(records)
    note = ("Ratios above 1: fcnc is faster. Spread: 90th percentile of the turns less the fastest, over the median. "
            "Error: largest distance from the reference over its range (of class indices: the share that differs); the "
            "reference is 64-bit arithmetic unless another is named. Other load: processors that others kept busy "
            "meanwhile. ?: a time or an aim is missing.")
    return "\n".join(summary(settings) + ["", note, ""] + details(settings)) + "\n"
