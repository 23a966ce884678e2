import { type Check, fail, ok, unclear, warn } from "../check";

const CURE = "let the system set its clock over the network (NTP)";

/**
 * AWS refuses requests signed more than 5 minutes off, and codes that a computer makes are wrong from 30 seconds on.
 * Source: IAM User Guide, "Elements of an AWS API request signature"; RFC 6238, section 5.2.
 */
export const clock: Check = {
  id: "clock",
  examine: ({ clockSeconds }) => {
    if (!clockSeconds.known)
      return [unclear(`AWS's time is not known: ${clockSeconds.why}`, "check the network and proxy")];
    const seconds = Math.round(clockSeconds.value);
    const off = Math.abs(seconds);
    const text = `the clock is ${off} s ${seconds < 0 ? "behind" : "ahead of"} AWS's`;
    if (off > 300) return [fail(`${text}: AWS refuses what it signs`, CURE)];
    if (off > 60) return [warn(`${text}: codes from this machine are wrong`, CURE)];
    return [ok(off <= 2 ? "the clock is right" : text)];
  },
};
