import FCNCore
import FCNRuntime

/// Writes the preprocessing of an input as a function of NumPy, with the arithmetic of fcnc in 32 bits.
enum PreprocessingWriter {
  /// nil for an input that takes numbers only.
  static func text(of input: InputDescription, among count: Int) -> String? {
    guard !input.preprocessing.isEmpty else { return nil }
    let name = count == 1 ? "preprocess" : "preprocess_\(PythonNames.variable(input.name))"
    var lines: [String] = []
    var filters: [Resizing.Filter] = []
    for step in input.preprocessing {
      lines += self.lines(step)
      if case .resize(let resizing) = step, !filters.contains(resizing.filter) { filters.append(resizing.filter) }
    }
    let helpers = filters.map(definition) + (filters.isEmpty ? [] : [resize])
    return (helpers + [function(name, input, lines)]).joined(separator: "\n\n\n")
  }

  private static func function(_ name: String, _ input: InputDescription, _ lines: [String]) -> String {
    """
    def \(name)(picture):
        \"""The numbers of `\(input.name)`, C x H x W, of a picture of 8 or 16 bits: an array, or PIL's.\"""
        x = np.asarray(picture.convert("RGB") if getattr(picture, "mode", "") == "P" else picture)
        x = x.astype(np.float32) / np.float32(65535 if x.dtype == np.uint16 else 255)
        x = x.reshape(*x.shape[:2], -1)
        if x.shape[2] not in (1, 3):
            raise ValueError(f"a picture has 1 or 3 channels, not {x.shape[2]}; take alpha off")
    \(lines.map { "    \($0)" }.joined(separator: "\n"))
        return torch.from_numpy(np.ascontiguousarray(x.transpose(2, 0, 1), np.float32))
    """
  }

  private static func lines(_ step: PreprocessingStep) -> [String] {
    switch step {
    case .rgb: ["x = np.broadcast_to(x, (*x.shape[:2], 3))"]
    case .bgr: ["x = np.broadcast_to(x, (*x.shape[:2], 3))[..., ::-1]"]
    case .grey(let red, let green, let blue): [grey(red, green, blue)]
    case .luma:
      [
        "if x.shape[2] == 3:",
        "    x = x @ np.float32([[0.299], [0.587], [0.114]])",
      ]
    case .range(let maximum): ["x = x * np.float32(\(PythonText.of(maximum)))"]
    case .subtract(let numbers): ["x = x - \(vector(numbers))"]
    case .divide(let numbers): ["x = x / \(vector(numbers))"]
    case .scale(let numbers): ["x = x * \(vector(numbers))"]
    case .resize(let resizing): size(resizing.size) + ["x = resize(x, height, width, \(function(resizing.filter)))"]
    }
  }

  private static func grey(_ red: Float, _ green: Float, _ blue: Float) -> String {
    let weights = [red, green, blue].map { "[\(PythonText.of($0))]" }.joined(separator: ", ")
    return "x = np.broadcast_to(x, (*x.shape[:2], 3)) @ np.float32([\(weights)])"
  }

  private static func vector(_ numbers: [Float]) -> String {
    numbers.count == 1
      ? "np.float32(\(PythonText.of(numbers[0])))"
      : "np.float32([\(numbers.map { PythonText.of($0) }.joined(separator: ", "))])"
  }

  /// Sides in proportion are rounded down, and at least 1.
  private static func size(_ size: Resizing.Size) -> [String] {
    func scaled(_ numerator: String, _ denominator: String) -> [String] {
      ["height, width = (max(side * \(numerator) // \(denominator), 1) for side in x.shape[:2])"]
    }
    switch size {
    case .exact(let height, let width): return ["height, width = \(height), \(width)"]
    case .shortSide(let side): return scaled(String(side), "min(x.shape[:2])")
    case .longSide(let side): return scaled(String(side), "max(x.shape[:2])")
    case .factor(let numerator, let denominator):
      if denominator == 1 { return ["height, width = x.shape[0] * \(numerator), x.shape[1] * \(numerator)"] }
      return scaled(String(numerator), String(denominator))
    }
  }

  // MARK: Resizing

  private static func function(_ filter: Resizing.Filter) -> String {
    switch filter {
    case .nearest: "nearest"
    case .bilinear: "bilinear"
    case .bicubic: "bicubic"
    case .area: "area"
    }
  }

  private static let resize = """
    def resize(x, height, width, filter):
        \"""`x` (H x W x C) at another size, columns first; places beyond the edge repeat it.\"""
        for axis, size in ((1, width), (0, height)):
            places, weights = filter(x.shape[axis], size)
            shape = (-1, 1, 1) if axis == 0 else (1, -1, 1)
            places = np.clip(places, 0, x.shape[axis] - 1)
            x = sum(np.take(x, p, axis) * np.float32(w).reshape(shape) for p, w in zip(places, weights))
        return x
    """

  private static func definition(_ filter: Resizing.Filter) -> String {
    switch filter {
    case .nearest:
      """
      def nearest(size, count):
          \"""For each of `count` places the place of `size` that is taken, and its weight.\"""
          return [((np.arange(count) + 0.5) * (size / count)).astype(int)], [np.ones(count)]
      """
    case .bilinear:
      """
      def bilinear(size, count):
          \"""For each of `count` places the places of `size` that are mixed, and their weights.\"""
          center = (np.arange(count) + 0.5) * (size / count) - 0.5
          first = np.floor(center).astype(int)
          t = np.float32(center - first)
          return [first, first + 1], [1 - t, t]
      """
    case .bicubic:
      """
      def bicubic(size, count):
          \"""For each of `count` places those of `size` that are mixed, and their weights (Keys 1981).\"""
          center = (np.arange(count) + 0.5) * (size / count) - 0.5
          first = np.floor(center).astype(int)
          t, a = np.float32(center - first), np.float32(-0.75)
          near = [((a + 2) * d - (a + 3)) * d * d + 1 for d in (t, 1 - t)]
          far = [((a * d - 5 * a) * d + 8 * a) * d - 4 * a for d in (t + 1, 2 - t)]
          return [first - 1, first, first + 1, first + 2], [far[0], near[0], near[1], far[1]]
      """
    case .area:
      """
      def area(size, count):
          \"""For each of `count` places those of `size` that it covers, and the shares they have in it.\"""
          scale = size / count
          low, high = np.arange(count) * scale, np.arange(1, count + 1) * scale
          places = [low.astype(int) + tap for tap in range(size // count + 3)]
          covered = [np.minimum(np.minimum(p + 1, size), high) - np.maximum(p, low) for p in places]
          # A sliver is rounding, not area.
          return places, [np.where(c > 1e-9, c, 0) / scale for c in covered]
      """
    }
  }
}
