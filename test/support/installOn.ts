import { basename, dirname } from 'node:path';
import { installBundle } from '../../src/operations/installBundle.ts';
import { installFolderOf, placeIn } from '../../src/operations/installPlace.ts';
import type { Target } from '../../src/tools/target.ts';

const never = new AbortController().signal;

/** The folder from which the target loads what is installed. */
export function installFolderOn(target: Target): Promise<string> {
  return installFolderOf({ target }, never);
}

/** Puts a bundle's folder to that path of the target, as an install does; the folder there is made where it is not there. */
export async function installOn(target: Target, bundle: string, path: string): Promise<void> {
  const folder = dirname(path);
  const command = { tool: 'mkdir', argv: ['-p', folder], asRoot: true, timeoutMs: 10_000, parse: () => undefined };
  await target.runner.run(command, never);
  await installBundle(target.runner, bundle, placeIn(folder, basename(path)), never);
}
