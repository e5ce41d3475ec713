import Foundation

/// The Python of this machine.
enum Python {
  /// Any `python3`.
  static let plain: Tool? = first { _ in true }

  /// A Python that has what the scripts need: `FCNC_PYTHON`, or `python3`.
  static let torch: Tool? = first { tool in
    (try? tool.run(["-c", "import numpy, torch, safetensors.torch"]))?.status == 0
  }

  /// The Python that `Tests/Scripts/install_python.sh` has made, with a validator of JSON Schema.
  static let schemas: Tool? = {
    let tool = Tool(path: "\(Tool.repository)/.build/python/bin/python3")
    return FileManager.default.isExecutableFile(atPath: tool.path) ? tool : nil
  }()

  private static func first(where isRight: (Tool) -> Bool) -> Tool? {
    let named = ProcessInfo.processInfo.environment["FCNC_PYTHON"]
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (named.map { [$0] } ?? folders.map { "\($0)/python3" }).map { Tool(path: $0) }.first { tool in
      FileManager.default.isExecutableFile(atPath: tool.path) && isRight(tool)
    }
  }
}
