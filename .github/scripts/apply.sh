#!/bin/sh
# Applies the saved plans in the folder PLANS, and proves afterwards what the accounts hold. Refused when anything changed since.
set -eu
node bin/rolecall.js apply --plans "${PLANS:?}" --auto-approve
node bin/rolecall.js prove --live
