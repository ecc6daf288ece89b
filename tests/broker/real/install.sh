#!/usr/bin/env bash
# Installs a Pact Broker with its server and drivers for SQLite and PostgreSQL into a folder, unless it is there:
#   tests/broker/real/install.sh ~/.cache/pact-broker
# Needs Ruby 3.1 with its headers, a C compiler and libyaml. gems.txt pins every gem, because the newest pact_broker that
# runs on Ruby 3.1 loads padrino-core and webrick without asking for them, and fails with dry-schema 1.14 and json 3.
set -euo pipefail
folder=$1
list=$(dirname "$0")/gems.txt
if ! cmp -s "$list" "$folder/installed.txt"; then
  mkdir -p "$folder"
  # The versions are known to fit, so none is looked up.
  xargs gem install --no-document --ignore-dependencies --install-dir "$folder" < "$list"
  cp "$list" "$folder/installed.txt"
fi
