import { type Browser, chromium } from "playwright-core";
import { findChromium, quietFlags } from "./find-chromium";

/** The machine's browser, driven. */
export function launchChromium(env: NodeJS.ProcessEnv): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(env), args: [...quietFlags()] });
}
