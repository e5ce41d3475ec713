"""The networks of the peers' `models.py` in the network language."""


def network_text(net):
    """A network of `models.py` in the network language; weights keep their names."""
    lines = ["fcn 1", "", f"network {net.name.replace('-', '_')}", "", f"input x[{net.cin}]", ""]
    for o in net.ops:
        k, ins = o["op"], o["ins"]
        a = ins[0]
        if k == "conv":
            s = (f"{a} -> conv({net.ch[o['out']]}, kernel: {o['k']}, stride: {o['stride']}, pad: {o['pad']}, "
                 f"dilation: {o['dil']}, groups: {o['groups']}, bias: {str(o['bias']).lower()}) @/{o['name']}")
        elif k == "deconv":
            s = (f"{a} -> deconv({net.ch[o['out']]}, kernel: {o['k']}, stride: {o['stride']}, pad: {o['pad']}, "
                 f"output_padding: {o['outpad']}) @/{o['name']}")
        elif k == "bn":
            s = f"{a} -> batchnorm(eps: 1e-5) @/{o['name']}"
        elif k == "prelu":
            s = f"{a} -> prelu @/{o['name']}"
        elif k in ("relu", "relu6", "argmax"):
            s = f"{a} -> {k}"
        elif k == "leaky":
            s = f"{a} -> leaky(0.1)"
        elif k == "maxpool":
            s = f"{a} -> maxpool(2)"
        elif k == "nearest":
            s = f"{a} -> upsample({o['scale']}, mode: nearest, grid: asymmetric)"
        elif k == "bilinear":
            s = f"{a} -> upsample({o['scale']}, mode: bilinear, grid: half_pixel)"
        elif k == "concat":
            s = f"concat({', '.join(ins)})"
        elif k == "add":
            s = f"add({', '.join(ins)})"
        elif k == "shuffle":
            s = f"{a} -> pixel_shuffle({o['r']}, order: crd)"
        else:
            raise ValueError(k)
        lines.append(f"{o['out']} = {s}")
    lines += ["", f"output y = {net.outputs[0]} -> identity", ""]
    return "\n".join(lines)


def size_of(text):
    """512 or 480x854 (HEIGHTxWIDTH) as a pair."""
    height, _, width = text.partition("x")
    return int(height), int(width or height)


def gflop(net, size):
    """Twice the multiply-adds of the convolutions by the direct count, padding included, in units of 10^9."""
    return 2 * net.macs(*size) / 1e9


def why_not(net, size):
    """Why a network does not take a size (two maps that are joined differ), or None."""
    shapes = net.shapes(*size)
    for o in net.ops:
        if o["op"] in ("concat", "add"):
            sizes = {shapes[i][1:] for i in o["ins"]}
            if len(sizes) > 1:
                return "joins maps of " + " and ".join(f"{h}x{w}" for h, w in sorted(sizes))
    return None


def selects_class(net):
    """Whether the output is the index of a class, so that answers are compared by equality."""
    return any(o["op"] == "argmax" and o["out"] == net.outputs[0] for o in net.ops)
