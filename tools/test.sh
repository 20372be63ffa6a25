#!/usr/bin/env bash
# Every test there is, suite by suite. The last line is the sum over all of them. Called by `make test`, which has
# put the tools on the PATH. Counts: BOTHWAYS_CASES (random histories for each law), BOTHWAYS_FUZZ_SECONDS (spoilt
# files, for each parser), BOTHWAYS_KILLS (kills of the browser), BOTHWAYS_UPDATES (updates in a row), BOTHWAYS_CODES
# (codes read), BOTHWAYS_FILMED (entries that go from screen to camera, from each phone), BOTHWAYS_PICTURES
# (pictures without a code, or with a damaged one); `make soak` sets them high.
#
# Every end-to-end test and every journey runs at the root of a host. Those in whose way another path could be (they fetch
# programs, words and packs, hand files over, leave and come back) run once more under /x/y/, as a project's page has it;
# BOTHWAYS_BOTH=all runs all of them there too, which `make soak` does. Some files go through both by themselves.
set -uo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
export RUST_BACKTRACE=0 CARGO_TERM_COLOR=never

# Adds up what a suite's log says. A suite that ends badly, or ran nothing, counts as one failure at the least.
suite() { # name, how its log counts (cargo | node | none), command...
  local name=$1 counts=$2 log="$logs/log" status p=0 f=0
  shift 2
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  case $counts in
    cargo)
      p=$(sed -n 's/^test result: .* \([0-9]*\) passed; .*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
      f=$(sed -n 's/^test result: .* \([0-9]*\) failed; .*/\1/p' "$log" | awk '{n += $1} END {print n + 0}') ;;
    node)
      p=$(sed -n 's/^# pass \([0-9]*\)$/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
      f=$(sed -n 's/^# \(fail\|cancelled\) \([0-9]*\)$/\2/p' "$log" | awk '{n += $1} END {print n + 0}') ;;
    none) [ "$status" = 0 ] && p=1 ;;
  esac
  if [ "$f" = 0 ] && { [ "$status" != 0 ] || [ "$p" = 0 ]; }; then f=1; fi
  passed=$((passed + p)) failed=$((failed + f))
  printf -- '-- %s: %s passed, %s failed\n' "$name" "$p" "$f"
}

# Those that film or measure have the machine to themselves; of the others two files run side by side.
ALONE=(tests/e2e/{film,film-helps,hostile}.test.mjs)
BESIDE=()
for file in tests/e2e/*.test.mjs; do
  [[ " ${ALONE[*]} " == *" $file "* ]] || BESIDE+=("$file")
done
ELSEWHERE=/x/y/
ELSEWHERE_BESIDE=(tests/e2e/{languages,later,share,swap}.test.mjs)

export BOTHWAYS_CASES=${BOTHWAYS_CASES:-60} BOTHWAYS_KILLS=${BOTHWAYS_KILLS:-5} \
  BOTHWAYS_FUZZ_SECONDS=${BOTHWAYS_FUZZ_SECONDS:-2}
demos() { cargo xtask demo little en && cargo xtask demo grown en; }

suite "formatting and lints" none tools/lint.sh
suite "content: checked and packed" none cargo xtask content
suite "the build's own chores" cargo cargo test --locked --quiet --package xtask
suite "the domain" cargo cargo test --locked --package bothways --lib --test domain --test wycheproof
suite "what must not compile" cargo cargo test --locked --package bothways --doc
suite "in a browser: the store, ciphers and curves" cargo env \
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=120 \
  cargo test --locked --target wasm32-unknown-unknown --bin bothways --test wycheproof
suite "the release build, within its budgets" none tools/release.sh
end_to_end() { # base, files at a time, files...
  env BOTHWAYS_BASE="$1" node --test --test-concurrency="$2" --test-timeout=900000 --test-reporter=tap "${@:3}"
}
journeys() { # base, engine
  env BOTHWAYS_BASE="$1" BOTHWAYS_ENGINE="$2" \
    node --test --test-concurrency=1 --test-timeout=300000 --test-reporter=tap tests/engines/*.test.mjs
}
suite "logs to look at" none demos
suite "the built app, end to end" node end_to_end / 2 "${BESIDE[@]}"
suite "the built app, end to end: what films and measures" node end_to_end / 1 "${ALONE[@]}"
if [ "${BOTHWAYS_BOTH:-}" = all ]; then
  suite "the built app, end to end, under $ELSEWHERE" node end_to_end $ELSEWHERE 2 "${BESIDE[@]}"
  suite "the built app, end to end, under $ELSEWHERE: what films and measures" node end_to_end $ELSEWHERE 1 "${ALONE[@]}"
else
  suite "the built app, end to end, under $ELSEWHERE" node end_to_end $ELSEWHERE 2 "${ELSEWHERE_BESIDE[@]}"
fi
for engine in Chromium Firefox WebKit; do
  suite "the main journeys in $engine" node journeys / "${engine,,}"
  [ "${BOTHWAYS_BOTH:-}" = all ] && suite "the main journeys in $engine, under $ELSEWHERE" node journeys $ELSEWHERE "${engine,,}"
done

printf '\n%s passed, %s failed\n' "$passed" "$failed"
[ "$failed" = 0 ]
