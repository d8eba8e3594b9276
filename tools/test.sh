#!/usr/bin/env bash
# Runs parts of the gate, one after the other, and prints a line per part and the sum:
#   tools/test.sh [setup|check|unit|race|browser|pictures]...
# A failed part does not stop the others, so that one run shows all there is to mend. `make` sets the build flags.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
: "${GOFLAGS:?run this with make, which sets the build flags}" "${CGO_ENABLED:?run this with make}"

root=$PWD
tmp=$(mktemp -d)
mkdir -p build
server= postgres=

# A setting of the person at the keyboard must not lead the tests to a record that is used.
for v in "${!FOLLOWTHROUGH_@}"; do
	[[ $v == FOLLOWTHROUGH_TEST_POSTGRES ]] || unset "$v"
done

stop_server() {
	[[ -n $server ]] || return 0
	kill "$server" 2>/dev/null
	wait "$server" 2>/dev/null
	server=
}
stop_postgres() {
	[[ -n $postgres ]] || return 0
	tools/postgres.sh stop "$postgres"
	postgres=
}
cleanup() {
	stop_server
	stop_postgres
	rm -rf -- "$tmp"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

pass() { passed=$((passed + 1)); }
fail() {
	echo "$part: $*" >&2
	failed=$((failed + 1))
}
step() { # step NAME COMMAND...
	local name=$1
	shift
	if "$@"; then pass; else fail "$name"; fi
}

# --- check

go_files() { find . \( -name node_modules -o -name .git -o -path ./build -o -path ./data \) -prune -o -name "$1" -type f -print0; }
formatted() {
	local bad
	bad=$(go_files '*.go' | xargs -0r gofmt -l) || return 1
	[[ -z $bad ]] || { echo "not formatted with gofmt:" $bad >&2; return 1; }
}
sums() { go_files '*_templ.go' | sort -z | xargs -0r sha256sum; }
# By checksum and not by git, so that it also tells the truth in a tree with changes.
fresh() {
	sums >"$tmp/before"
	go tool -modfile=tools/go.mod templ generate >"$tmp/templ.log" 2>&1 || { cat "$tmp/templ.log" >&2; return 1; }
	sums >"$tmp/after"
	diff "$tmp/before" "$tmp/after" >&2 || { echo "generated files were out of date; they are fresh now, commit them" >&2; return 1; }
}

check() {
	step gofmt formatted
	step templ fresh
	step vet go vet ./...
	step staticcheck go tool -modfile=tools/go.mod staticcheck ./...
}

# --- Go tests

# Counts the tests in the output of go test -v. A test with sub-tests is not counted, they are; it counts only when it
# fails and none of them did.
tally() {
	awk '
		function end_package(  n) {
			for (n in result) {
				if (result[n] == "PASS:" && !(n in parent)) p++
				if (result[n] == "FAIL:" && !(n in broken)) f++
			}
			split("", result); split("", parent); split("", broken)
		}
		/^ *--- (PASS|FAIL|SKIP): / {
			name = $3; result[name] = $2
			while (sub(/\/[^\/]*$/, "", name)) { parent[name]; if ($2 == "FAIL:") broken[name] }
		}
		/^(ok|FAIL)[ \t]+[^ \t]/ { end_package() }
		END { end_package(); print p + 0, f + 0 }
	' "$1"
}

go_tests() { # go_tests ARGUMENT...
	local log=build/$part.log status
	# The whole output is in the log; on the screen only what is not a passed test.
	go test -v "$@" 2>&1 | tee "$log" | grep --line-buffered -vE '^(=== |[[:space:]]*--- PASS: |PASS$|\?[[:space:]])|\[no test files\]$'
	status=${PIPESTATUS[0]}
	read -r passed failed < <(tally "$log")
	# A package that does not build, or a panic, fails no test by name.
	((status == 0 || failed > 0)) || fail "go test ended with status $status"
	! grep -q 'skipped engine' "$log" || fail "an engine was skipped: the tests must run on SQLite and on PostgreSQL"
	((passed + failed > 0)) || fail "no test ran"
}

unit() {
	local url=${FOLLOWTHROUGH_TEST_POSTGRES:-}
	if [[ -z $url ]]; then
		postgres=$tmp/postgres
		# The user postgres must be able to reach its own folder below this one.
		chmod 0711 "$tmp"
		url=$(tools/postgres.sh start "$postgres") || { fail "no PostgreSQL"; return; }
	fi
	FOLLOWTHROUGH_TEST_POSTGRES=$url go_tests ./...
	stop_postgres
}

# Under the race detector the SQLite drivers take minutes to build, so their packages are left to `unit`; so are those that
# read, pair and compare texts, which start no goroutine and are measured against budgets that the detector bends.
race_packages() {
	CGO_ENABLED=1 go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./... |
		awk '$1 ~ /\.test$/ && !/modernc\.org\/sqlite|mattn\/go-sqlite3/ && $1 !~ /\/models\/(transfer\/|wording)/ { sub(/\.test$/, "", $1); print $1 }'
}
race() {
	local packages
	packages=$(race_packages) || { fail "go list"; return; }
	[[ -n $packages ]] || { fail "no package to test"; return; }
	CGO_ENABLED=1 go_tests -race $packages
}

# --- the program in a browser

start_server() { # sets url
	local data=$tmp/data log=build/server.log
	make --no-print-directory build || return 1
	rm -rf -- "$data"
	build/followthrough serve --addr 127.0.0.1:0 --data "$data" >"$log" 2>&1 &
	server=$!
	for _ in {1..300}; do
		url=$(grep -oE -m 1 'http://127\.0\.0\.1:[0-9]+' "$log") && return 0
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	echo "the server did not print its address:" >&2
	cat "$log" >&2
	return 1
}

browser() {
	local url status counts report=$root/build/browser.json
	start_server || { fail "no server"; return; }
	rm -f -- "$report"
	# GREP chooses tests, such as those of one point of the acceptance table: make browser GREP=@point-20
	(cd frontend/browser && FOLLOWTHROUGH_URL=$url PLAYWRIGHT_JSON_OUTPUT_FILE=$report node_modules/.bin/playwright test --reporter=list,json ${GREP:+--grep "$GREP(?!\d)"})
	status=$?
	stop_server
	# A test that was skipped or did not run has not passed.
	counts=$(node -p 'const s = JSON.parse(fs.readFileSync(process.argv[1])).stats; `${s.expected} ${s.unexpected + s.flaky + s.skipped}`' "$report") ||
		{ fail "Playwright left no report"; return; }
	read -r passed failed <<<"$counts"
	((status == 0 || failed > 0)) || fail "Playwright ended with status $status"
	((passed + failed > 0)) || fail "no test ran"
	((failed == 0)) || { echo "the end of build/server.log:" >&2; tail -n 20 build/server.log >&2; }
}

pictures() {
	local url=${URL:-}
	[[ -n $url ]] || start_server || { fail "no server"; return; }
	# shellcheck disable=SC2086 # a list of words
	step pictures node tools/pictures.mjs "$url" build/pictures ${PICTURES:-}
	stop_server
}

# What the parts of this run prove of the acceptance points.
points() {
	local ran=()
	for part in "${parts[@]}"; do [[ $part == unit || $part == browser ]] && ran+=("$part"); done
	part=points
	step points node tools/acceptance.mjs ${GREP:+--chosen} "${ran[@]}"
}

setup() { step setup make --no-print-directory setup; }

# --- the parts and the sum

(($# > 0)) || set -- setup check unit race browser
for part; do
	case $part in
	setup | check | unit | race | browser | pictures) ;;
	*) echo "test.sh: there is no part $part" >&2; exit 2 ;;
	esac
done

parts=("$@")
# The table stands at the end, where the browser showed what pages do.
for part; do [[ $part != browser ]] || set -- "$@" points; done

lines=() all_passed=0 all_failed=0
for part; do
	echo "== $part"
	passed=0 failed=0 began=$SECONDS
	"$part"
	lines+=("$(printf '%-8s %5d passed, %d failed, %d s' "$part" "$passed" "$failed" $((SECONDS - began)))")
	all_passed=$((all_passed + passed)) all_failed=$((all_failed + failed))
	# Without the programs every other part would fail for the same reason.
	[[ $part == setup ]] && ((failed > 0)) && break
done

echo
printf '%s\n' "${lines[@]}"
echo "$all_passed passed, $all_failed failed"
((all_failed == 0))
