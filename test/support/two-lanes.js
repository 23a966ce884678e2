"use strict";
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { default: TestRunner } = require("jest-runner");

/**
 * Two lanes side by side, each one file at a time: the life cycles, which start Terraform, several providers and the emulator
 * and must not meet another of their kind, and everything else. What tests put into the system's folder for temporary files
 * goes into one folder of this run, which is removed at its end.
 */
class TwoLanes extends TestRunner {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: 1 }, context);
  }

  async runTests(tests, watcher) {
    const isLifeCycle = ({ path }) => /[\\/]test[\\/]lifecycle[\\/]/.test(path);
    const lanes = [tests.filter(isLifeCycle), tests.filter((test) => !isLifeCycle(test))];
    const used = lanes.filter((lane) => lane.length > 0);
    const before = process.env.TMPDIR;
    const folder = mkdtempSync(join(tmpdir(), "rolecall-tests-"));
    process.env.TMPDIR = folder;
    try {
      await Promise.all(used.map((lane) => super.runTests(lane, watcher, { serial: false })));
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

module.exports = TwoLanes;
