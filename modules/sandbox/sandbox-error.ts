/** Thrown with a message for the user: what is missing and how to get it. */
export class SandboxError extends Error {}
