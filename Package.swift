// swift-tools-version: 6.2
import PackageDescription

/// Set by `Tests/Scripts/build_static.sh`.
let isStatic = Context.environment["FCNC_STATIC"] == "1"

let package = Package(
  name: "fcnc",
  products: [
    .executable(name: "fcnc", targets: ["fcnc"]),
    .library(name: "FCNCommands", targets: ["FCNCommands"]),
    .library(name: "FCNConformance", targets: ["FCNConformance"]),
    .library(name: "FCNCore", targets: ["FCNCore"]),
    .library(name: "FCNDriver", targets: ["FCNDriver"]),
    .library(name: "FCNInterchange", targets: ["FCNInterchange"]),
    .library(name: "FCNLanguageServer", targets: ["FCNLanguageServer"]),
    .library(name: "FCNPyTorch", targets: ["FCNPyTorch"]),
    .library(name: "FCNStandard", targets: ["FCNStandard"]),
    .library(name: "FCNSwiftBackend", targets: ["FCNSwiftBackend"]),
    .library(name: "FCNYAML", targets: ["FCNYAML"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // Plugins that are loaded find the compiler's symbols in the program itself; a static program loads none.
    .executableTarget(
      name: "fcnc", dependencies: ["FCNCommands"], exclude: ["Documentation"],
      linkerSettings: isStatic
        ? [] : [.unsafeFlags(["-Xlinker", "--export-dynamic"], .when(platforms: [.linux]))]),
    .target(
      name: "FCNCommands",
      dependencies: [
        "FCNCore", "FCNDriver", "FCNInterchange", "FCNLanguageServer", "FCNPictures", "FCNPlugins", "FCNPyTorch",
        "FCNRuntime",
        "FCNStandard",
        "FCNSwiftBackend", "FCNYAML", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "FCNPlugins", dependencies: ["FCNConformance", "FCNCore", "FCNDriver", "FCNStandard", "FCNSwiftBackend"]),
    .target(name: "FCNPictures", dependencies: ["FCNCore"]),
    .target(name: "FCNLanguageServer", dependencies: ["FCNDriver", "FCNCore"]),
    .target(name: "FCNDriver", dependencies: ["FCNCore", "FCNRuntime"]),
    .target(name: "FCNStandard", dependencies: ["FCNCore"]),
    .target(name: "FCNYAML", dependencies: ["FCNStandard", "FCNCore", "CYAML"]),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "FCNInterchange", dependencies: ["FCNCore", "CZlib"]),
    .target(name: "FCNPyTorch", dependencies: ["FCNCore", "FCNRuntime"]),
    .target(name: "FCNSwiftBackend", dependencies: ["FCNCore", "FCNRuntime", "CFCNRuntime", "CFCNRuntimeSources"]),
    .target(name: "FCNConformance", dependencies: ["FCNCore"]),
    .target(name: "FCNCore", dependencies: ["FCNRuntime"]),
    .target(name: "FCNRuntime", dependencies: ["CFCNRuntime"]),
    .target(
      name: "CFCNRuntime",
      linkerSettings: [
        .linkedLibrary("png"), .linkedLibrary("jpeg"), .linkedLibrary("tiff"), .linkedLibrary("z"), .linkedLibrary("m"),
      ]),
    .target(name: "CFCNRuntimeSources"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "FCNTestSupport", dependencies: ["FCNCore", "FCNStandard"]),
    .testTarget(name: "FCNConformanceTests", dependencies: ["FCNConformance", "FCNCore", "FCNStandard"]),
    .testTarget(name: "FCNCoreTests", dependencies: ["FCNCore", "FCNTestSupport"]),
    .testTarget(name: "FCNInterchangeTests", dependencies: ["FCNInterchange", "FCNCore"], exclude: ["Fixtures"]),
    .testTarget(
      name: "FCNPicturesTests", dependencies: ["FCNPictures", "FCNCore", "FCNStandard", "FCNTestSupport"]),
    .testTarget(
      name: "FCNPyTorchTests", dependencies: ["FCNPyTorch", "FCNCore", "FCNStandard", "FCNTestSupport"]),
    .testTarget(name: "FCNYAMLTests", dependencies: ["FCNYAML", "FCNStandard", "FCNCore", "FCNTestSupport"]),
    .testTarget(
      name: "SurgeryTests",
      dependencies: ["FCNCore", "FCNStandard", "FCNSwiftBackend", "FCNTestSupport", "FCNYAML"]),
    .testTarget(
      name: "fcncTests",
      dependencies: [
        "fcnc", "FCNCommands", "FCNCore", "FCNDriver", "FCNPlugins", "FCNStandard", "FCNTestSupport", "FCNYAML",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "NetworkTests",
      dependencies: ["FCNCore", "FCNInterchange", "FCNRuntime", "FCNStandard", "FCNSwiftBackend"]),
    .testTarget(name: "FCNRuntimeTests", dependencies: ["FCNRuntime"], exclude: ["Fixtures"]),
    .testTarget(
      name: "FCNStandardTests",
      dependencies: ["FCNStandard", "FCNCore", "FCNInterchange", "FCNPyTorch", "FCNRuntime", "FCNTestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "FCNSwiftBackendTests",
      dependencies: ["FCNSwiftBackend", "FCNStandard", "FCNConformance", "FCNCore", "CFCNRuntimeSources"]),
  ],
  swiftLanguageModes: [.v6]
)
