#!/usr/bin/env bash
# The release build: `trunk build --release`, with a standard library compiled for this program alone.
#
# A panic in wasm cannot be caught. The library that rustup brings is compiled to say what happened all the same, and that
# text and the code that writes it are a tenth of each program. Compiled here with `panic = "immediate-abort"`, a panic
# is one instruction, the browser reports it, and public/boot.js shows the page that says what is safe. The compiler calls
# these switches unstable. Should a later one refuse them, `trunk build --release` builds the same app: larger than its
# budget, and otherwise no different.
#
# Functions that come out the same are not made one by the compiler, but at the end, by xtask/src/dist/split: a room of
# the later part must not lend its code to the first. The linker keeps what it knew of addresses (emit-relocs), by which
# that says what goes where; nothing of it is shipped. Without these switches the program stays in one piece.
set -euo pipefail
cd "$(dirname "$0")/.."
export RUSTC_BOOTSTRAP=1 \
  CARGO_UNSTABLE_BUILD_STD=std,panic_abort \
  CARGO_UNSTABLE_BUILD_STD_FEATURES=optimize_for_size \
  CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT=true \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zmerge-functions=disabled -Zlocation-detail=none -Zfmt-debug=none -Clink-arg=--emit-relocs" \
  CARGO_PROFILE_RELEASE_PANIC=immediate-abort
exec trunk build --release
