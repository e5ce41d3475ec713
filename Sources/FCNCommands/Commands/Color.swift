import Foundation

/// Whether what is written is coloured: https://no-color.org and https://force-color.org.
enum Color {
  static func isWanted(_ descriptor: Int32) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    if isSet("NO_COLOR") { return false }
    if isSet("FORCE_COLOR") || isSet("CLICOLOR_FORCE") { return true }
    return isatty(descriptor) == 1 && environment["TERM"] != "dumb"
  }
}
