#!/bin/sh
# Plans every stack with the deploy roles, refuses (1) unless these plans do what was shown, applies exactly them, and proves
# afterwards what the accounts hold.
#   SHOWN  the folder shown/ that plan.sh made of this commit
#   OUT    see make-plans.sh
set -eu
code=0
sh .github/scripts/make-plans.sh || code=$?
[ "$code" -le 1 ] || exit 2
node .github/scripts/compare-plans.js "${SHOWN:?}" "$OUT/shown"
[ "$code" -eq 0 ] || node bin/rolecall.js apply --plans "$OUT/plans" --auto-approve
node bin/rolecall.js prove --live
