#!/usr/bin/env bash
# A throw-away PostgreSQL server for tests.
#   tools/postgres.sh start DIR       makes a cluster in DIR, starts it and prints its address
#   tools/postgres.sh replicate DIR   makes one with a streaming replica and prints both addresses, the replica's last
#   tools/postgres.sh stop DIR        stops what was started and removes DIR
set -euo pipefail

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
(($# == 2)) && [[ $1 == start || $1 == replicate || $1 == stop ]] || usage
action=$1
dir=$(realpath -m -- "$2")
cluster=$dir/cluster
standby=$dir/standby
wal_level=minimal wal_senders=0 # no replica

bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
[[ -n $bin ]] || { echo "postgres: no server programs in /usr/lib/postgresql; run tools/setup.sh" >&2; exit 1; }

# PostgreSQL refuses to run as root. From /, because the user postgres may not be allowed to read the current folder.
as_postgres() { (cd / && if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi); }

stop() {
	# Only a folder that start made: a slip in the argument must not remove somebody's files.
	if [[ ! -d $cluster ]]; then
		[[ ! -d $dir ]] || rmdir -- "$dir"
		return
	fi
	local data
	for data in "$standby" "$cluster"; do
		[[ ! -e $data/postmaster.pid ]] || as_postgres "$bin/pg_ctl" stop -D "$data" -m immediate -w -s >&2 || true
	done
	rm -rf -- "$dir"
}

free_port() { # a port nobody listens on; another process can still take it first, so start tries again
	local port
	while :; do
		port=$((20000 + RANDOM % 12000))
		(: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}

start() {
	mkdir -p -- "$dir"
	if [[ -n $(ls -A -- "$dir") ]]; then
		echo "postgres: $dir is not empty" >&2
		exit 1
	fi
	((EUID != 0)) || chown postgres: -- "$dir"
	local log=$dir/log
	if ! as_postgres "$bin/initdb" -D "$cluster" -U postgres -E UTF8 --locale=C.UTF-8 -A trust -N >"$dir/initdb.log" 2>&1; then
		cat -- "$dir/initdb.log" >&2
		exit 1
	fi
	# No durability: the cluster never outlives the run. Many connections: each test has a pool on a database of its own.
	cat >>"$cluster/postgresql.conf" <<-CONF
		listen_addresses = '127.0.0.1'
		unix_socket_directories = '$dir'
		max_connections = 200
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		wal_level = $wal_level
		max_wal_senders = $wal_senders
		autovacuum = off
		timezone = 'UTC'
	CONF
	serve "$cluster" "$log"
}

serve() { # serve DATA LOG: starts a server on a free port and prints its address
	local port
	for _ in 1 2 3 4 5; do
		port=$(free_port)
		if as_postgres "$bin/pg_ctl" start -D "$1" -l "$2" -w -s -t 30 -o "-p $port" >/dev/null 2>&1; then
			echo "postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
			return
		fi
	done
	echo "postgres: the server does not start:" >&2
	tail -n 20 -- "$2" >&2
	exit 1
}

replicate() {
	wal_level=replica wal_senders=4
	local primary
	primary=$(start)
	echo "$primary"
	# -R makes the copy follow the primary; it takes over its settings, but for the port.
	if ! as_postgres "$bin/pg_basebackup" -d "$primary" -D "$standby" -R -X stream -c fast >"$dir/basebackup.log" 2>&1; then
		cat -- "$dir/basebackup.log" >&2
		exit 1
	fi
	serve "$standby" "$dir/standby.log"
}

"$action"
