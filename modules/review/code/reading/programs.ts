import data from "./programs.json";

const READS = new Set(data.reads);
const BUILDS = new Set(data.builds);
const FILTERS = new Set(data.filters);
const FETCHES = new Set(data.fetches);
const WRAPS = new Set(data.wraps);
const SEARCH = new Set(data.search.names);
const TOLD = new Set(data.search.told);

export const SHELL = /^(ba|da|z|k|a|fi)?sh$/;
export const INTERPRETER =
  /^(node(js)?|bun|deno|tsx|ts-node|python[\d.]*|pypy\d?|ruby|perl|php|pwsh|powershell|osascript|lua|rscript|ansible-playbook)$/i;

/** True for a program that runs nothing of the files and folders it is given. */
export function onlyReads(name: string): boolean {
  return READS.has(name);
}

/** Compilers and test runners: in a package's own script they are what `npm test` is. */
export function builds(name: string): boolean {
  return BUILDS.has(name);
}

export function filters(name: string): boolean {
  return FILTERS.has(name);
}

export function fetches(name: string): boolean {
  return FETCHES.has(name);
}

export function wraps(name: string): boolean {
  return WRAPS.has(name);
}

/** True for a variable by whose value programs find others. */
export function isSearchPath(name: string): boolean {
  return SEARCH.has(name);
}

/** Of those: true where an unknown value lets anything run. */
export function mustBeKnown(name: string): boolean {
  return TOLD.has(name);
}

/** True for an action of a pipeline that runs nothing of the folders it is given. */
export function actionReads(name: string): boolean {
  return data.actions.reads.some((start) => name.startsWith(start));
}

/** True for a program that this file knows by its name. */
export function isKnownProgram(name: string): boolean {
  return READS.has(name) || BUILDS.has(name) || WRAPS.has(name) || SHELL.test(name) || INTERPRETER.test(name);
}
