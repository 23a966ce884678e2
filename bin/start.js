"use strict";
const { ensureInstalled } = require("./ensure-installed");

if (ensureInstalled()) require("./run").run("modules/cli/start.ts");
else process.exit(2);
