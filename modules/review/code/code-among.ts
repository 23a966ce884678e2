import { compareText } from "../../text";
import { followNames } from "./follow-names";
import { type ChangedFile, type CodeFile, isOwnOutput, judgeFile, type Project } from "./judge-files";
import type { OpenFile } from "./named";
import type { CodeSide } from "./side";

/** Which of the changed files are code, sorted by path; none of it is run. Undefined when a side cannot be read. */
export async function codeAmong(
  changed: readonly ChangedFile[],
  project: Project,
  sides: readonly CodeSide[],
): Promise<readonly CodeFile[] | undefined> {
  const judged = changed.map((file) => ({ file, judgement: judgeFile(file, project) }));
  const sure = judged.flatMap(({ judgement }) => (judgement.is === "code" ? [judgement.file] : []));
  const open = judged.flatMap(({ file, judgement: { is } }): readonly OpenFile[] =>
    is === "prose" || is === "elsewhere"
      ? [{ path: file.path, is, output: isOwnOutput(file, project), untracked: file.untracked === true }]
      : [],
  );
  const followed = await followNames(sides, project, open);
  return followed && [...sure, ...followed].sort((a, b) => compareText(a.path, b.path));
}
