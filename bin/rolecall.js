#!/usr/bin/env node
"use strict";
require("./run").run("modules/cli/rolecall.ts");
