import FCNSwiftBackend
import Foundation

/// The machine code of an object file as text, and its loops.
struct Disassembly {
  struct Instruction {
    var address: Int
    var mnemonic: String
    var operands: String
    var text: String { operands.isEmpty ? mnemonic : "\(mnemonic) \(operands)" }

    /// Whether a register whose name begins so and ends in a number is among the operands.
    func uses(_ register: String) -> Bool {
      operands.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).contains { word in
        word.hasPrefix(register) && Int(word.dropFirst(register.count)) != nil
      }
    }
  }

  /// The functions by their symbols.
  private(set) var functions: [String: [Instruction]] = [:]

  /// The disassembler of the toolchain, or of the system; nil where there is none.
  static func tool(of toolchain: Toolchain) -> String? {
    let folder = URL(fileURLWithPath: toolchain.clang).resolvingSymlinksInPath().deletingLastPathComponent().path
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let places =
      ["\(folder)/llvm-objdump"]
      + path.split(separator: ":").flatMap { ["\($0)/llvm-objdump", "\($0)/objdump"] }
    return places.first(where: FileManager.default.isExecutableFile(atPath:))
  }

  init(of object: String, tool: String, toolchain: Toolchain) throws {
    self.init(text: try toolchain.run(tool, ["-d", "--no-show-raw-insn", object]))
  }

  /// Reads what `objdump -d` and `llvm-objdump -d` print for x86 and arm64.
  init(text: String) {
    var current = ""
    for line in text.split(separator: "\n") {
      if line.hasSuffix(">:"), let start = line.firstIndex(of: "<") {
        current = String(line[line.index(after: start)...].dropLast(2))
        continue
      }
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let address = Int(parts[0].trimmingCharacters(in: .whitespaces), radix: 16) else {
        continue
      }
      let words = parts[1].split(maxSplits: 1, whereSeparator: \.isWhitespace)
      guard let mnemonic = words.first else { continue }
      // Behind ` # ` stands what the disassembler explains.
      let rest = words.count > 1 ? words[1].components(separatedBy: " # ")[0] : ""
      let operands = rest.trimmingCharacters(in: .whitespaces)
      functions[current, default: []].append(
        Instruction(address: address, mnemonic: String(mnemonic), operands: operands))
    }
  }

  /// The loops of a function that hold no other loop: from the target of a jump back to the jump.
  func innermostLoops(of name: String) -> [[Instruction]] {
    let function = functions[name] ?? []
    let addresses = Set(function.map(\.address))
    var ranges: [ClosedRange<Int>] = []
    for instruction in function where instruction.mnemonic.hasPrefix("j") || instruction.mnemonic.hasPrefix("b") {
      guard let target = Self.target(of: instruction), target <= instruction.address, addresses.contains(target) else {
        continue
      }
      ranges.append(target...instruction.address)
    }
    let innermost = ranges.filter { range in
      !ranges.contains { $0 != range && range.contains($0.lowerBound) && range.contains($0.upperBound) }
    }
    return innermost.map { range in function.filter { range.contains($0.address) } }
  }

  /// Where a jump goes: the number before the name of the place.
  private static func target(of instruction: Instruction) -> Int? {
    let words = instruction.operands.split(whereSeparator: { $0.isWhitespace || $0 == "," })
    guard let word = words.last(where: { !$0.hasPrefix("<") }) else { return nil }
    return Int(word.hasPrefix("0x") ? word.dropFirst(2) : word, radix: 16)
  }
}
