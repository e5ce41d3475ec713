import Foundation
import Testing

/// Answers and confidence of a compiled program, beside those of the interpreter, and the report of many pictures.
@Suite struct AnswerRunTests {
  static let picture = Tool.repository + "/Networks/edges/example.png"

  static let network = """
    network answers

    input image[3] = picture -> rgb

    soft = image -> avgpool(4) -> conv(5, kernel: 3, pad: same) -> upsample(like: image, mode: nearest, grid: half_pixel)
    bright = image -> conv(1, kernel: 1) -> sigmoid

    output classes = soft -> argmax
    output sure = soft -> softmax -> argmax
    output regions = (bright -> threshold(0.5)) -> components(connectivity: 4, score: bright, least_area: 9)
    output tops = soft -> peaks(threshold: 0, distance: 9, sub_pixel: true)
    output middle = bright -> soft_argmax(beta: 2)
    output light = bright -> mean
    output people: density = bright
    """

  let folder: Folder
  let program: Tool

  init() throws {
    folder = try Folder()
    try Self.network.write(toFile: "\(folder.path)/answers.fcn", atomically: true, encoding: .utf8)
    let built = try Tool.fcnc.run(
      ["build", "answers.fcn", "--random-weights", "1", "-o", "answers", "--quiet"], in: folder.path)
    try #require(built.status == 0, "\(built.errors)")
    program = Tool(path: "\(folder.path)/answers")
  }

  private func interpreted(_ arguments: [String]) throws -> Tool.Result {
    try Tool.fcnc.run(["run", "answers.fcn", "--random-weights", "1", "--"] + arguments, in: folder.path)
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
  }

  @Test func aProgramAnswersWhatTheInterpreterAnswers() throws {
    defer { folder.remove() }
    let arguments = [Self.picture, "-q", "-o", "classes=classes.png", "-o", "people=people.json"]
    for (tool, end) in [("program", "a"), ("interpreter", "b")] {
      let all =
        arguments + ["-o", "found-\(end).json", "--confidence", "classes=classes-\(end).npy"]
        + ["--confidence", "sure=sure-\(end).npy", "--border-mask", "classes=border-\(end).npy"]
      let result = try tool == "program" ? program.run(all, in: folder.path) : interpreted(all)
      try #require(result.status == 0, "\(tool): \(result.errors)")
      #expect(result.output.contains("regions "), "\(tool): \(result.output)")
    }
    for name in ["classes", "sure"] {
      let found = try Numbers("\(folder.path)/\(name)-a.npy")
      #expect(found.channels == 2)
      #expect(try found.difference(to: Numbers("\(folder.path)/\(name)-b.npy")) < 1e-5)
      let one = found.values.prefix(found.values.count / 2)
      #expect(one.allSatisfy { $0 > 0.2 && $0 <= 1 }, "of five classes the winner has at least a fifth")
    }
    // The softmax of scores is the same as the scores' own.
    let (classes, sure) = try (Numbers("\(folder.path)/classes-a.npy"), Numbers("\(folder.path)/sure-a.npy"))
    #expect(classes.difference(to: sure) < 1e-5)
    #expect(try Numbers("\(folder.path)/border-a.npy") == Numbers("\(folder.path)/border-b.npy"))
    let (found, expected) = try (numbers(text("found-a.json")), numbers(text("found-b.json")))
    try #require(found.count == expected.count && found.count > 100)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-3 * max(1, abs($1)) })
  }

  /// All numbers of a text.
  private func numbers(_ text: String) -> [Double] {
    text.matches(of: /-?\d+(\.\d+)?(e[-+]?\d+)?/).compactMap { Double($0.0) }
  }

  /// The pixels that are less sure than asked, and no others, get the class that stands for none.
  @Test func classesThatAreNotSure() throws {
    defer { folder.remove() }
    let result = try program.run(
      [
        Self.picture, "-q", "-o", "classes=all.npy", "--confidence", "classes=sure.npy",
      ], in: folder.path)
    try #require(result.status == 0, "\(result.errors)")
    let judged = try program.run(
      [Self.picture, "-q", "--min-confidence", "0.4", "-o", "classes=judged.npy", "-o", "classes=judged.csv"],
      in: folder.path)
    try #require(judged.status == 0, "\(judged.errors)")
    let (all, sure) = try (Numbers("\(folder.path)/all.npy"), Numbers("\(folder.path)/sure.npy"))
    let left = try Numbers("\(folder.path)/judged.npy")
    let unsure = all.values.indices.filter { sure.values[$0] < 0.4 }
    #expect(!unsure.isEmpty && unsure.count < all.values.count)
    #expect(all.values.indices.allSatisfy { left.values[$0] == (sure.values[$0] < 0.4 ? 255 : all.values[$0]) })
    #expect(try text("judged.csv").contains(",255,ignored,\(unsure.count),"))
  }

  /// A row for each picture, with what was found in it.
  @Test func aReportOfManyPictures() throws {
    defer { folder.remove() }
    try FileManager.default.createDirectory(atPath: "\(folder.path)/photos/more", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Self.picture, toPath: "\(folder.path)/photos/a.png")
    try FileManager.default.copyItem(atPath: Self.picture, toPath: "\(folder.path)/photos/more/b.png")
    try Data("no picture".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/photos/c.png"))
    let result = try program.run(
      ["photos", "-q", "-o", "regions=out/{folder}/{stem}.csv", "--report", "report.csv"], in: folder.path)
    #expect(result.status == 1 && result.errors.contains("photos/c.png"), "\(result.errors)")
    let rows = try text("report.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.map { $0[1] } == ["status", "done", "failed", "done"])
    let head = rows[0].map(String.init)
    for name in ["results.regions.count", "results.regions.area", "results.light.mean", "results.people.count"] {
      let column = try #require(head.firstIndex(of: name), "\(head)")
      #expect(Double(rows[1][column]) ?? 0 > 0 && rows[1][column] == rows[3][column] && rows[2][column].isEmpty)
    }
    let table = try text("out/more/b.csv").split(separator: "\n")
    let count = try #require(head.firstIndex(of: "results.regions.count"))
    #expect(table.count - 1 == Int(rows[1][count]))
  }
}
