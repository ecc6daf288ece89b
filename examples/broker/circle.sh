#!/usr/bin/env bash
# Two consumers, `web` and `app`, and a provider, `shop`, share contracts over a Pact Broker. The provider makes a change
# that breaks `app`, can-i-deploy says no, and says yes to the fix. PACT_BROKER_BASE_URL names a broker to play with.
set -euo pipefail
cd "$(dirname "$0")"
kit=${CONTRACT_KIT:-npx contract-kit}
change=$(mktemp -d)
trap 'rm -rf "$change"' EXIT

say() { printf '\n# %s\n' "$*"; }
run() {
  printf '$ contract-kit %s\n' "$*"
  $kit "$@" 2> "$change/progress" || { status=$?; cat "$change/progress" >&2; return "$status"; }
}
# A command that has to say no: exit code 1.
refused() {
  local status=0
  run "$@" || status=$?
  [ "$status" -eq 1 ] || { echo "expected exit code 1, found $status" >&2; exit 1; }
}

say 'Each consumer publishes the pact that its tests wrote, in its own build.'
run publish --pact web-shop.json --version web-1 --branch main
run publish --pact app-shop.json --version app-1 --branch main

say 'The provider checks all pacts against its spec, and publishes the results.'
run check --pact-broker --spec openapi.yaml --publish --provider-version shop-1 --provider-branch main
run can-i-deploy --pacticipant shop --version shop-1 --to production
run record-deployment --pacticipant shop --version shop-1 --to production

say 'The consumers ask as well, and are deployed.'
for consumer in web app; do
  run can-i-deploy --pacticipant "$consumer" --version "$consumer-1" --to production
  run record-deployment --pacticipant "$consumer" --version "$consumer-1" --to production
done

say 'The provider renames `price` to `amount`, which `app` reads.'
sed 's/price/amount/' openapi.yaml > "$change/renamed.yaml"
refused check --pact-broker --spec "$change/renamed.yaml" --publish --provider-version shop-2 --provider-branch main
refused can-i-deploy --pacticipant shop --version shop-2 --to production

say 'The fix: `amount` is added, and `price` stays for now.'
sed -e 's/\[name, price\]/[name, price, amount]/' -e 's/price: 2900/price: 2900, amount: 2900/' \
  -e 's/^\( *\)price: { type.*/&\n\1amount: { type: integer, description: In cents. }/' \
  openapi.yaml > "$change/fixed.yaml"
run check --pact-broker --spec "$change/fixed.yaml" --publish --provider-version shop-3 --provider-branch main
run can-i-deploy --pacticipant shop --version shop-3 --to production
run record-deployment --pacticipant shop --version shop-3 --to production
