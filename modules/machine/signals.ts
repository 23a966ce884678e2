const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Calls `handle` for each request to stop, instead of dying; the returned function puts things back. */
export function onStopSignals(handle: (signal: NodeJS.Signals) => void): () => void {
  for (const signal of SIGNALS) process.on(signal, handle);
  return () => {
    for (const signal of SIGNALS) process.off(signal, handle);
  };
}
