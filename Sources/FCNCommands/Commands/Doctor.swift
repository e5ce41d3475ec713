import ArgumentParser
import FCNDriver
import FCNSwiftBackend
import Foundation

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what `fcnc build` needs on this machine and what is missing.")

  func run() throws {
    var problems: [String] = []
    do {
      let toolchain = try Toolchain.find()
      let version = try toolchain.run(toolchain.swiftc, ["--version"]).split(separator: "\n").first ?? ""
      print("Swift compiler: \(toolchain.swiftc) (\(version))")
      print("clang: \(toolchain.clang)")
      for (library, header, package) in [
        ("png", "png.h", "libpng-dev"), ("jpeg", "jpeglib.h", "libjpeg-dev"), ("tiff", "tiffio.h", "libtiff-dev"),
        ("z", "zlib.h", "zlib1g-dev"),
      ] {
        let folder = NSTemporaryDirectory() + "/fcnc-doctor-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let source = folder + "/probe.c"
        try "#include <stdio.h>\n#include <\(header)>\nint main(void) { return 0; }\n"
          .write(toFile: source, atomically: true, encoding: .utf8)
        do {
          try toolchain.run(toolchain.clang, [source, "-l\(library)", "-o", folder + "/probe"])
          print("lib\(library): found")
        } catch {
          problems.append("lib\(library) with its headers is missing (Debian: apt-get install \(package))")
        }
      }
      let probe = NSTemporaryDirectory() + "/fcnc-doctor-\(UUID().uuidString).swift"
      try "public func probe() -> Int { 1 }\n".write(toFile: probe, atomically: true, encoding: .utf8)
      defer { try? FileManager.default.removeItem(atPath: probe) }
      do {
        try toolchain.run(
          toolchain.swiftc,
          ["-enable-experimental-feature", "Embedded", "-wmo", "-parse-as-library", "-c", probe, "-o", "/dev/null"])
        print("Embedded Swift: works")
      } catch {
        problems.append("this Swift toolchain has no Embedded Swift; install Swift 6.2 or newer from swift.org")
      }
    } catch let failure as Toolchain.Failure {
      problems.append(failure.message + (failure.help.map { ": \($0)" } ?? ""))
    }
    guard problems.isEmpty else {
      for problem in problems { complain("missing: \(problem)") }
      throw ExitCode(1)
    }
    print("everything that `fcnc build` needs is here")
  }
}
