#!/bin/sh
# Brings both sides of a pull request into base/, where trusted code reads them. Run in the folder that holds
#   base/  a full clone of the branch the pull request goes to: its code is trusted and runs
#   head/  the merge commit of the pull request (refs/pull/N/merge), two deep, checked out or bare: data, nothing in it runs
# HEAD_SHA is the pull request's own commit, as the event or the API says, never as an artifact does.
# Writes base=<sha> and head=<sha> to GITHUB_OUTPUT (standard output without one); base/ ends at that base.
# Commits are what their hashes say, and are named by them in full: no branch, tag or replacement stands in for one.
set -eu
export GIT_NO_REPLACE_OBJECTS=1 GIT_GRAFT_FILE=/dev/null

main() {
  case ${HEAD_SHA:?give HEAD_SHA, the head commit of the pull request} in
    *[!0-9a-f]*) refuse "HEAD_SHA must be a full commit id" ;;
  esac
  merge=$(in_folder head rev-parse --verify 'HEAD^{commit}') || refuse "git cannot read the commit in head/"
  first=$(parent 1) || refuse "head/ is not a merge commit, or not fetched two deep (fetch-depth: 2)"
  second=$(parent 2) || refuse "head/ is not a merge commit, or not fetched two deep (fetch-depth: 2)"
  if third=$(parent 3 2>&1); then refuse "head/ is a merge of more than two: $third is not looked at"; fi
  [ "$second" = "$HEAD_SHA" ] || refuse "the merge commit is not of $HEAD_SHA: the pull request changed, or has conflicts"
  on_branch "$first"
  in_folder base checkout --quiet --detach "$first^0"
  [ "$(in_folder base rev-parse --verify 'HEAD^{commit}')" = "$first" ] || refuse "$first is not what was checked out"
  # With its parents, so that base/ knows the one it has: cut off at the merge itself, it would count all of the branch as missing there.
  in_folder base fetch --quiet --no-tags --update-shallow "file://$PWD/head" HEAD
  in_folder base cat-file -e "$merge^{commit}" || refuse "the merge commit could not be fetched"
  if [ -n "${GITHUB_OUTPUT:-}" ]; then exec >>"$GITHUB_OUTPUT"; fi
  printf 'base=%s\nhead=%s\n' "$first" "$merge"
}

# What git says when it fails stays to be read: of another user's checkout it says that, and not that a commit is missing.
in_folder() {
  folder=$1
  shift
  git -C "$folder" -c core.hooksPath=/dev/null -c core.fsmonitor=false "$@"
}

parent() {
  in_folder head rev-parse --verify "$merge^$1^{commit}"
}

# Yes is a fact in every clone; no is one only where all of the history is at hand. Everything else is a failure.
on_branch() {
  code=0
  in_folder base merge-base --is-ancestor "$1" HEAD || code=$?
  [ "$code" -ne 0 ] || return 0
  shallow=$(in_folder base rev-parse --is-shallow-repository) || code=2
  case $code/$shallow in
    1/false) refuse "$1 is not on the branch the pull request goes to" ;;
    1/*) refuse "base/ is a shallow clone, so git cannot tell whether $1 is on its branch (fetch-depth: 0)" ;;
    *) refuse "git cannot tell whether $1 is on the branch the pull request goes to" ;;
  esac
}

refuse() {
  echo "cannot tell what to review: $1" >&2
  exit 2
}

main
