#!/bin/sh
# Brings both sides of a pull request into base/, where trusted code reads them. Run in the folder that holds
#   base/  a full clone of the branch the pull request goes to: its code is trusted and runs
#   head/  the merge commit of the pull request (refs/pull/N/merge), two deep, checked out or bare: data, nothing in it runs
# HEAD_SHA is the pull request's own commit, as the event or the API says, never as an artifact does.
# Writes base=<sha> and head=<sha> to GITHUB_OUTPUT (standard output without one); base/ ends at that base.
set -eu

main() {
  : "${HEAD_SHA:?give HEAD_SHA, the head commit of the pull request}"
  merge=$(git -C head rev-parse --verify --quiet 'HEAD^{commit}') || refuse "head/ has no commit"
  first=$(git -C head rev-parse --verify --quiet 'HEAD^1') || refuse "head/ is not a merge commit; fetch it two deep (fetch-depth: 2)"
  second=$(git -C head rev-parse --verify --quiet 'HEAD^2') || refuse "head/ is not a merge commit"
  [ "$second" = "$HEAD_SHA" ] || refuse "the merge commit is not of $HEAD_SHA: the pull request changed, or has conflicts"
  git -C base merge-base --is-ancestor "$first" HEAD || refuse "$first is not on the branch the pull request goes to"
  git -C base -c core.hooksPath=/dev/null checkout --quiet --detach "$first"
  git -C base -c core.hooksPath=/dev/null fetch --quiet --no-tags --depth=1 "file://$PWD/head" HEAD
  [ "$(git -C base rev-parse FETCH_HEAD)" = "$merge" ] || refuse "the merge commit could not be fetched"
  if [ -n "${GITHUB_OUTPUT:-}" ]; then exec >>"$GITHUB_OUTPUT"; fi
  printf 'base=%s\nhead=%s\n' "$first" "$merge"
}

refuse() {
  echo "cannot tell what to review: $1" >&2
  exit 2
}

main
