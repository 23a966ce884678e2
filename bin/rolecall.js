#!/usr/bin/env node
"use strict";
require("./run").run("bin/rolecall.ts");
