#!/usr/bin/env bash
# Installs what a command needs and the machine lacks: exact versions, into a cache of the project's own, never
# over a person's own tools. A second clone on the same machine finds them there.
#
#   tools/ensure.sh build   Rust's wasm32 target and its library's source, trunk, wasm-bindgen, wasm-opt
#   tools/ensure.sh test    the same, and Chromium, Firefox and WebKit with their drivers, playwright-core,
#                           selenium-webdriver, axe-core, age
#   tools/ensure.sh bench   what `test` installs, and what the bench compares with: Preact, and Lighthouse
#
# BOTHWAYS_CACHE names another place for the cache. Prints on standard output only the lines to be evaluated by the
# caller (PATH and the like); progress goes to standard error.
set -euo pipefail
cd "$(dirname "$0")/.."

want=${1:-build}
cache=${BOTHWAYS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bothways}
mkdir -p "$cache"
trunk_version=0.22.1
geckodriver_version=0.37.1
bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p;}' Cargo.lock)

say() { printf '  %s\n' "$*" >&2; }
lacking() { printf '\nMissing: %s\n  How to get it: %s\n' "$1" "$2" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

have cargo || lacking "Rust (cargo)" "https://rustup.rs, then open a new shell"
have node || lacking "Node.js 20 or newer" "your system's package manager, or https://nodejs.org"
have npm || lacking "npm" "it comes with Node.js"

# --- Rust's wasm32 target
if ! [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
  have rustup || lacking "Rust's wasm32-unknown-unknown target" "rustup target add wasm32-unknown-unknown"
  say "Rust's wasm32 target: installing"
  rustup target add wasm32-unknown-unknown >&2 || lacking "Rust's wasm32 target" "rustup target add wasm32-unknown-unknown"
fi

# --- The source of Rust's standard library, which the release build compiles for itself: see tools/release.sh
if ! [ -f "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; then
  have rustup || lacking "the source of Rust's standard library" "rustup component add rust-src"
  say "the source of Rust's standard library: installing"
  rustup component add rust-src >&2 || lacking "the source of Rust's standard library" "rustup component add rust-src"
fi
# Trunk builds without the network: what we need, and what the standard library needs, is fetched before.
cargo fetch --locked --quiet >&2
RUSTC_BOOTSTRAP=1 cargo fetch --locked --quiet --target wasm32-unknown-unknown \
  --manifest-path "$(rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.toml" >&2

# --- Tools from crates.io. Found ones of the right version are used as they are; others are built into the cache,
# unoptimised (they run for seconds), a whole one appearing at once.
from_crates() { # name version binary arguments...
  local name=$1 version=$2 binary=$3; shift 3
  if have "$binary" && "$binary" --version 2>/dev/null | grep -qwF "$version"; then
    say "$name $version: found" ; return
  fi
  local place=$cache/$name-$version
  if ! [ -x "$place/bin/$binary" ]; then
    say "$name $version: building, some minutes"
    local work=$cache/.building-$name-$$
    CARGO_PROFILE_DEV_DEBUG=false CARGO_INCREMENTAL=0 \
      cargo install "$name" --version "$version" --debug --quiet --root "$work" --target-dir "$work/target" "$@" >&2 \
      || { rm -rf "$work"; lacking "$name $version" "cargo install $name --version $version $*"; }
    rm -rf "$work/target" "$place"
    mv "$work" "$place"
  fi
  say "$name $version: in the cache"
  path=$place/bin:$path
}
path=
# Its declared Rust version is newer than what it needs. TLS cannot be left out; the update check can.
from_crates trunk "$trunk_version" trunk --locked --ignore-rust-version --no-default-features --features rustls
# Not --locked: its lock file names a crate that the registry has withdrawn. TLS is for downloads we never make.
CARGO_PROFILE_DEV_OPT_LEVEL=1 from_crates wasm-bindgen-cli "$bindgen_version" wasm-bindgen --no-default-features

# --- Tools from npm: wasm-opt, playwright-core, selenium-webdriver, axe-core, age-encryption, at the versions of the lock file.
from_npm() { # folder of the lock file, what it brings; prints where it is
  local lock modules work
  lock=$(cksum "$1/package-lock.json" | cut -d' ' -f1)
  modules=$cache/npm-$lock
  if ! [ -d "$modules/node_modules" ]; then
    say "$2: installing"
    work=$cache/.installing-npm-$$
    mkdir -p "$work"
    cp "$1/package.json" "$1/package-lock.json" "$work/"
    (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --silent >&2) \
      || { rm -rf "$work"; lacking "the npm packages of $1" "cd $1 && npm ci"; }
    rm -rf "$modules" && mv "$work" "$modules"
  fi
  say "$2: in the cache"
  printf '%s' "$modules/node_modules"
}
modules=$(from_npm tests/e2e "wasm-opt, playwright-core, selenium-webdriver, axe-core, age-encryption")
path=$modules/.bin:$path
# Node looks for packages upwards from the file that asks: a link stands where they would be.
link() { # folder, where its packages are
  if [ -L "$1/node_modules" ] || ! [ -e "$1/node_modules" ]; then ln -sfn "$2" "$1/node_modules"; fi
}
link tests/e2e "$modules"
link tests/engines "$modules"
if [ "$want" = bench ]; then
  packages=$(from_npm tests/bench "Preact, Lighthouse")
  link tests/bench "$packages"
  want=test
fi

# --- Three browsers with their drivers, and age, another program for sealed files, to compare with
from_debian() { # what it is, packages...
  local what=$1; shift
  if have apt-get && [ "$(id -u)" = 0 ]; then
    say "$what: installing"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
      >/dev/null 2>&1 || lacking "$what" "apt-get install $*"
  else
    lacking "$what" "apt-get install $*, as root"
  fi
}
first_of() { # names...; the first that is there
  local name
  for name in "$@"; do command -v "$name" && return; done
  true
}
# What tests/engines/lib/webkit.py asks for.
have_webkit() {
  have WebKitWebDriver && have Xvfb && /usr/bin/python3 -c \
    'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1")' 2>/dev/null
}
if [ "$want" = test ]; then
  chromium=${CHROMIUM:-$(first_of chromium chromium-browser google-chrome-stable google-chrome)}
  driver=${CHROMEDRIVER:-$(first_of chromedriver)}
  if [ -z "$chromium" ] || [ -z "$driver" ]; then
    from_debian "Chromium and its driver" chromium chromium-driver fonts-dejavu-core
    chromium=$(command -v chromium) driver=$(command -v chromedriver)
  fi
  say "Chromium: $chromium"
  firefox=${FIREFOX:-$(first_of firefox-esr firefox)}
  if [ -z "$firefox" ]; then
    from_debian "Firefox" firefox-esr
    firefox=$(command -v firefox-esr)
  fi
  say "Firefox: $firefox"
  from_crates geckodriver "$geckodriver_version" geckodriver --locked
  have_webkit || from_debian "WebKit with its driver" webkit2gtk-driver xvfb python3-gi gir1.2-webkit2-4.1
  say "WebKit: $(command -v WebKitWebDriver)"
  have age || from_debian "age" age
  say "age: $(command -v age)"
  printf 'export CHROMIUM=%q CHROMEDRIVER=%q FIREFOX=%q\n' "$chromium" "$driver" "$firefox"
fi

printf 'export PATH=%q:"$PATH" TRUNK_SKIP_VERSION_CHECK=true\n' "${path%:}"
