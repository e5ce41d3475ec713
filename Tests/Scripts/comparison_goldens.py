"""Writes Tests/fcncTests/Fixtures/comparison: small networks with one mistake each, and what PyTorch computes; and the
files of the sessions in Sources/fcnc/Documentation/Compare.md, to Tests/fcncTests/Fixtures/pages/Compare.

Every case is a module, which is right, and the text of a network, in which something was taken for something else. Its
folder holds the network, the module's weights, an input and the activations that forward hooks recorded. The tests say
which stage has to be found and what has to be said of it.

Run with Python 3, PyTorch, numpy and safetensors:  python3 Tests/Scripts/comparison_goldens.py
"""

import pathlib
import shutil

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from safetensors.torch import save_file

PAGE = pathlib.Path(__file__).parent.parent / "fcncTests" / "Fixtures" / "pages" / "Compare"
ROOT = pathlib.Path(__file__).parent.parent / "fcncTests" / "Fixtures" / "comparison"
torch.set_num_threads(1)


def record(model, *inputs):
    """The lines of the page Compare.md: what every module gives, by its path."""
    arrays = {}

    def keep(name):
        def hook(module, arguments, output):
            arrays[name] = output.detach().clone().numpy()
        return hook

    for name, module in model.named_modules():
        if name:
            module.register_forward_hook(keep(name))
    with torch.no_grad():
        model(*inputs)
    return arrays


def case(name, model, network, image=None, given=None, change=None, weights=None, train=False):
    """`given` makes the array that the user gives from the one that the module got, `change` changes what was recorded,
    `weights` what was saved."""
    generator = torch.Generator().manual_seed(sum(name.encode()))
    with torch.no_grad():
        for key, tensor in model.state_dict().items():
            if key.endswith("running_var"):
                tensor.copy_(torch.rand(tensor.shape, generator=generator) * 0.3 + 0.05)
            elif key.endswith("num_batches_tracked"):
                continue
            else:
                tensor.copy_(torch.randn(tensor.shape, generator=generator) * 0.4)
    # Running statistics move while a module is in training mode: they are saved before.
    saved = {k: v.numpy().copy() for k, v in model.state_dict().items() if not k.endswith("num_batches_tracked")}
    model.train(train)
    if image is None:
        image = torch.rand(1, 3, 12, 14, generator=generator)
    arrays = record(model, image.clone())
    if change:
        change(arrays)
    if weights:
        weights(saved)
    folder = ROOT / name
    folder.mkdir(parents=True)
    (folder / "network.fcn").write_text(network.strip() + "\n")
    np.savez(folder / "weights.npz", **saved)
    np.savez(folder / "activations.npz", **arrays)
    np.save(folder / "input.npy", (given(image) if given else image).numpy())


class Stem(nn.Module):
    """conv, batch norm, ReLU, conv: the ReLU is a function, which no hook sees."""

    def __init__(self, eps=1e-5, activation=F.relu, padding_mode="zeros", bias=True):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1, padding_mode=padding_mode, bias=bias)
        self.norm = nn.BatchNorm2d(4, eps=eps)
        self.conv2 = nn.Conv2d(4, 4, 3, padding=1)
        self.head = nn.Conv2d(4, 2, 1)
        self.activation = activation

    def forward(self, x):
        return self.head(self.conv2(self.activation(self.norm(self.conv1(x)))))


STEM = """
network stem

input image[3] = picture -> unit

x = image -> conv(4, kernel: 3, pad: 1) @conv1 -> batchnorm(eps: 1e-5) @norm -> relu
y = x -> conv(4, kernel: 3, pad: 1) @conv2

output answer: raw = y -> conv(2, kernel: 1) @head
"""


class Pools(nn.Module):
    def __init__(self, pool):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.pool = pool
        self.head = nn.Conv2d(4, 2, 3, padding=1)

    def forward(self, x):
        return self.head(self.pool(self.conv(x)))


def pools(stage):
    return f"""
network pools

input image[3] = picture -> unit

x = image -> conv(4, kernel: 3, pad: valid) @conv
pool = x -> {stage}

output answer: raw = pool -> conv(2, kernel: 3, pad: 1) @head
"""


class UNet(nn.Module):
    """Down, up and beside: resizing and joining are functions."""

    def __init__(self, up, join=lambda skip, x: torch.cat([skip, x], 1)):
        super().__init__()
        self.down1 = nn.Conv2d(3, 4, 3, padding=1)
        self.down2 = nn.Conv2d(4, 4, 3, stride=2, padding=1)
        self.up1 = nn.Conv2d(8, 4, 3, padding=1)
        self.head = nn.Conv2d(4, 2, 1)
        self.up, self.join = up, join

    def forward(self, x):
        skip = F.relu(self.down1(x))
        return self.head(F.relu(self.up1(self.join(skip, self.up(F.relu(self.down2(skip)))))))


UNET = """
network unet

input image[3] = picture -> unit

skip = image -> conv(4, kernel: 3, pad: 1) @down1 -> relu
low = skip -> conv(4, kernel: 3, stride: 2, pad: 1) @down2 -> relu
up = low -> upsample(2, mode: bilinear, grid: half_pixel)
joined = concat(skip, up)

output answer: raw = joined -> conv(4, kernel: 3, pad: 1) @up1 -> relu -> conv(2, kernel: 1) @head
"""


class Asymmetric(nn.Module):
    """TensorFlow's SAME with a stride of 2 on an even size: the odd pixel comes after."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, stride=2)
        self.conv2 = nn.Conv2d(4, 2, 3, padding=1)

    def forward(self, x):
        return self.conv2(self.conv1(F.pad(x, (0, 1, 0, 1))))


class Deconvolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, padding=1)
        self.up = nn.ConvTranspose2d(4, 4, 4, stride=2, padding=1)

    def forward(self, x):
        return self.up(F.relu(self.conv(x)))


class Bgr(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 2, 3, padding=1)

    def forward(self, x):
        return self.conv2(F.relu(self.conv1(x.flip(1))))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3, 3, padding=1)

    def forward(self, x):
        return x + F.relu(self.conv(x))


class Residual(nn.Module):
    """Hooks record the blocks as well as the convolutions in them."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList(Block() for _ in range(3))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x


def residual(join):
    return f"""
network residual

input image[3] = picture -> unit

def block(x) {{
  y = x -> conv(channels(x), kernel: 3, pad: 1) @conv -> relu
  {join}
}}

body = image -> repeat i < 3 {{ block @. }} @blocks

output answer: raw = body
"""


class Classifier(nn.Module):
    """A dense layer over a map, counted row, column, channel as TensorFlow does."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=4, padding=1)
        self.fc = nn.Linear(4 * 3 * 4, 5)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).permute(0, 2, 3, 1).flatten(1))


class Shuffled(nn.Module):
    """TensorFlow's depth_to_space."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.head = nn.Conv2d(2, 2, 1)

    def forward(self, x):
        x = self.conv(x)
        n, c, h, w = x.shape
        return self.head(x.reshape(n, 2, 2, c // 4, h, w).permute(0, 3, 4, 1, 5, 2).reshape(n, c // 4, 2 * h, 2 * w))


def exchange(a, b):
    def change(weights):
        for name in ("weight", "bias"):
            weights[f"{a}.{name}"], weights[f"{b}.{name}"] = weights[f"{b}.{name}"], weights[f"{a}.{name}"]
    return change


def transform(name, function):
    def change(weights):
        weights[name] = np.ascontiguousarray(function(weights[name]))
    return change


def noise(name, scale):
    def change(arrays):
        arrays[name] = arrays[name] + scale * np.random.default_rng(5).standard_normal(arrays[name].shape).astype("f4")
    return change


def normalized(x, mean, deviation):
    return (x - torch.tensor(mean).view(3, 1, 1)) / torch.tensor(deviation).view(3, 1, 1)


IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


class Segmenter(nn.Module):
    """The model of the page."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Conv2d(8, 2, 3, padding=1)

    def forward(self, image):
        x = F.max_pool2d(F.relu(self.norm(self.stem(image))), 2)
        return self.head(F.interpolate(x, scale_factor=2, mode="bilinear"))


def page():
    generator = torch.Generator().manual_seed(3)
    model = Segmenter().eval()
    with torch.no_grad():
        for key, tensor in model.state_dict().items():
            if not key.endswith("num_batches_tracked"):
                random = torch.rand(tensor.shape, generator=generator)
                tensor.copy_(random * 0.3 + 0.05 if key.endswith("running_var") else random - 0.5)
    image = torch.rand(1, 3, 16, 20, generator=generator)
    arrays = {"image": image.numpy()} | record(model, image.clone())
    PAGE.mkdir(parents=True)
    save_file(model.state_dict(), PAGE / "segmenter.safetensors")
    np.savez(PAGE / "activations.npz", **arrays)


def main():
    shutil.rmtree(PAGE, ignore_errors=True)
    page()
    shutil.rmtree(ROOT, ignore_errors=True)
    half = lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
    aligned = lambda x: F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    nearest = lambda x: F.interpolate(x, scale_factor=2, mode="nearest")

    # Nothing is wrong.
    case("right", Stem(), STEM)
    case("right_unet", UNet(half), UNET)
    case("right_residual", Residual(), residual("x + y"))

    # Stages.
    case("eps", Stem(eps=1e-3), STEM)
    case("border", Stem(padding_mode="reflect"), STEM)
    case("replicate", Stem(padding_mode="replicate"), STEM)
    case("no_padding", Pools(nn.MaxPool2d(2)), pools("maxpool(2)").replace("pad: valid", "pad: 1"))
    case("asymmetric", Asymmetric(), """
network asymmetric

input image[3] = picture -> unit

x = image -> conv(4, kernel: 3, stride: 2, pad: 1) @conv1

output answer: raw = x -> conv(2, kernel: 3, pad: 1) @conv2
""")
    case("ceil", Pools(nn.MaxPool2d(3, 2, ceil_mode=True)), pools("maxpool(3, stride: 2)"))
    case("count_include_pad", Pools(nn.AvgPool2d(3, 1, 1)), pools(
        "avgpool(3, stride: 1, pad: 1, count_include_pad: false)"))
    case("align_corners", UNet(aligned), UNET)
    case("nearest", UNet(nearest), UNET)
    case("concat_order", UNet(half, lambda skip, x: torch.cat([x, skip], 1)), UNET)
    case("bgr", Bgr(), """
network colours

input image[3] = picture -> rgb

x = image -> conv(4, kernel: 3, pad: 1) @conv1 -> relu

output answer: raw = x -> conv(2, kernel: 3, pad: 1) @conv2
""")
    case("transposed", Stem(), STEM, weights=transform("conv2.weight", lambda w: w.transpose(0, 1, 3, 2)))
    case("mirrored", Stem(), STEM, weights=transform("conv1.weight", lambda w: w[:, :, ::-1, ::-1]))
    case("exchanged", Stem(), STEM, weights=transform("conv2.weight", lambda w: w.transpose(1, 0, 2, 3)))
    case("hwio", Stem(), STEM, weights=transform(
        "conv1.weight", lambda w: w.transpose(2, 3, 1, 0).reshape(w.shape)))
    deconvolution = """
network up

input image[3] = picture -> unit

x = image -> conv(4, kernel: 3, pad: 1) @conv -> relu

output answer: raw = x -> deconv(4, kernel: 4, stride: 2, pad: 1) @up
"""
    case("deconv_mirrored", Deconvolution(), deconvolution, weights=transform(
        "up.weight", lambda w: w[:, :, ::-1, ::-1]))
    case("deconv_exchanged", Deconvolution(), deconvolution, weights=transform(
        "up.weight", lambda w: w.transpose(1, 0, 2, 3)))
    case("bias", Stem(), STEM.replace("pad: 1) @conv2", "pad: 1, bias: false) @conv2"))
    case("activation", Stem(), STEM.replace(" -> relu", ""))
    case("slope", Stem(activation=lambda x: F.leaky_relu(x, 0.2)), STEM.replace("-> relu", "-> leaky(0.1)"))
    case("silu", Stem(activation=F.silu), STEM)
    case("residual", Residual(), residual("y"))
    case("dcr", Shuffled(), """
network shuffled

input image[3] = picture -> unit

x = image -> conv(8, kernel: 3, pad: 1) @conv

output answer: raw = x -> pixel_shuffle(2, order: crd) -> conv(2, kernel: 1) @head
""")
    case("hwc", Classifier(), """
network classifier

input image[3] = picture -> unit

x = image -> conv(4, kernel: 3, stride: 4, pad: 1) @conv -> relu

output answer: raw = x -> flatten(order: chw) -> dense(5) @fc
""")

    # Weights and modes.
    case("other_weights", Residual(), residual("x + y"), weights=exchange("blocks.0.conv", "blocks.2.conv"))
    case("training", Stem(), STEM, train=True)
    case("in_place", Stem(), STEM, change=lambda a: a.update(conv2=np.maximum(a["conv2"], 0)))

    # Inputs.
    case("scale", Stem(), STEM, image=torch.rand(1, 3, 12, 14, generator=torch.Generator().manual_seed(1)) * 255,
         given=lambda x: x / 255)
    photograph = torch.rand(1, 3, 12, 14, generator=torch.Generator().manual_seed(2))
    network = STEM.replace("picture -> unit", "picture -> imagenet")
    case("mean_order", Stem(), network, image=normalized(photograph, *IMAGENET),
         given=lambda x: photograph / torch.tensor(IMAGENET[1]).view(3, 1, 1) - torch.tensor(IMAGENET[0]).view(3, 1, 1))
    case("reversed_before_mean", Stem(), network, image=normalized(photograph.flip(1), *IMAGENET),
         given=lambda x: normalized(photograph, *IMAGENET))

    # Two mistakes at two places; what nobody can explain; an activation that has another shape.
    case("two", Stem(eps=1e-3, activation=lambda x: F.leaky_relu(x, 0.2)), STEM)
    case("noise", Stem(), STEM, change=noise("conv2", 0.05))
    case("noise_at_the_end", Stem(), STEM, change=noise("head", 0.02))
    case("noise_in_a_norm", Stem(), STEM, change=noise("norm", 0.05))

    def one(arrays):
        arrays["conv2"] = arrays["conv2"].copy()
        arrays["conv2"][0, 1, 4, 5] += 0.5
    case("one_number", Stem(), STEM, change=one)


if __name__ == "__main__":
    main()
