# A private PostgreSQL server on a free port, from the programs of Debian's package. Source this file.

start_postgresql() {
  local bin owner port
  bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
  [ -n "$bin" ] || { echo "PostgreSQL is not installed." >&2; return 1; }
  POSTGRESQL_FOLDER=$(mktemp -d)
  POSTGRESQL_BIN=$bin
  POSTGRESQL_AS=()
  owner=$(id -un)
  if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    owner=postgres
    POSTGRESQL_AS=(runuser -u postgres --)
    chown postgres "$POSTGRESQL_FOLDER"
  fi
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  (
    cd /
    "${POSTGRESQL_AS[@]}" "$bin/initdb" -D "$POSTGRESQL_FOLDER/data" -U hanze -A trust -E UTF8 --locale=C.UTF-8 > /dev/null
    "${POSTGRESQL_AS[@]}" "$bin/pg_ctl" -D "$POSTGRESQL_FOLDER/data" -w -s \
      -o "-p $port -k $POSTGRESQL_FOLDER -c listen_addresses=127.0.0.1 -c fsync=off" -l "$POSTGRESQL_FOLDER/log" start
  )
  POSTGRESQL_URL="postgres://hanze@127.0.0.1:$port/postgres"
  export POSTGRESQL_URL
  echo "PostgreSQL runs as $owner on port $port"
}

stop_postgresql() {
  (cd / && "${POSTGRESQL_AS[@]}" "$POSTGRESQL_BIN/pg_ctl" -D "$POSTGRESQL_FOLDER/data" -m immediate -s stop)
  rm -rf "$POSTGRESQL_FOLDER"
}
