#!/usr/bin/env bash
# What the compiler, clippy and rustfmt say, for both halves. A warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo fmt --all --check
cargo clippy --locked --quiet --workspace --all-targets -- -D warnings
cargo clippy --locked --quiet --target wasm32-unknown-unknown --bin bothways --bin codes -- -D warnings
echo "nothing to say"
