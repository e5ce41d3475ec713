import CFCNRuntime
import FCNCore
import FCNRuntime
import Foundation

/// The kernels of one or more lowered programs, compiled once and loaded into this process: for measuring them, for tests
/// that run many small networks, and for anyone who checks a stage of their own.
public final class KernelLibrary {
  private let handle: UnsafeMutableRawPointer
  private let tables: [UnsafeMutablePointer<fcn_kernel?>]
  private let programs: [LoweredProgram]
  private let parameters: [UnsafeMutablePointer<Float>]

  /// Compiles and loads the kernels of `programs`, which must be for one architecture; their vectors may differ.
  /// - Parameter progress: called with a line for people when compiling begins.
  public init(
    _ programs: [LoweredProgram], toolchain: Toolchain, cache: String, progress: (String) -> Void = { _ in }
  ) throws(Toolchain.Failure) {
    guard let target = programs.first?.target else { throw Toolchain.Failure("there is no program to compile") }
    let sources = try RuntimeSources.write(to: cache)
    // A kernel that several programs have is compiled once.
    var numbers: [String: Int] = [:]
    var text = SwiftWriter()
    text.line("import CFCNRuntime")
    var maps: [[Int]] = []
    for program in programs {
      maps.append(
        program.kernels.map { kernel in
          var writer = SwiftWriter()
          kernel.emit(name: "kernel", into: &writer, target: program.target)
          if let number = numbers[writer.text] { return number }
          kernel.emit(name: LoweredProgram.symbol(numbers.count), into: &text, target: program.target)
          numbers[writer.text] = numbers.count
          return numbers.count - 1
        })
    }
    let compiler = KernelCompiler(toolchain: toolchain, headers: sources.headers)
    let object = try compiler.object(text.text, target: target, cache: cache) {
      progress("compiling \(numbers.count) kernels for \(target.name)")
    }
    let folder = "\(cache)/library-\(UUID().uuidString)"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch { throw Toolchain.Failure("`\(folder)` cannot be made: \(error.localizedDescription)") }
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try compiler.library(object, count: numbers.count, in: folder)
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL), let symbol = dlsym(handle, "fcn_kernels") else {
      throw Toolchain.Failure("the kernels cannot be loaded: \(String(cString: dlerror()))")
    }
    self.handle = handle
    self.programs = programs
    let all = symbol.assumingMemoryBound(to: fcn_kernel?.self)
    tables = maps.map { map in
      let table = UnsafeMutablePointer<fcn_kernel?>.allocate(capacity: max(1, map.count))
      for (index, number) in map.enumerated() { table.advanced(by: index).initialize(to: all[number]) }
      return table
    }
    parameters = programs.map { program in
      // As a program's section of weights is aligned.
      let count = program.parameters.count + 64
      let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 4, alignment: 64)
        .bindMemory(to: Float.self, capacity: count)
      memory.initialize(repeating: 0, count: count)
      var next = memory
      program.parameters.visitParts { numbers in
        next.update(from: numbers, count: numbers.count)
        next += numbers.count
      }
      return memory
    }
  }

  deinit {
    for table in tables { table.deallocate() }
    for memory in parameters { memory.deallocate() }
    dlclose(handle)
  }

  /// Runs a program on its inputs. All memory holds NaN before, so that a number that is read before it is written
  /// shows in the outputs.
  /// - Parameters:
  ///   - all: those outputs too that are computed on demand only.
  ///   - bandRows: for tests: how many rows at once steps compute that can work in bands.
  ///   - shares: for tests: into how many shares a picture is divided where that is possible.
  public func run(
    _ index: Int, inputs: [Tensor], threads: Int, all: Bool = true, bandRows: Int? = nil, shares: Int? = nil
  ) throws(RuntimeFailure) -> [Tensor] {
    let execution = try Execution(
      programs[index].description, kernels: tables[index], parameters: parameters[index], height: inputs[0].height,
      width: inputs[0].width, threads: threads, bandRows: bandRows, shares: shares)
    execution.poison()
    for (number, input) in inputs.enumerated() {
      for channel in 0..<input.channels {
        for row in 0..<input.height {
          let destination = execution.inputRow(number, channel: channel, row: row)
          for column in 0..<input.width { destination[column] = input[channel, row, column] }
        }
      }
    }
    execution.run(all: all)
    return programs[index].description.outputs.enumerated().map { number, port in
      let size = execution.outputSize(number)
      var output = Tensor(channels: port.description.channels, height: size.height, width: size.width)
      for channel in 0..<output.channels {
        for row in 0..<output.height {
          let source = execution.outputRow(number, channel: channel, row: row)
          for column in 0..<output.width { output[channel, row, column] = source[column] }
        }
      }
      return output
    }
  }

  /// A program as it runs in this process; the library must outlive it.
  public func network(_ index: Int) -> CompiledNetwork {
    CompiledNetwork(
      programs[index].description, kernels: tables[index], parameters: parameters[index], selfTest: nil)
  }
}
