extension ProjectTemplate {
  /// A better picture.
  static let restoration = ProjectTemplate(
    name: "restoration",
    summary: "Takes the noise out of a picture.",
    network: "restorer",
    text: """
      fcn 1

      // A small DnCNN (Zhang et al. 2017): estimates the noise of a picture and subtracts it.
      network restorer(depth = 8, width = 32)

      input image[3] = picture -> rgb

      first = image -> conv(width, kernel: 3, pad: same, border: replicate) @first -> relu

      features = first -> repeat i < depth - 2 {
        conv(width, kernel: 3, pad: same, border: replicate, bias: false) @conv
          -> batchnorm(eps: 1e-5) @norm -> relu
      } @body

      noise = features -> conv(3, kernel: 3, pad: same, border: replicate) @last

      output clean: image = image - noise

      """,
    train: TrainingScript(
      networkClass: "Restorer", summary: "Trains the network that takes noise out of pictures, on clean pictures.",
      task: restorationTask, size: 64
    ).text,
    data: """
      # The pictures

          data/train/NAME.png        clean pictures (.png, or .jpg of high quality), 8 bits, at least 64 x 64
          data/validation/NAME.png   pictures that are not trained on, to see how good the network is

      The noise is made in training: `NOISE` in `train.py` is its standard deviation. Pictures of a camera that are made
      half as large are clean; those that were saved as small JPEG files are not.

      """,
    answer: "clean.png")

  private static let restorationTask = """
    MULTIPLE = 1
    # The standard deviation of the noise, for pictures in 0...1.
    NOISE = 25 / 255


    def find(folder):
        \"""The clean pictures.\"""
        images = [path for path in folder.glob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png")]
        return [(path, None) for path in sorted(images)]


    def read(sample):
        \"""The picture, H x W x 3; made up ones are read already. There is no other target.\"""
        if isinstance(sample[0], np.ndarray):
            return sample
        from PIL import Image

        return np.asarray(Image.open(sample[0]).convert("RGB")), None


    def invent(generator, size):
        \"""Coloured shapes on a ramp.\"""
        rows, columns = np.mgrid[:size, :size]
        ramp = (rows[..., None] * generator.uniform(0, 1, 3) + columns[..., None] * generator.uniform(0, 1, 3)) / size
        picture = (ramp * 120).astype(np.uint8)
        for _ in range(8):
            y, x, radius = generator.integers(0, size), generator.integers(0, size), generator.integers(4, size // 4)
            round_one = generator.random() < 0.5
            distance = np.hypot(rows - y, columns - x) if round_one else np.maximum(abs(rows - y), abs(columns - x))
            picture[distance < radius] = generator.integers(0, 256, 3)
        return picture, None


    def part(picture, target, size, generator):
        if min(picture.shape[:2]) < size:
            sys.exit(f"a picture of {picture.shape[0]}x{picture.shape[1]} is smaller than --size {size}")
        top, left = (generator.integers(0, length - size + 1) for length in picture.shape[:2])
        picture = picture[top : top + size, left : left + size]
        return (picture[:, ::-1], None) if generator.random() < 0.5 else (picture, None)


    def example(picture, target, generator):
        \"""The picture with noise, and the clean one.\"""
        clean = preprocess(picture)
        noise = generator.normal(0, NOISE, clean.shape).astype(np.float32)
        return clean + torch.from_numpy(noise), clean


    def loss(outputs, clean):
        return F.mse_loss(outputs["clean"], clean)


    def measure(net, samples, device):
        \"""The mean peak signal-to-noise ratio, in decibels.\"""
        ratios = []
        for index, sample in enumerate(samples):
            noisy, clean = example(*read(sample), np.random.default_rng(index))
            answer = net(noisy[None].to(device))["clean"][0].cpu().clamp(0, 1)
            ratios.append(-10 * torch.log10(F.mse_loss(answer, clean)).item())
        score = float(np.mean(ratios))
        return score, f"peak signal-to-noise ratio {score:.2f} dB"

    """
}
