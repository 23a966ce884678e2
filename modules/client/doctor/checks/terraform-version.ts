import { type Check, fail, ok } from "../check";

/** Only those who plan and apply need Terraform, so its absence is not a fault; one that cannot be used is. */
export const terraformVersion: Check = {
  id: "terraform",
  examine: ({ terraform }) => {
    if (terraform.known) return [ok(`Terraform ${terraform.value}`)];
    const { missing, what, cure } = terraform;
    return [missing ? ok(`${what}; only rolecall plan and apply need it`) : fail(what, cure)];
  },
};
