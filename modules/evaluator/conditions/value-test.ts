import type { RequestFacts } from "../facts";
import type { Problem } from "../template";
import type { Truth } from "../truth";

/** Holds one value of a request against one value of a policy. */
export type ValueTest = (given: string, facts: RequestFacts) => Truth;

/** Reads one value of a policy, in a document of this version. */
export type ReadValue = (value: string, version: string) => ValueTest | Problem;
