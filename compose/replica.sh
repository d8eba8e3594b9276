#!/bin/sh
# Copies the primary, unless that was done before, and follows it.
set -eu
PGPASSWORD=$(cat /run/secrets/postgres_password)
export PGPASSWORD
copy=$PGDATA.new # moved to its place whole, so that a copy that was cut short is made anew
if [ ! -s "$PGDATA/PG_VERSION" ]; then
	rm -rf "$copy"
	pg_basebackup -h postgres -U followthrough -D "$copy" -R -X stream -c fast
	mv "$copy" "$PGDATA"
fi
# A read may hold the log back for ten seconds, as long as the program lets one last; then it is read on the primary.
exec postgres -c max_standby_streaming_delay=10s
