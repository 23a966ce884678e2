/** Two lanes (see the runner): the life cycles one at a time, the rest beside and after them. */
module.exports = {
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  runner: "<rootDir>/test/support/two-lanes.js",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  testTimeout: 30000,
  workerIdleMemoryLimit: "1GB",
};
