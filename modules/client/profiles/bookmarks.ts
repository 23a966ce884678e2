import { escapeHtml } from "../../text";
import type { StyleRequest, Styled } from "./request";
import { commentsOf } from "./role-settings";
import { switchRoleLink } from "./switch-role-link";

/** Links of the console's Switch Role as a file that browsers import. Source: MSDN, "Netscape Bookmark File Format". */
export function bookmarks({ profiles, person }: StyleRequest): Styled<string> {
  const links = profiles
    .filter(({ short }) => !short)
    .map(({ name, role }) => {
      const title = `${name}: ${commentsOf(role).join(", ")}`;
      return `    <DT><A HREF="${escapeHtml(switchRoleLink(role, name))}">${escapeHtml(title)}</A>\n`;
    });
  const made = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
  <DT><H3>AWS roles of ${escapeHtml(person)}</H3>
  <DL><p>
${links.join("")}  </DL><p>
</DL><p>
`;
  return { made, notes: ["save it as a file and import that into the browser; sign in to the user account first"] };
}
