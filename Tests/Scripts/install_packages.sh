#!/usr/bin/env bash
# Installs the Debian packages that building needs, where they are missing.
set -euo pipefail
missing=()
for package in libyaml-dev libpng-dev libjpeg-dev libtiff-dev zlib1g-dev pkg-config; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
command -v apt-get >/dev/null || { echo "please install: ${missing[*]}" >&2; exit 2; }
run=()
[ "$(id -u)" -eq 0 ] || run=(sudo)
echo "installing ${missing[*]}"
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq "${missing[@]}" >/dev/null
