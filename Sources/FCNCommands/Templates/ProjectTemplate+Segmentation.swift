extension ProjectTemplate {
  /// A class for every pixel.
  static let segmentation = ProjectTemplate(
    name: "segmentation",
    summary: "Gives every pixel of a picture its class.",
    network: "segmenter",
    text: """
      fcn 1

      // A small U-Net (Ronneberger, Fischer, Brox 2015) with batch norm: a class for every pixel.
      network segmenter(classes = 3, depth = 3, width = 16)

      input image[3] = picture -> rgb

      def double(x, filters) {
        x
          -> conv(filters, kernel: 3, pad: same, bias: false) @conv1
          -> batchnorm(eps: 1e-5) @norm1 -> relu
          -> conv(filters, kernel: 3, pad: same, bias: false) @conv2
          -> batchnorm(eps: 1e-5) @norm2 -> relu
      }

      deep, skips = repeat level < depth with x = image {
        skip = x -> double(width * 2 ^ level) @.
        next x = skip -> maxpool(2)
        collect skip
      } @down

      bottom = deep -> double(width * 2 ^ depth) @bottom

      top = repeat level < depth with x = bottom {
        skip = skips[depth - 1 - level]
        up = x -> upsample(2, mode: bilinear, grid: half_pixel)
        next x = concat(skip, up) -> double(channels(skip)) @.
      } @up

      scores = top -> conv(classes, kernel: 1) @head

      output mask: labels(names: ["background", "disc", "square"], ignore: 255) = scores -> argmax

      """,
    train: TrainingScript(
      networkClass: "Segmenter", summary: "Trains the segmentation network on pictures and their masks.",
      task: segmentationTask, size: 128
    ).text,
    data: """
      # The pictures and their masks

          data/train/images/NAME.jpg        the pictures (.jpg or .png), 8 bits, any size of at least 128 x 128
          data/train/masks/NAME.png         for each picture a mask of its size
          data/validation/images/NAME.jpg   pictures that are not trained on, to see how good the network is
          data/validation/masks/NAME.png

      A mask is a grey or palette PNG of 8 bits whose numbers are the classes: 0 for the first one. 255 stands for pixels
      that are not judged. Set the number of classes and their names in `segmenter.fcn`, and export it again.

      """,
    answer: "mask.png")

  private static let segmentationTask = """
    # The network halves the picture three times.
    MULTIPLE = 8
    CLASSES = Network().head.out_channels
    IGNORED = 255


    def find(folder):
        \"""The pairs of a picture and its mask.\"""
        images = [path for path in (folder / "images").glob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
        return [(path, folder / "masks" / f"{path.stem}.png") for path in sorted(images)]


    def read(sample):
        \"""The picture, H x W x 3, and the mask, H x W; made up ones are read already.\"""
        if isinstance(sample[0], np.ndarray):
            return sample
        from PIL import Image

        return np.asarray(Image.open(sample[0]).convert("RGB")), np.asarray(Image.open(sample[1]))


    def invent(generator, size):
        \"""Discs and squares on noise.\"""
        picture = generator.integers(0, 100, (size, size, 3)).astype(np.uint8)
        mask = np.zeros((size, size), np.uint8)
        rows, columns = np.mgrid[:size, :size]
        for _ in range(6):
            y, x, radius = generator.integers(0, size), generator.integers(0, size), generator.integers(4, size // 5)
            kind = generator.integers(1, 3)
            distance = np.hypot(rows - y, columns - x) if kind == 1 else np.maximum(abs(rows - y), abs(columns - x))
            picture[distance < radius] = generator.integers(100, 256, 3)
            mask[distance < radius] = kind
        return picture, mask


    def part(picture, mask, size, generator):
        if min(mask.shape) < size:
            sys.exit(f"a picture of {mask.shape[0]}x{mask.shape[1]} is smaller than --size {size}")
        top, left = (generator.integers(0, length - size + 1) for length in mask.shape)
        picture, mask = (v[top : top + size, left : left + size] for v in (picture, mask))
        return (picture[:, ::-1], mask[:, ::-1]) if generator.random() < 0.5 else (picture, mask)


    def example(picture, mask, generator):
        return preprocess(picture), torch.from_numpy(mask.astype(np.int64))


    def loss(outputs, mask):
        return F.cross_entropy(outputs["mask"], mask, ignore_index=IGNORED)


    def measure(net, samples, device):
        \"""The mean over the classes of intersection over union.\"""
        counts = np.zeros((CLASSES, CLASSES), np.int64)
        for sample in samples:
            picture, mask = read(sample)
            height, width = (length // MULTIPLE * MULTIPLE for length in mask.shape)
            image = preprocess(picture[:height, :width])
            answer = net(image[None].to(device))["mask"][0, 0].cpu().numpy()
            truth = mask[:height, :width].astype(np.int64)
            judged = truth != IGNORED
            np.add.at(counts, (truth[judged], answer[judged]), 1)
        hits = np.diag(counts)
        union = counts.sum(0) + counts.sum(1) - hits
        score = float(np.mean(hits[union > 0] / union[union > 0]))
        return score, f"mean intersection over union {score:.3f}"

    """
}
