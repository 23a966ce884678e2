"use strict";
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { default: TestRunner } = require("jest-runner");

/** Files that a lane takes at once: few enough that the lanes end together, enough that starting a worker costs little. */
const AT_ONCE = 5;

/**
 * Two lanes side by side, each one file at a time: the first runs the life cycles, which start Terraform, several providers and
 * the emulator and must not meet another of their kind, and then helps the second with everything else. What tests put into the
 * system's folder for temporary files goes into one folder of this run, which is removed at its end.
 */
class TwoLanes extends TestRunner {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: 1 }, context);
  }

  async runTests(tests, watcher) {
    const isLifeCycle = ({ path }) => /[\\/]test[\\/]lifecycle[\\/]/.test(path);
    const lifeCycles = tests.filter(isLifeCycle);
    const rest = tests.filter((test) => !isLifeCycle(test));
    const run = (some) => super.runTests(some, watcher, { serial: false });
    const helpWithRest = async () => {
      while (rest.length > 0) await run(rest.splice(0, AT_ONCE));
    };
    const lanes = [async () => lifeCycles.length > 0 && run(lifeCycles).then(helpWithRest), helpWithRest];
    const before = process.env.TMPDIR;
    const folder = mkdtempSync(join(tmpdir(), "rolecall-tests-"));
    process.env.TMPDIR = folder;
    try {
      await Promise.all(lanes.map((lane) => lane()));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

module.exports = TwoLanes;
