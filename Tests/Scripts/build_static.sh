#!/usr/bin/env bash
# Makes OUT/fcnc-linux-ARCHITECTURE.tar.gz with a compiler that needs no shared library, and beside it its SHA-256 and size.
# It reads, checks, lints, formats and draws networks anywhere; to build programs it needs a Swift toolchain, as any fcnc, and
# plugins from files cannot be loaded into it.
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
name=fcnc-linux-$(uname -m)
strip -o "$out/fcnc" .build-static/release/fcnc
tar -C "$out" -czf "$out/$name.tar.gz" fcnc
rm "$out/fcnc"
(cd "$out" && sha256sum "$name.tar.gz" | tee "$name.tar.gz.sha256" && stat -c '%n: %s bytes' "$name.tar.gz")
