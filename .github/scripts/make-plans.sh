#!/bin/sh
# Plans every stack and says what an apply would do to access: make-plans.sh [--as role]
#   OUT  folder, which must not be there yet, for
#          plans/  the saved plans: secret, they stay in this job
#          shown/  plan.json and review.json: what stacks change, and who may do what then
#        and review.md and verdict, of the review
# Exit 0 no changes, 1 changes, 2 a stack cannot be planned or it cannot be told what its plan does.
# -C: no file is written over.
set -euC

main() {
  case ${OUT:?} in -*) refuse "OUT must not begin with a hyphen" ;; esac
  mkdir -p "$(dirname "$OUT")"
  mkdir -m 700 "$OUT" && mkdir "$OUT/shown" || refuse "OUT must be a folder that is not there yet"
  if [ "${ROLECALL_SANDBOX:-}" != 1 ] && [ -n "${CI:-}${GITHUB_ACTIONS:-}" ]; then
    sh .github/scripts/synth.sh "$OUT/synth" >&2 || refuse "the roster was not synthesized"
    node .github/scripts/require-remote-state.js "$OUT/synth" || exit 2
    # Terraform reads every file in a stack's folder, also one that somebody committed there.
    rm -rf "./${CDKTF_OUTPUT:-cdktf.out}"
  fi
  code=0
  node bin/rolecall.js plan --json --out "$OUT/plans" "$@" >"$OUT/shown/plan.json" || code=$?
  case $code in 0 | 1) ;; *) refuse "not every stack could be planned" ;; esac
  reviewed=0
  node bin/rolecall.js review --plan "$OUT/plans" "$@" --json --markdown "$OUT/review.md" >"$OUT/shown/review.json" || reviewed=$?
  verdict=$(node .github/scripts/verdict.js "$OUT/shown/review.json" "$reviewed") || refuse "no review could be made"
  echo "$verdict" >"$OUT/verdict"
  [ "$verdict" != unknown ] || refuse "their effect on access is unknown; an administrator must look, and apply by hand"
  exit "$code"
}

refuse() {
  echo "the plans will not do: $1" >&2
  exit 2
}

main "$@"
