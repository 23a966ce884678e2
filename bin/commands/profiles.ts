import type { Command } from "commander";
import type { Context } from "../context";

/** What a person puts into their own configuration. */
export function addProfilesCommands(_program: Command, _context: Context): void {}
