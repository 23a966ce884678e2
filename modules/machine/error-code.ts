/** `ENOENT` and its like of a failed system call; `unknown reason` for anything else. */
export function errorCode(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";
}
