"use strict";
/** Preloaded into a measured process: at its end it writes its peak memory (KiB) and processor time (µs) to the file that ROLECALL_USAGE names. */
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  require("node:fs").writeFileSync(process.env.ROLECALL_USAGE, `${maxRSS} ${userCPUTime + systemCPUTime}`);
});
