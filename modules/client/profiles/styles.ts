import { bookmarks } from "./bookmarks";
import { extendSwitchRoles } from "./extend-switch-roles";
import type { StyleRequest, Styled } from "./request";
import type { Section } from "./section";
import type { StyleName } from "./style-names";
import { awsVaultStyle } from "./styles/aws-vault";
import { awsuStyle } from "./styles/awsu";
import { cliStyle } from "./styles/cli";
import { grantedStyle } from "./styles/granted";
import { loginStyle } from "./styles/login";
import { sessionStyle } from "./styles/session";

/** What a style makes: sections of the AWS config file, or a text for another program. */
type Style = { readonly needsSerial: boolean } & (
  | { readonly kind: "config"; readonly make: (request: StyleRequest) => Styled<readonly Section[]> }
  | { readonly kind: "text"; readonly make: (request: StyleRequest) => Styled<string> }
);

export const STYLES: Readonly<Record<StyleName, Style>> = {
  session: { kind: "config", needsSerial: false, make: sessionStyle },
  cli: { kind: "config", needsSerial: true, make: cliStyle },
  login: { kind: "config", needsSerial: false, make: loginStyle },
  "aws-vault": { kind: "config", needsSerial: true, make: awsVaultStyle },
  granted: { kind: "config", needsSerial: true, make: grantedStyle },
  awsu: { kind: "config", needsSerial: true, make: awsuStyle },
  "extend-switch-roles": { kind: "text", needsSerial: false, make: extendSwitchRoles },
  bookmarks: { kind: "text", needsSerial: false, make: bookmarks },
};
