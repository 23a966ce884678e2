/** GitHub takes 65,536 characters in a comment, Bitbucket 32,768; the rest is for what others put around it. */
export const DEFAULT_MAX_CHARS = 60_000;
export const LEAST_MAX_CHARS = 1_000;
