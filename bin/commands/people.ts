import type { Command } from "commander";
import type { Context } from "../context";

/** Joining, leaving and looking after the accounts. */
export function addPeopleCommands(_program: Command, _context: Context): void {}
