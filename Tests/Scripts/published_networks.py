"""Published networks along one axis, from their papers or code, in the words of `axis_arithmetic.py`.

`axis` is 0 for rows, 1 for columns, where they differ.
"""

from axis_arithmetic import (
    Undefined, adaptive_mean, add, align_corners, bilinear, broadcast, concat, conv, crop, crop_center, crop_like,
    deconv, join, mean, nearest, pool, reflect_conv, same_pool, shuffle, times)


def fcn(x, stride, pad, axis):
    """shelhamer/fcn.berkeleyvision.org: net.py of voc-fcn32s, 16s, 8s; the offsets of the cuts are coord_map's."""
    image, pools = x, {}
    for group, count in enumerate([2, 2, 3, 3, 3], start=1):
        x = conv(x, 3, pad=pad if group == 1 else 1)
        x = pools[group] = pool(times(count - 1, x, conv, 3), rounding="ceil")
    x = conv(x, 7, pad=0)
    if stride <= 16:
        x = deconv(x, 4, 2)
        x = add(x, crop_like(pools[4], x, 5))
    if stride <= 8:
        x = deconv(x, 4, 2)
        x = add(x, crop_like(pools[3], x, 9))
    least = {32: 81, 16: 73, 8: 69}[stride]
    return crop_like(deconv(x, 2 * stride, stride), image, pad - least)


def segnet_basic(x, axis):
    """alexgkendall/SegNet-Tutorial: segnet_basic_inference.prototxt, where upsample4 has pad_out_h."""
    pooled = []
    for _ in range(4):
        x = conv(x, 7)
        pooled.append(x)
        x = pool(x, rounding="ceil")
    for level in (3, 2, 1, 0):
        wide = nearest(x, 2)
        if level == 3 and axis == 0:
            wide = crop(wide, 0, 1)
        # A pixel goes back to where it was the greatest of the pooled value: both are needed, and of one size.
        x = conv(join(wide, pooled[level], nearest_within(pool(pooled[level], rounding="ceil"), pooled[level])), 7)
    return x


def nearest_within(x, like):
    return crop_like(nearest(x, 2), like, 0)


def unet_2015(x, axis, depth=4):
    """Ronneberger, Fischer, Brox 2015: valid convolutions, and every pool has an even input."""
    skips = []
    for _ in range(depth):
        x = times(2, x, conv, 3, pad=0)
        skips.append(x)
        x = pool(x, rounding="exact")
    x = times(2, x, conv, 3, pad=0)
    for skip in reversed(skips):
        x = deconv(x, 2, 2)
        x = times(2, concat(crop_center(skip, x), x), conv, 3, pad=0)
    return x


def basic_block(x, stride=1, dilation=1):
    """Two 3 x 3 convolutions and the shortcut (He et al. 2016)."""
    return add(conv(conv(x, 3, stride, pad=1), 3), conv(x, 1, stride, pad=0))


def resnet(x, blocks):
    """The stem at stride 2 and the four stages at strides 4 to 32."""
    stem = conv(x, 7, 2, pad=3)
    features = [stem]
    x = pool(stem, 3, 2, 1)
    for stage, count in enumerate(blocks):
        x = times(count - 1, basic_block(x, 1 if stage == 0 else 2), basic_block)
        features.append(x)
    return features


def smp_resnet_unet(x, blocks, axis):
    """segmentation_models.pytorch: Unet, nearest x2 and a concat with the encoder's value, but none at stride 1."""
    *skips, x = resnet(x, blocks)
    for skip in reversed(skips):
        x = times(2, concat(nearest(x, 2), skip), conv, 3)
    return conv(times(2, nearest(x, 2), conv, 3), 3)


def rsu(x, depth):
    """xuebinqin/U-2-Net: RSU7 to RSU4, a small U-Net of `depth` levels with its input added."""
    inside = conv(x, 3)
    y, skips = conv(inside, 3), []
    for _ in range(depth - 2):
        skips.append(y)
        y = conv(pool(y, rounding="ceil"), 3)
    y = conv(concat(conv(y, 3, dilation=2), y), 3)
    for skip in reversed(skips):
        y = conv(concat(bilinear(y, 2), skip), 3)
    return add(y, inside)


def rsu4f(x):
    """RSU4F: dilations in place of pools."""
    inside = conv(x, 3)
    one = conv(inside, 3)
    two = conv(one, 3, dilation=2)
    three = conv(two, 3, dilation=4)
    y = conv(concat(conv(three, 3, dilation=8), three), 3, dilation=4)
    y = conv(concat(y, two), 3, dilation=2)
    return add(conv(concat(y, one), 3), inside)


def u2net(x, axis):
    """xuebinqin/U-2-Net: U2NET of model/u2net.py, the version whose upsampling has factors."""
    stages = [lambda v, d=d: rsu(v, d) for d in (7, 6, 5, 4)] + [rsu4f]
    skips = []
    for stage in stages:
        x = stage(x)
        skips.append(x)
        x = pool(x, rounding="ceil")
    x = rsu4f(x)
    sides = [x]
    for stage, skip in zip(reversed(stages), reversed(skips)):
        x = stage(concat(bilinear(x, 2), skip))
        sides.append(x)
    factors = [32, 16, 8, 4, 2, 1]
    return concat(*(bilinear(conv(side, 3), factor) for side, factor in zip(sides, factors)))


def noise2noise(x, axis):
    """NVlabs/noise2noise: autoencoder of network.py."""
    skips, x = [x], conv(x, 3)
    for _ in range(4):
        x = same_pool(conv(x, 3))
        skips.append(x)
    x = conv(same_pool(conv(x, 3)), 3)
    for skip in reversed(skips):
        x = times(2, concat(nearest(x, 2), skip), conv, 3)
    return conv(x, 3)


def squeeze(x):
    return join(x, broadcast(mean(x), x))


def cunet(x, up, axis):
    """nagadomi/nunif: CUNet and UpCUNet of waifu2x/models/cunet.py."""

    def double(v):
        return times(2, v, conv, 3, pad=0)

    x1 = double(x)
    x2 = deconv(squeeze(double(conv(x1, 2, 2, pad=0))), 2, 2)
    x3 = conv(add(crop(x1, 4, 4), x2), 3, pad=0)
    z1 = deconv(x3, 4, 2, pad=3) if up else conv(x3, 3, pad=0)

    x1 = double(z1)
    x2 = squeeze(double(conv(x1, 2, 2, pad=0)))
    x3 = deconv(squeeze(double(conv(x2, 2, 2, pad=0))), 2, 2)
    x4 = deconv(squeeze(double(add(crop(x2, 4, 4), x3))), 2, 2)
    z2 = times(2, add(crop(x1, 16, 16), x4), conv, 3, pad=0)
    return add(crop(z1, 20, 20), z2)


def pspnet(x, axis, blocks=(3, 4, 6, 3)):
    """hszhao/semseg: PSPNet of model/pspnet.py on a ResNet-50 with a deep stem; it asserts (H - 1) % 8 == 0."""
    if (len(x) - 1) % 8:
        raise Undefined
    size = (len(x) - 1) // 8 * 8 + 1
    x = pool(times(2, conv(x, 3, 2, pad=1), conv, 3), 3, 2, 1)
    for count, stride, dilation in zip(blocks, (1, 2, 1, 1), (1, 1, 2, 4)):
        for i in range(count):
            first = stride if i == 0 else 1
            x = add(conv(x, 3, first, pad=dilation, dilation=dilation), conv(x, 1, first, pad=0))
    x = concat(x, *(align_corners(adaptive_mean(x, bins), len(x)) for bins in (1, 2, 3, 6)))
    return align_corners(conv(x, 3), size)


def bisenetv2(x, axis):
    """CoinCheung/BiSeNet: BiSeNetV2 of lib/models/bisenetv2.py, evaluating."""

    def gather_expand(v, stride):
        if stride == 1:
            return add(conv(conv(v, 3), 3), v)
        return add(conv(conv(conv(v, 3), 3, 2, pad=1), 3), conv(v, 3, 2, pad=1))

    detail = x
    for more in (1, 2, 2):
        detail = times(more, conv(detail, 3, 2, pad=1), conv, 3)

    stem = conv(x, 3, 2, pad=1)
    context = conv(concat(conv(stem, 3, 2, pad=1), pool(stem, 3, 2, 1)), 3)
    for more in (1, 1, 3):
        context = times(more, gather_expand(context, 2), gather_expand, 1)
    context = conv(add(broadcast(mean(context), context), context), 3)

    left = join(conv(detail, 3), nearest(conv(context, 3), 4))
    right = join(pool(conv(detail, 3, 2, pad=1), 3, 2, 1), conv(context, 3))
    fused = conv(add(left, nearest(right, 4)), 3)
    return bilinear(conv(fused, 3), 8)


def dbnet_r18(x, axis):
    """MhLiao/DB: SegDetector of decoders/seg_detector.py on a ResNet-18."""
    _, c2, c3, c4, c5 = resnet(x, (2, 2, 2, 2))
    out4 = add(nearest(c5, 2), c4)
    out3 = add(nearest(out4, 2), c3)
    out2 = add(nearest(out3, 2), c2)
    fuse = concat(nearest(conv(c5, 3), 8), nearest(conv(out4, 3), 4), nearest(conv(out3, 3), 2), conv(out2, 3))
    return deconv(deconv(conv(fuse, 3), 2, 2), 2, 2)


def fast_style(x, axis):
    """pytorch/examples: TransformerNet of fast_neural_style/neural_style/transformer_net.py."""

    def normed(v):
        return join(v, broadcast(mean(v), v))

    x = normed(reflect_conv(x, 9))
    x = times(2, x, lambda v: normed(reflect_conv(v, 3, 2)))
    x = times(5, x, lambda v: add(normed(reflect_conv(normed(reflect_conv(v, 3)), 3)), v))
    x = times(2, x, lambda v: normed(reflect_conv(nearest(v, 2), 3)))
    return reflect_conv(x, 9)


def vgg16(x, axis, fc6=False):
    """Simonyan, Zisserman 2015; the first dense layer as a 7 x 7 convolution (Long, Shelhamer, Darrell 2015)."""
    for count in (2, 2, 3, 3, 3):
        x = pool(times(count, x, conv, 3))
    return conv(x, 7, pad=0) if fc6 else x


def dncnn(x, depth, axis):
    """cszn/KAIR: network_dncnn.py; the noise is subtracted from the image."""
    return add(times(depth, x, conv, 3), x)


def convolutions(*kernels, pad="same", enlarge=1):
    def network(x, axis):
        for kernel in kernels:
            x = conv(x, kernel, pad=pad)
        return shuffle(x, enlarge)

    return network


def upconv7(x, axis):
    """nagadomi/nunif: waifu2x/models/upconv_7.py."""
    return deconv(times(6, x, conv, 3, pad=0), 4, 2, pad=3)


def fsrcnn(x, factor, axis):
    """Dong, Loy, Tang 2016, as yjn870/FSRCNN-pytorch has it: the last stage is a deconvolution of 9 x 9."""
    return deconv(times(4, conv(x, 5), conv, 3), 9, factor, pad=4, output_padding=factor - 1)


def csrnet(x, axis):
    """leeyeehoo/CSRNet-pytorch: model.py."""
    for count in (2, 2, 3):
        x = pool(times(count, x, conv, 3))
    return times(6, times(3, x, conv, 3), conv, 3, dilation=2)


def mcnn_column1(x, axis):
    """svishwa/crowdcount-mcnn: branch1 of src/models.py."""
    return conv(conv(pool(conv(pool(conv(x, 9)), 7)), 7), 7)


def unet_4level(x, enlarge, axis):
    skips = []
    for _ in range(4):
        x = times(2, x, conv, 3)
        skips.append(x)
        x = pool(x)
    x = times(2, x, conv, 3)
    for skip in reversed(skips):
        x = times(2, concat(enlarge(x, 2), skip), conv, 3)
    return x


def espnet_city(x, axis):
    """sacmehta/ESPNet: p = 2, q = 8."""

    def pyramid(v, kernel=1, stride=1):
        v = conv(v, kernel, stride, pad=(kernel - 1) // 2)
        return concat(*(conv(v, 3, dilation=d) for d in (1, 2, 4, 8, 16)))

    half = pool(x, 3, 2, 1)
    quarter = pool(half, 3, 2, 1)
    level1 = conv(x, 3, 2, pad=1)
    b1 = concat(level1, half)
    level2_0 = pyramid(b1, 3, 2)
    level2 = times(2, level2_0, lambda v: add(v, pyramid(v)))
    b2 = concat(level2, level2_0, quarter)
    level3_0 = pyramid(b2, 3, 2)
    level3 = times(8, level3_0, lambda v: add(v, pyramid(v)))
    deep = deconv(concat(level3_0, level3), 2, 2)
    combined = deconv(pyramid(concat(b2, deep)), 2, 2)
    return deconv(conv(concat(combined, level1), 3), 2, 2)


def lwnet_retina(x, axis):
    """agaldran/lwnet: W-Net."""

    def double(v):
        return add(times(2, v, conv, 3), v)

    def enlarge(v, skip):
        return double(concat(deconv(v, 2, 2), conv(skip, 3)))

    def unet(v):
        full = double(v)
        half = double(pool(full))
        return enlarge(enlarge(double(pool(half)), half), full)

    return unet(concat(x, unet(x)))


def mtcnn_pnet(x, axis):
    """timesler/facenet-pytorch: PNet."""
    return times(2, pool(conv(x, 3, pad=0), rounding="ceil"), conv, 3, pad=0)


def extremec3_portrait(x, axis):
    """clovaai/ext_portrait_segmentation: ExtremeC3Net, read from its ONNX file."""

    def branch(v, kernel, dilation):
        return conv(conv(v, kernel), 3, dilation=dilation) if kernel else conv(v, 3)

    def block(v, *branches):
        return concat(*(branch(v, *b) for b in branches))

    def residual(v):
        return add(v, block(v, (3, 2), (7, 4), (15, 8)))

    half = pool(x)
    b1 = concat(conv(x, 3, 2, pad=1), half)
    level2_0 = block(conv(b1, 3, 2, pad=1), (0, 0), (3, 2), (5, 3))
    level2 = add(level2_0, block(level2_0, (0, 0), (5, 3), (7, 4)))
    b2 = concat(level2, level2_0, pool(half))
    level3_0 = block(b2, (0, 0), (5, 3), (9, 5))
    deep = concat(level3_0, times(5, level3_0, residual))
    fine = residual(conv(x, 3, 2, pad=1))
    joined = add(align_corners(deep, 2 * len(deep)), fine)
    return align_corners(joined, 2 * len(joined))


def sinet_portrait(x, axis):
    """clovaai/ext_portrait_segmentation: SINet, read from its ONNX file."""

    def branch(v, kernel, down):
        if down == 1:
            return conv(v, kernel)
        low = conv(pool(v, down), kernel)
        return align_corners(low, down * len(low))

    def block(v, first, second):
        return concat(branch(v, *first), branch(v, *second))

    def residual(v, first, second):
        return add(v, block(v, first, second))

    def down(v):
        return squeeze(conv(v, 3, 2, pad=1))

    level2_0 = down(conv(x, 3, 2, pad=1))
    level2 = residual(block(level2_0, (3, 1), (5, 1)), (3, 1), (3, 1))
    level3_0 = down(concat(level2_0, level2))
    y = block(level3_0, (3, 1), (5, 1))
    for first, second in [
        ((3, 1), (3, 1)), ((5, 1), (3, 2)), ((5, 2), (3, 4)), ((3, 1), (3, 1)), ((5, 1), (5, 1)), ((3, 2), (3, 4)),
        ((3, 1), (5, 2)),
    ]:
        y = residual(y, first, second)
    deep = concat(level3_0, y)
    gated = add(join(level2, align_corners(deep, 2 * len(deep))), align_corners(deep, 2 * len(deep)))
    half = align_corners(gated, 2 * len(gated))
    return conv(align_corners(half, 2 * len(half)), 3)


def prisma_portrait(x, axis):
    """anilsathyan7/Portrait-Segmentation: Prisma-net, read from its ONNX file."""

    def residual(v):
        return add(v, times(2, v, conv, 3))

    x, skips = conv(x, 3), []
    for count in (1, 1, 1, 2):
        x = times(count, x, residual)
        skips.append(x)
        x = conv(x, 3, 2, pad=(0, 1))
    x = times(6, x, residual)
    for skip in reversed(skips):
        x = times(3, add(deconv(x, 3, 2, after=1), skip), residual)
    return x
