import Foundation
import Testing

/// What `fcnc explain --kernels`, `fcnc bench` and `fcnc tune` say of the steps of a network.
@Suite struct ProfileTests {
  static let text = """
    network small
    input image[3]
    wide = image -> conv(32, kernel: 3, pad: same) -> relu
    deep = wide -> conv(32, kernel: 3, pad: same) -> relu
    output map: raw = deep -> maxpool(2) -> conv(16, kernel: 1)

    """

  private func profile(_ arguments: [String], input: String = text) throws -> [String: Any] {
    let result = try Tool.fcnc.run(arguments + ["--format", "json"], input: input)
    #expect(result.status == 0, "\(result.errors)")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    return try #require(all.first)
  }

  @Test func theStepsAreThoseOfTheNetwork() throws {
    let profile = try profile(["explain", "-", "--kernels", "--target", "x86-64-v3", "--size", "40x60"])
    #expect(profile["run"] == nil && profile["height"] as? Int == 40 && profile["width"] as? Int == 60)
    let steps = try #require(profile["steps"] as? [[String: Any]])
    #expect(steps.prefix(4).map { $0["name"] as? String } == ["wide", "deep", "maxpool", "map"])
    #expect(steps.prefix(4).map { $0["channels"] as? Int } == [32, 32, 32, 16])
    #expect(steps.prefix(4).map { $0["height"] as? Int } == [40, 40, 20, 20])
    // By the definition: 3 x 32 x 9, 32 x 32 x 9 and 32 x 16 for each position.
    let multiplyAdds: [Double] = [864 * 2400, 9216 * 2400, 0, 512 * 600]
    #expect(steps.prefix(4).map { $0["multiplyAdds"] as? Double } == multiplyAdds)
    #expect(steps[0]["algorithm"] as? String == "direct 3x3")
    #expect((steps[1]["algorithm"] as? String)?.hasPrefix("minimal filtering") == true)
    #expect((steps[1]["otherAlgorithms"] as? [String])?.contains("direct 3x3") == true)
    // The input of 32 channels and the quarter of it that comes out, 4 bytes each.
    let bytes: Double = 4 * 32 * 3000
    #expect(steps[2]["bytes"] as? Double == bytes)
    let shares = steps.compactMap { $0["share"] as? Double }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    for step in steps { #expect((step["predicted"] as? Double ?? 0) > 0 && step["measured"] == nil) }
  }

  /// The bits of `fcn_cpu.h`.
  @Test(arguments: [("1", "x86-64-v2"), ("7", "x86-64-v3"), ("15", "x86-64-v4")])
  func theProcessorDecidesWhatKernelsAreFor(_ features: String, _ target: String) throws {
    #if arch(x86_64)
      let result = try Tool.fcnc.run(
        ["explain", "-", "--kernels"], input: Self.text, environment: ["FCNC_CPU_FEATURES": features])
      #expect(result.status == 0 && result.output.contains(" \(target), "), "\(result.output)\(result.errors)")
    #endif
  }

  @Test func strictProgramsSumDirectly() throws {
    let profile = try profile(["bench", "-", "--accuracy", "strict", "--size", "16x16", "--runs", "1"])
    #expect(profile["accuracy"] as? String == "strict")
    let steps = try #require(profile["steps"] as? [[String: Any]])
    #expect(steps.allSatisfy { ($0["algorithm"] as? String)?.contains("filtering") == false })
  }

  /// The time of the steps is the time of a run, but for what stands between them.
  @Test(arguments: [1, 2]) func aNetworkIsMeasured(threads: Int) throws {
    let profile = try profile(
      ["bench", "-", "--size", "192x192", "--size", "64x64", "--threads", "\(threads)", "--runs", "5"])
    #expect(profile["height"] as? Int == 192 && profile["threads"] as? Int == threads)
    let run = try #require(profile["run"] as? [String: Any])
    let (median, least) = (run["median"] as? Double ?? 0, run["least"] as? Double ?? 0)
    #expect(run["count"] as? Int == 5 && least > 0 && median >= least)
    let steps = try #require(profile["steps"] as? [[String: Any]])
    let times = steps.compactMap { $0["measured"] as? Double }
    #expect(times.count == steps.count && times.allSatisfy { $0 > 0 })
    #expect(times.reduce(0, +) < 20 * median)
    let shares = steps.compactMap { $0["share"] as? Double }
    #expect(zip(shares, times).allSatisfy { abs($0 - $1 / times.reduce(0, +)) < 1e-6 })
  }

  @Test func tablesAreForPeople() throws {
    let text = try Tool.fcnc.run(["bench", "-", "--size", "32x32", "--runs", "1"], input: Self.text)
    #expect(text.status == 0 && text.output.hasPrefix("small at 32x32 on 1 thread: "))
    let header = try #require(text.output.split(separator: "\n").dropFirst().first)
    #expect(header.split(separator: " ").first == "step" && header.contains("measured ms  GFLOP/s"))
    #expect(text.output.contains("A whole run takes "))
    let markdown = try Tool.fcnc.run(
      ["explain", "-", "--kernels", "--measure", "--size", "32x32", "--format", "markdown"], input: Self.text)
    #expect(markdown.output.contains("| step | algorithm | output | GFLOP | MB | predicted ms | measured ms |"))
    #expect(markdown.output.contains("| --- | --- | --- | ---: |"))
  }

  @Test func whatCannotBeMeasuredIsRefused() throws {
    #if arch(x86_64)
      let foreign = "arm64"
    #else
      let foreign = "x86-64-v3"
    #endif
    for (arguments, status, message) in [
      (["bench", "-", "--target", foreign], Int32(2), "do not run on this machine"),
      (["bench", "-", "--size", "1x8"], 2, "a picture of 1x8 is not accepted"),
      (["bench", "-", "--runs", "0"], 2, "`--runs` takes a number from 1"),
      (["bench", "-", "--threads", "0"], 2, "`--threads` takes a number from 1"),
      (["explain", "-", "--measure"], 2, "`--measure` belongs to `--kernels`"),
      (["bench", "-", "--tuning", "no.tuning"], 2, "there is no file `no.tuning`"),
    ] {
      let result = try Tool.fcnc.run(arguments, input: Self.text)
      #expect(result.status == status && result.errors.contains(message), "\(arguments): \(result.errors)")
    }
  }

  // MARK: Tuning

  @Test func aTuningServesTheNetworkThatItIsOf() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try Self.text.write(toFile: folder.path + "/small.fcn", atomically: true, encoding: .utf8)
    let tuned = try Tool.fcnc.run(
      ["tune", "small.fcn", "--size", "64x64", "--runs", "2", "-o", "found.tuning"], in: folder.path)
    #expect(tuned.status == 0 && !tuned.output.isEmpty, "\(tuned.errors)")
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/found.tuning"))
    let found = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(found["network"] as? String == "small" && found["accuracy"] as? String == "normal")
    let bench = try Tool.fcnc.run(
      ["bench", "small.fcn", "--size", "16x16", "--runs", "1", "--tuning", "found.tuning"], in: folder.path)
    #expect(bench.status == 0, "\(bench.errors)")
  }

  @Test func whatATuningSaysIsTaken() throws {
    let folder = try Folder()
    defer { folder.remove() }
    try Self.text.write(toFile: folder.path + "/small.fcn", atomically: true, encoding: .utf8)
    func bench(_ tuning: String) throws -> Tool.Result {
      try tuning.write(toFile: folder.path + "/my.tuning", atomically: true, encoding: .utf8)
      return try Tool.fcnc.run(
        ["bench", "small.fcn", "--size", "16x16", "--runs", "1", "--tuning", "my.tuning"], in: folder.path)
    }
    func tuning(_ algorithms: String, network: String = "small", accuracy: String = "normal") throws -> String {
      let plain = try profile(["explain", "-", "--kernels"])
      let target = try #require(plain["target"] as? String)
      return """
        {"network": "\(network)", "target": "\(target)", "accuracy": "\(accuracy)", "algorithms": {\(algorithms)}}
        """
    }
    let taken = try bench(try tuning(#""deep": "direct 3x3""#))
    #expect(taken.status == 0, "\(taken.errors)")
    let line = taken.output.split(separator: "\n").first { $0.hasPrefix("deep") }
    #expect(line?.contains("direct 3x3") == true)
    for (text, message) in [
      (try tuning(#""deep": "magic""#), "`magic` does not serve for `deep`"),
      (try tuning(#""none": "direct 3x3""#), "the network has no step `none`"),
      (try tuning("", network: "other"), "was made for the network `other`, and this is for `small`"),
      (try tuning("", accuracy: "fast"), "was made for the accuracy `fast`"),
      ("{}", "does not hold the findings of `fcnc tune`"), ("\u{0}", "does not hold the findings of `fcnc tune`"),
    ] {
      let result = try bench(text)
      #expect(result.status == 2 && result.errors.contains(message), "\(result.errors)")
    }
  }
}
