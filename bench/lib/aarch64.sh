#!/usr/bin/env bash
# Makes a Java for aarch64 that runs here, on an emulator, and prints the path of the command that starts it.
#   java=$(bench/run aarch64) && $java -version
# Takes the packages of this machine's own Debian from where apt gets its packages, and unpacks them into a cache
# (ARDM_CACHE, or ardm in the user's cache folder). Installs nothing and needs no root.
# Environment: QEMU_CPU names another processor, such as cortex-a72, which has no SVE.
set -euo pipefail

cache=${ARDM_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ardm}/aarch64
if [ -x "$cache/java" ]; then
    echo "$cache/java"
    exit
fi

fail() {
    printf 'aarch64: %s\n' "$1" >&2
    exit 1
}

[ "$(uname -s)" = Linux ] || fail "needs Linux"
for tool in apt-get dpkg; do
    command -v $tool >/dev/null || fail "needs $tool"
done
mkdir -p "$cache" || fail "cannot write $cache"
work=$(mktemp -d "$cache/new-XXXXXX")
trap 'rm -rf "$work"' EXIT

# Downloads packages of architecture $1 and unpacks them into folder $2; apt's own state is kept apart.
unpack() {
    local state=$work/apt-$1 architecture=$1 target=$2 package
    shift 2
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$state/debs" "$target"
    : >"$state/status"
    local options=(-q -o "Dir::State=$state" -o "Dir::State::lists=$state/lists" -o "Dir::State::status=$state/status"
        -o "Dir::Cache=$state/cache" -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture"
        -o "APT::Sandbox::User=$(id -un)")
    # Once for each architecture.
    [ -e "$state/updated" ] || apt-get "${options[@]}" update >&2 || return 1
    touch "$state/updated"
    (cd "$state/debs" && apt-get "${options[@]}" download "$@" >&2) || return 1
    for package in "$state"/debs/*.deb; do
        dpkg -x "$package" "$target"
        rm "$package"
    done
}

emulator=$(command -v qemu-aarch64-static || true)
if [ -z "$emulator" ]; then
    unpack "$(dpkg --print-architecture)" "$work/emulator" qemu-user-static || fail "cannot get qemu-user-static"
    [ -x "$work/emulator/usr/bin/qemu-aarch64-static" ] || fail "qemu-user-static holds no qemu-aarch64-static"
    # The other processors' emulators take hundreds of megabytes.
    mv "$work/emulator/usr/bin/qemu-aarch64-static" "$work/qemu-aarch64-static"
    rm -rf "$work/emulator"
    emulator=$cache/qemu-aarch64-static
fi
unpack arm64 "$work/root" libc6 zlib1g libgcc-s1 libstdc++6 || fail "cannot get the C libraries of arm64"
found=
for version in 17 21 25; do
    if unpack arm64 "$work/root" "openjdk-$version-jre-headless"; then
        found=$version
        break
    fi
done
[ -n "$found" ] || fail "there is no Java 17, 21 or 25 for arm64"
rm -rf "$work"/apt-*

# Links to absolute paths would lead out of the folder.
find "$work/root" -type l | while IFS= read -r link; do
    target=$(readlink "$link")
    case $target in
        /*) ln -sfn "$cache/root$target" "$link" ;;
    esac
done
home=$(basename "$(find "$work/root/usr/lib/jvm" -mindepth 1 -maxdepth 1 -type d -name 'java-*')")
cat >"$work/java" <<EOF
#!/bin/sh
exec "$emulator" -L "$cache/root" "$cache/root/usr/lib/jvm/$home/bin/java" "\$@"
EOF
chmod +x "$work/java"
rm -rf "$cache/root"
mv "$work/root" "$cache/root"
[ ! -e "$work/qemu-aarch64-static" ] || mv "$work/qemu-aarch64-static" "$cache/qemu-aarch64-static"
# Try it before it gets its name.
"$work/java" -version >&2 || fail "the Java for aarch64 does not start"
mv "$work/java" "$cache/java"
echo "$cache/java"
