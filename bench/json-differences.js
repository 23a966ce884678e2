"use strict";

/**
 * Where two parsed JSON values differ: a list of { at, left, right }, `at` the keys that lead there. The order of keys counts
 * for nothing, the order of lists does. Absent is `undefined`.
 */
function jsonDifferences(left, right, at = []) {
  if (left === right) return [];
  const both = isContainer(left) && isContainer(right) && Array.isArray(left) === Array.isArray(right);
  if (!both) return [{ at, left, right }];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return keys.flatMap((key) => jsonDifferences(left[key], right[key], [...at, key]));
}

function isContainer(value) {
  return typeof value === "object" && value !== null;
}

module.exports = { jsonDifferences };
