"use strict";
/** Preloaded into a measured process: at its end it writes its peak memory in KiB to the file that ROLECALL_USAGE names. */
process.on("exit", () => {
  require("node:fs").writeFileSync(process.env.ROLECALL_USAGE, String(process.resourceUsage().maxRSS));
});
