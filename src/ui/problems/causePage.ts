import { join } from 'node:path';
import { type Cause, causes } from '../../diagnosis/diagnosis.ts';

/**
 * The page that explains a cause. The manifest has it rendered (`workbench.editorAssociations`), so that a link to it is
 * one to the file: VS Code opens no command from a Problem's hover.
 */
export function causePage(causesFolder: string, cause: Cause): string {
  return join(causesFolder, `${cause}.md`);
}

/** Whether a page of that name is there; a name that came out of a link may be anything. */
export function isCause(name: unknown): name is Cause {
  return causes.some(cause => cause === name);
}
