#!/bin/sh
# All that must hold of this checkout by itself. Runs the checkout's code.
set -eu
node bin/rolecall.js check
node bin/rolecall.js prove
