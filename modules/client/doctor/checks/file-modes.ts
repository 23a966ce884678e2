import { quote } from "../../../text";
import { shellWord } from "../../shell-word";
import { type Check, fail, ok } from "../check";

/** Files with secrets are for their owner alone. Windows has no such bits, and tells none. */
export const fileModes: Check = {
  id: "files",
  examine: ({ files }) => {
    const open = files.filter(({ mode }) => mode !== undefined && (mode & 0o077) !== 0);
    if (open.length === 0) return [ok("only you can read the files with secrets")];
    return open.map(({ path, mode = 0 }) =>
      fail(
        `other users can access ${quote(path)} (mode ${(mode & 0o777).toString(8)})`,
        `chmod go= ${shellWord(path)}`,
      ),
    );
  },
};
