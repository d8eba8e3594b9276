#!/usr/bin/env bash
# Installs what `make test` needs and is not here yet: nothing is touched when all is there.
set -euo pipefail

missing=()
need() { # need PACKAGE COMMAND...: the package is missing when its check fails
	local package=$1
	shift
	"$@" >/dev/null 2>&1 || missing+=("$package")
}
on_path() { command -v "$1"; }
# fc-list first, because any font with Japanese glyphs will do.
cjk_font() { fc-list :lang=ja 2>/dev/null | grep -q . || dpkg-query -W -f='${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed'; }
# The server programs are not on the path on Debian.
postgres_server() { compgen -G '/usr/lib/postgresql/*/bin/initdb'; }

need chromium on_path "${CHROMIUM:-/usr/bin/chromium}"
need fonts-noto-cjk cjk_font
need poppler-utils on_path pdftotext
need postgresql postgres_server
need nodejs on_path node
need npm on_path npm
need git on_path git
need make on_path make
# The race detector is the one part that needs a C compiler.
need gcc on_path gcc
need libc6-dev test -e /usr/include/stdlib.h

if ((${#missing[@]})); then
	if ! command -v apt-get >/dev/null; then
		echo "setup: missing: ${missing[*]} (Debian package names); there is no apt-get here, install them by hand" >&2
		exit 1
	fi
	if ((EUID != 0)); then
		echo "setup: missing: ${missing[*]}" >&2
		echo "setup: install them with: sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
		exit 1
	fi
	echo "setup: installing ${missing[*]}"
	export DEBIAN_FRONTEND=noninteractive
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends "${missing[@]}"
fi

# These two are refused and not installed: Go comes from go.dev, and Playwright needs a newer Node.js than Debian 12 has.
if ! command -v go >/dev/null; then
	echo "setup: missing: go; install the version that go.mod names from https://go.dev/dl/" >&2
	exit 1
fi
if (($(node -p 'process.versions.node.split(".")[0]') < 18)); then
	echo "setup: Node.js $(node --version) is too old: the browser tests need 18 or newer, see https://nodejs.org/" >&2
	exit 1
fi
echo "setup: all there"
