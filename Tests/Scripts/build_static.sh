#!/usr/bin/env bash
# Makes OUT/fcnc-linux-ARCHITECTURE.tar.gz with a compiler that needs no shared library, its manual pages and its shell
# completion, and beside the archive its SHA-256 and size. This compiler reads, checks, lints, formats and draws networks
# anywhere; to build programs it needs a Swift toolchain, as any fcnc, and plugins from files cannot be loaded into it.
#
#     Tests/Scripts/build_static.sh OUT
set -euo pipefail
out=$(mkdir -p "${1:?the folder for the archive}" && cd "$1" && pwd)
cd "$(dirname "$0")/../.."
Tests/Scripts/install_packages.sh
# What libtiff was built with has to be named, or is not found in a static program.
libraries=$(pkg-config --static --libs libtiff-4 2>/dev/null || echo "-ltiff -lwebp -lLerc -ljbig -lzstd -llzma -ljpeg -ldeflate -lz")
flags=(-Xswiftc -static-executable)
for library in $libraries -lstdc++; do
  case $library in -l*) flags+=(-Xlinker "$library") ;; esac
done
FCNC_STATIC=1 swift build -c release --product fcnc --scratch-path .build-static "${flags[@]}"
# The argument parser's own tool makes manual pages of what the program says of itself.
swift build -c release --product generate-manual --package-path .build-static/checkouts/swift-argument-parser \
  --scratch-path .build-static/manual
name=fcnc-linux-$(uname -m)
release=$(mktemp -d)
trap 'rm -rf "$release"' EXIT
mkdir -p "$release/man/man1" "$release/completions"
strip -o "$release/fcnc" .build-static/release/fcnc
.build-static/manual/release/generate-manual "$release/fcnc" --multi-page --output-directory "$release/man/man1" \
  --date "$(git log -1 --format=%cs 2>/dev/null || date +%F)"
for shell in bash zsh fish; do "$release/fcnc" --generate-completion-script "$shell" >"$release/completions/fcnc.$shell"; done
# The same files make the same archive.
tar -C "$release" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -c fcnc man completions | gzip -9n \
  >"$out/$name.tar.gz"
(cd "$out" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256" && stat -c '%n: %s bytes' "$name.tar.gz")
