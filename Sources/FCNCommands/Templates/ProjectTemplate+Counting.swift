extension ProjectTemplate {
  /// A density whose sum is a count.
  static let counting = ProjectTemplate(
    name: "counting",
    summary: "Counts things in a picture, however many there are: the sum of a density.",
    network: "counter",
    text: """
      fcn 1

      // A small CSRNet (Li, Zhang, Chen 2018): the density of things at a quarter of the size; its sum is their count.
      network counter(width = 16)

      input image[3] = picture -> rgb

      def unit(x, filters, dilation = 1) {
        x -> conv(filters, kernel: 3, dilation: dilation, pad: same, bias: false) @conv
          -> batchnorm(eps: 1e-5) @norm -> relu
      }

      quarter = image -> unit(width) @front.0 -> unit(width) @front.1 -> maxpool(2)
        -> unit(width * 2) @front.2 -> unit(width * 2) @front.3 -> maxpool(2)

      features = quarter -> unit(width * 4) @back.0 -> unit(width * 4, dilation: 2) @back.1
        -> unit(width * 4, dilation: 3) @back.2 -> unit(width * 2, dilation: 2) @back.3

      output things: density = features -> conv(1, kernel: 1) @head

      """,
    train: TrainingScript(
      networkClass: "Counter", summary: "Trains the counting network on pictures and the places of things in them.",
      task: countingTask, size: 128
    ).text,
    data: """
      # The pictures and the places of things

          data/train/images/NAME.jpg        the pictures (.jpg or .png), 8 bits, any size of at least 128 x 128
          data/train/points/NAME.csv        for each picture the places of the things: a line `x,y` for each, in pixels
                                            from the left and from the top; an empty file where there are none
          data/validation/images/NAME.jpg   pictures that are not trained on, to see how good the network is
          data/validation/points/NAME.csv

      A place is the middle of what is counted. `SPREAD` in `train.py` says over how many pixels it is spread; a third of
      the things' size is a good number.

      """,
    answer: "density.png")

  private static let countingTask = """
    # The density has a quarter of the picture's size.
    MULTIPLE = STRIDE = 4
    # The standard deviation, in pixels of the picture, of what a thing is spread to.
    SPREAD = 4.0
    # The density is small; a loss of its own size would train slowly.
    SCALE = 1000.0


    def find(folder):
        \"""The pairs of a picture and the places of things in it.\"""
        images = [path for path in (folder / "images").glob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
        return [(path, folder / "points" / f"{path.stem}.csv") for path in sorted(images)]


    def read(sample):
        \"""The picture, H x W x 3, and the places, N x 2, of x and y; made up ones are read already.\"""
        if isinstance(sample[0], np.ndarray):
            return sample
        from PIL import Image

        lines = sample[1].read_text().split()
        points = np.array([[float(number) for number in line.split(",")] for line in lines]).reshape(-1, 2)
        return np.asarray(Image.open(sample[0]).convert("RGB")), points


    def invent(generator, size):
        \"""Discs on noise.\"""
        picture = generator.integers(0, 100, (size, size, 3)).astype(np.uint8)
        rows, columns = np.mgrid[:size, :size]
        points = generator.uniform(4, size - 4, (generator.integers(5, 60), 2))
        for x, y in points:
            disc = np.hypot(rows + 0.5 - y, columns + 0.5 - x) < generator.uniform(3, 5)
            picture[disc] = generator.integers(120, 256, 3)
        return picture, points


    def part(picture, points, size, generator):
        if min(picture.shape[:2]) < size:
            sys.exit(f"a picture of {picture.shape[0]}x{picture.shape[1]} is smaller than --size {size}")
        top, left = (generator.integers(0, length - size + 1) for length in picture.shape[:2])
        picture, points = picture[top : top + size, left : left + size], points - [left, top]
        points = points[((points >= 0) & (points < size)).all(1)]
        if generator.random() < 0.5:
            picture, points = picture[:, ::-1], [size, 0] + points * [-1, 1]
        return picture, points


    def example(picture, points, generator):
        \"""Each thing is a bell of sum 1 on the grid of the density.\"""
        height, width = (length // STRIDE for length in picture.shape[:2])
        density = np.zeros((1, height, width), np.float32)
        for x, y in points / STRIDE:
            rows = np.exp(-(((np.arange(height) + 0.5 - y) * STRIDE / SPREAD) ** 2) / 2)
            columns = np.exp(-(((np.arange(width) + 0.5 - x) * STRIDE / SPREAD) ** 2) / 2)
            bell = rows[:, None] * columns
            density[0] += bell / bell.sum()
        return preprocess(picture), torch.from_numpy(density)


    def loss(outputs, density):
        return F.mse_loss(outputs["things"] * SCALE, density * SCALE) / SCALE


    def measure(net, samples, device):
        \"""The mean difference between the counts.\"""
        errors = []
        for sample in samples:
            picture, points = read(sample)
            height, width = (length // MULTIPLE * MULTIPLE for length in picture.shape[:2])
            image = preprocess(picture[:height, :width])
            count = net(image[None].to(device))["things"].sum().item()
            errors.append(abs(count - (points < [width, height]).all(1).sum()))
        score = float(np.mean(errors))
        return -score, f"the counts are wrong by {score:.2f} on average"

    """
}
