import { isAbsolute } from 'node:path';

/** The programs of this machine that Kext Dev starts by a name which the user may have somewhere else. */
const tools: ReadonlySet<string> = new Set(['ssh', 'make', 'xcodebuild', 'git']);

/** Where the value of `kext.tools` has a program; undefined where it says nothing of it. Throws where what it says is no path. */
export function toolPathAmong(setting: unknown, tool: string): string | undefined {
  if (!tools.has(tool) || typeof setting !== 'object' || setting === null) return undefined;
  const path: unknown = Object.entries(setting).find(([name]) => name === tool)?.[1];
  if (path === undefined || path === '') return undefined;
  if (typeof path === 'string' && isAbsolute(path)) return path;
  const expected = `expected an absolute path, as "/usr/bin/${tool}"`;
  throw new Error(`kext.tools has ${JSON.stringify(path)} for ${tool}: ${expected}.`);
}
