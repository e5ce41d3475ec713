import ArgumentParser
import FCNDriver
import Foundation

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a small project: a network, its training script, places for data, and checks for GitHub.",
    discussion: """
      Nothing that is there is written over: where one of the files exists, none is made.

      EXAMPLES:
        fcnc init segmentation masks
        fcnc init counting
        fcnc init restoration .
      """)

  @Argument(help: "What the network is for: \(ProjectTemplate.all.map(\.name).joined(separator: ", ")).")
  var task: String

  @Argument(help: "The folder of the project; one with the name of the task if left out.", completion: .directory)
  var folder: String?

  func run() throws {
    guard let template = ProjectTemplate.all.first(where: { $0.name == task }) else {
      let known = ProjectTemplate.all.map { "\($0.name) (\($0.summary.dropLast()))" }.joined(separator: ", ")
      throw Session.Failure("there is no project `\(task)`", help: "projects: \(known)")
    }
    let folder = folder ?? task
    let manager = FileManager.default
    for (path, _) in template.files where Self.isTaken("\(folder)/\(path)") {
      throw Session.Failure("`\(folder)/\(path)` exists", help: "name a folder without it; nothing was written")
    }
    for (path, text) in template.files {
      let file = "\(folder)/\(path)"
      let parent = URL(fileURLWithPath: file).deletingLastPathComponent().path
      do { try manager.createDirectory(atPath: parent, withIntermediateDirectories: true) } catch {
        throw Session.Failure("the folder `\(parent)` cannot be made: \(error.localizedDescription)")
      }
      try OutputFile.write(text, to: file)
      Swift.print(file)
    }
    Swift.print("next: cd \(folder), then what README.md says")
  }

  /// Whether there is something, be it a link to nowhere.
  private static func isTaken(_ path: String) -> Bool {
    (try? FileManager.default.attributesOfItem(atPath: path)) != nil
  }
}
