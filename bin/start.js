"use strict";
const { ensureInstalled } = require("./ensure-installed");

if (ensureInstalled()) require("./run").run("bin/start.ts");
else process.exit(2);
