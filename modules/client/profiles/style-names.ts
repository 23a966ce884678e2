/** Who takes the roles, or shows them: the AWS client and its likes, then browsers. */
export const STYLE_NAMES = [
  "session",
  "cli",
  "login",
  "aws-vault",
  "granted",
  "awsu",
  "extend-switch-roles",
  "bookmarks",
] as const;

export type StyleName = (typeof STYLE_NAMES)[number];
