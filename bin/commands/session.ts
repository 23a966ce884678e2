import type { Command } from "commander";
import type { Context } from "../context";

/** Roles taken every day: credentials, shells, the console. */
export function addSessionCommands(_program: Command, _context: Context): void {}
