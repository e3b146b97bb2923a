import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './until.ts';

/** A tool of a Mac that does not begin before it is let go. */
export interface HeldTool {
  /** Somebody has called it, and waits. */
  isCalled(): Promise<unknown>;
  /** It does what it was called for, this time and from then on. */
  letGo(): Promise<void>;
}

/** Holds a tool that is called by sudo; `tools`: the folder of the Mac's executables. */
export async function holdTool(tools: string, tool: string): Promise<HeldTool> {
  const [sudo, goesOn] = [join(tools, 'sudo'), join(tools, `sudo-${tool}`)];
  const [held, called] = [join(tools, `${tool}.held`), join(tools, `${tool}.called`)];
  await rm(called, { force: true });
  await writeFile(held, '');
  if (!existsSync(goesOn)) {
    await rename(sudo, goesOn);
    const script = `#!/bin/sh
case " $* " in *' ${tool} '*)
  : >'${called}'
  while [ -e '${held}' ]; do sleep 0.1; done
esac
exec '${goesOn}' "$@"
`;
    await writeFile(sudo, script, { mode: 0o755 });
  }
  return {
    isCalled: () =>
      until(
        `the call of ${tool}`,
        async () => existsSync(called),
        is => is,
        60_000,
      ),
    letGo: () => rm(held, { force: true }),
  };
}
