import type { Command } from "commander";
import type { Context } from "../context";

/** Changes of the roster, written where a person would write them. */
export function addEditCommands(_program: Command, _context: Context): void {}
