import { ToolNotStarted } from '../tools/toolErrors.ts';

/** Why `what` does not start on a target that is read and nothing else. */
export function onlyRead(target: string, what: string): ToolNotStarted {
  return new ToolNotStarted(what, `${target} is only read so far`, false);
}
