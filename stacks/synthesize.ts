import { App } from "cdktf";

/**
 * An app without cdktf's own validations: those start `terraform version` for each cloud backend. `preflight` takes their
 * place, before anything is written.
 * @param outdir @default cdktf's: CDKTF_OUTDIR, else cdktf.out
 */
export function createApp(outdir?: string): App {
  return new App({ skipValidation: true, ...(outdir === undefined ? {} : { outdir }) });
}
