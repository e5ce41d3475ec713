#!/usr/bin/env bash
# Runs the fcnc of a release, which is fetched once and kept under its checksum; hooks of pre-commit and workflows use it.
#
#     Tests/Scripts/run_release.sh --release=ADDRESS --sha256=SUM COMMAND [ARGUMENT ...]
#
# ADDRESS is that of an archive that build_static.sh made, or its path; SUM is what stands in the file `.sha256` beside it.
set -euo pipefail

fail() {
  printf 'error: %s\n  = help: %s\n' "$1" "$2" >&2
  exit 2
}

release=
sum=
arguments=()
for argument; do
  case $argument in
    --release=*) release=${argument#*=} ;;
    --sha256=*) sum=${argument#*=} ;;
    *) arguments+=("$argument") ;;
  esac
done
[ -n "$release" ] || fail "no release is named" "add --release=ADDRESS of the archive fcnc-linux-$(uname -m).tar.gz of a release"
[[ $sum =~ ^[0-9a-f]{64}$ ]] || fail "the checksum of the release is missing" "add --sha256= and the 64 digits of the file .sha256 beside the archive"

folder=${XDG_CACHE_HOME:-${HOME:?}/.cache}/fcnc/releases/$sum
if [ ! -x "$folder/fcnc" ]; then
  # Under a name of its own until it is whole: hooks may run side by side.
  mkdir -p "${folder%/*}" && new=$(mktemp -d "$folder.XXXXXX") || fail "$folder cannot be written" "look at its permissions"
  trap 'rm -rf "$new"' EXIT
  case $release in
    *://*)
      if command -v curl >/dev/null; then
        curl -sSfL --retry 3 -o "$new/archive" "$release"
      else
        wget -q -O "$new/archive" "$release"
      fi || fail "$release cannot be fetched" "look whether the address is right, and whether this machine reaches it"
      ;;
    *) cp "$release" "$new/archive" || fail "$release cannot be read" "name the archive of a release" ;;
  esac
  found=$(sha256sum "$new/archive" | cut -d' ' -f1)
  [ "$found" = "$sum" ] || fail "$release has the checksum $found, not $sum" "it is not the archive that was meant; compare with the file .sha256 beside it"
  tar -C "$new" -xzf "$new/archive" fcnc || fail "$release holds no fcnc" "name an archive that build_static.sh made"
  rm "$new/archive"
  mv -T "$new" "$folder" 2>/dev/null || [ -x "$folder/fcnc" ] || fail "$folder cannot be written" "look at its permissions"
  rm -rf "$new"
  trap - EXIT
fi
exec "$folder/fcnc" "${arguments[@]}"
