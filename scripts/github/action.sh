#!/usr/bin/env bash
# The steps of action.yml. Everything comes in variables, so that no input is run as code.
set -euo pipefail

# Says whether the Node.js of the runner is one that the toolkit runs on.
check_node() {
  local suits=false
  if node --eval 'const [major, minor] = process.versions.node.split(".").map(Number);
      process.exit(major > 22 || (major === 22 && minor >= 12) ? 0 : 1)' 2> /dev/null; then
    suits=true
  fi
  echo "suits=$suits" >> "$GITHUB_OUTPUT"
}

# Sets `command`: that of the project, or of a workspace above it, else the published one.
find_command() {
  local folder=$PWD version=${INPUT_VERSION:-}
  if [ -z "$version" ]; then
    while true; do
      if [ -e "$folder/node_modules/.bin/contract-kit" ]; then
        command=("$folder/node_modules/.bin/contract-kit")
        return
      fi
      # The top of a disk is its own folder.
      if [ "$folder" = "$(dirname "$folder")" ]; then break; fi
      folder=$(dirname "$folder")
    done
    version=$(node --print 'require(process.argv[1]).version' "$GITHUB_ACTION_PATH/scripts/package.json")
  fi
  command=(npx --yes --package "openapi-contract-kit@$version" -- contract-kit)
}

run_check() {
  local reports exit_code=0 line
  local command=() options
  find_command
  reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/contract-check-XXXXXX")
  # Never empty: the bash of macOS takes an empty array for an unset one.
  options=("--html=$reports/contract.html" "--sarif=$reports/contract.sarif" "--junit=$reports/contract.xml")
  if [ -n "${INPUT_DOCUMENT:-}" ]; then options+=("--spec=$INPUT_DOCUMENT"); fi
  if [ -n "${INPUT_PACT:-}" ]; then options+=("--pact=$INPUT_PACT"); fi
  if [ -n "${INPUT_BASE:-}" ]; then options+=("--base=$INPUT_BASE"); fi
  if [ -n "${INPUT_FAIL_ON:-}" ]; then options+=("--fail-on=$INPUT_FAIL_ON"); fi
  if [ "${INPUT_COMMENT:-}" = true ]; then options+=(--github-comment); fi
  while IFS= read -r line; do
    if [ -n "$line" ]; then options+=("$line"); fi
  done <<< "${INPUT_ARGS:-}"
  {
    echo "folder=$reports"
    echo "html=$reports/contract.html"
    echo "sarif=$reports/contract.sarif"
    echo "junit=$reports/contract.xml"
  } >> "$GITHUB_OUTPUT"
  "${command[@]}" check "${options[@]}" || exit_code=$?
  echo "exit-code=$exit_code" >> "$GITHUB_OUTPUT"
  return "$exit_code"
}

case "${1:-}" in
  node) check_node ;;
  check) run_check ;;
  *)
    echo "Usage: action.sh node|check" >&2
    exit 2
    ;;
esac
