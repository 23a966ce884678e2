import { writeOwn } from "../../machine/atomic-file";
import { REPORT_MARK } from "../../report/html/document";

/** Writes a report, over nothing but another report unless `force`. Returns why nothing was written. */
export function writeReport(path: string, html: string, force: boolean): string | undefined {
  return writeOwn(path, html, force ? "anything" : { what: "report", mark: REPORT_MARK, cure: "--force" });
}
