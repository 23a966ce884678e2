#!/bin/sh
# Fetches the merge commit of the pull request PULL_REQUEST, two deep, into the bare repository head/: objects alone, nothing is
# checked out. GITHUB_TOKEN (may only read) reaches git through its environment, and is nowhere kept.
set -eu
case ${PULL_REQUEST:?} in *[!0-9]*) echo "PULL_REQUEST must be a number" >&2 && exit 2 ;; esac
if [ -n "${GITHUB_TOKEN:-}" ]; then
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraheader
  GIT_CONFIG_VALUE_0="authorization: basic $(printf 'x-access-token:%s' "$GITHUB_TOKEN" | base64 | tr -d '\n')"
  export GIT_CONFIG_VALUE_0
fi
git init --quiet --bare head
git -C head fetch --quiet --no-tags --depth=2 "${GITHUB_SERVER_URL:?}/${GITHUB_REPOSITORY:?}" "refs/pull/$PULL_REQUEST/merge"
git -C head update-ref --no-deref HEAD FETCH_HEAD
