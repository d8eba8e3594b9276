#!/bin/sh
# Runs once, when the primary is made: lets its own user copy and follow it from the network of the containers. For a
# database that was made before: docker compose exec postgres sh /docker-entrypoint-initdb.d/replication.sh
set -eu
echo "host replication $POSTGRES_USER samenet scram-sha-256" >>"$PGDATA/pg_hba.conf"
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c 'SELECT pg_reload_conf()'
