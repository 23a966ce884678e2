import { type Check, ok } from "../check";

/** Only who plans and applies needs one, so its absence is nobody's mistake. */
export const terraformVersion: Check = {
  id: "terraform",
  examine: ({ terraform }) => [
    ok(terraform.known ? `Terraform ${terraform.value}` : `only for who plans and applies: ${terraform.why}`),
  ],
};
