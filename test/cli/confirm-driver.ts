import { confirmOnTerminal } from "../../modules/machine/confirm";

/* Asks on the terminal and says what the answer was. */
confirmOnTerminal("type yes: ").then((answer) => {
  process.stdout.write(`answer: ${answer}\n`);
});
