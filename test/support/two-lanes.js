"use strict";
const { default: TestRunner } = require("jest-runner");

/**
 * Two lanes side by side, each one file at a time: the life cycles, which start Terraform, several providers and the emulator
 * and must not meet another of their kind, and everything else.
 */
class TwoLanes extends TestRunner {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: 1 }, context);
  }

  async runTests(tests, watcher) {
    const isLifeCycle = ({ path }) => /[\\/]test[\\/]lifecycle[\\/]/.test(path);
    const lanes = [tests.filter(isLifeCycle), tests.filter((test) => !isLifeCycle(test))];
    const used = lanes.filter((lane) => lane.length > 0);
    await Promise.all(used.map((lane) => super.runTests(lane, watcher, { serial: false })));
  }
}

module.exports = TwoLanes;
