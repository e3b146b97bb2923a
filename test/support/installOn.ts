import { basename, dirname } from 'node:path';
import { installBundle } from '../../src/operations/install/installBundle.ts';
import { installFolderOf, placeIn } from '../../src/operations/install/installPlace.ts';
import type { Target } from '../../src/tools/port/target.ts';

const never = new AbortController().signal;

/** The folder from which the target loads what is installed. */
export function installFolderOn(target: Target): Promise<string> {
  return installFolderOf({ target }, never);
}

/** Puts a bundle's folder to that path of the target, as an install does, in place of whatever is there; its folder is made where it is not there. */
export async function installOn(target: Target, bundle: string, path: string): Promise<void> {
  const folder = dirname(path);
  const command = { asRoot: true, timeoutMs: 10_000, parse: () => undefined };
  await target.runner.run({ ...command, tool: 'mkdir', argv: ['-p', folder] }, never);
  await target.runner.run({ ...command, tool: 'rm', argv: ['-rf', path] }, never);
  await installBundle(target.runner, bundle, placeIn(folder, basename(path), 'org.sample.Any'), never);
}
