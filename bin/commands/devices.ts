import type { Command } from "commander";
import type { Context } from "../context";

/** A person's own MFA devices and keys. */
export function addDevicesCommands(_program: Command, _context: Context): void {}
