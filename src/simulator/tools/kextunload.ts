import { posix } from 'node:path';
import { osReturnOfCode } from '../../tools/osReturn.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { readInstalledKext } from '../load/installedKext.ts';
import { relayed } from '../relayed.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said, unanswered } from '../toolText.ts';
import { unloadKext } from '../unloadKext.ts';
import { cannotSimulate } from './cannotSimulate.ts';

const notFound = 0xdc008006;
const exits = { notFound: 1, refused: 3 } as const;

/**
 * kextunload(8) of macOS 10.15 with `-b ID` and paths, each as often as one likes, and `-v` (or `-v 1`); everything it
 * says is on standard error. One kext that does not go keeps none of the others.
 */
export async function kextunload(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  if (!asRoot) return said({ stderr: ['You must be running as root to unload kexts.'], exitCode: 77 });
  if (argv.length === 0) return said({ stderr: ['No kernel extensions specified.'], exitCode: 64 });
  const call = readCall(argv);
  if (call === undefined) return cannotSimulate('kextunload', argv);
  const identifiers = [...call.identifiers];
  const lines: string[] = [];
  let exitCode = 0;
  for (const path of call.paths) {
    const kext = await readInstalledKext(mac.disk, path, (await mac.system()).architecture);
    if (kext !== undefined) identifiers.push(kext.infoPlist.bundleIdentifier ?? '');
    else {
      lines.push(`Can't create ${posix.resolve('/', path)}.`);
      exitCode = exits.notFound;
    }
  }
  for (const identifier of identifiers) {
    const unloaded = await unload(mac, identifier, call.verbose, signal);
    if (unloaded === undefined) return unanswered();
    lines.push(...unloaded.lines);
    if (unloaded.exitCode !== 0) exitCode = unloaded.exitCode;
  }
  return said({ stderr: lines, exitCode });
}

interface Call {
  readonly identifiers: readonly string[];
  readonly paths: readonly string[];
  readonly verbose: boolean;
}

/** Undefined where nothing is named, and for what is not simulated: classes, personalities, more words of its own. */
function readCall(argv: readonly string[]): Call | undefined {
  const identifiers: string[] = [];
  const paths: string[] = [];
  let verbose = false;
  for (let at = 0; at < argv.length; at += 1) {
    const [word = '', value] = argv.slice(at);
    const level = word === '-v' && /^(0x[0-9a-f]+|\d)$/i.test(value ?? '') ? value : undefined;
    if (level !== undefined && level !== '1') return undefined;
    if (word === '-v') verbose = true;
    else if (word === '-b' && value !== undefined) identifiers.push(value);
    else if (word !== '' && !word.startsWith('-')) paths.push(word);
    else return undefined;
    if (word === '-b' || level !== undefined) at += 1;
  }
  return identifiers.length + paths.length === 0 ? undefined : { identifiers, paths, verbose };
}

/** What the unload of one kext comes to; undefined where the kernel does not let the tool go. */
async function unload(
  mac: SimulatedMac,
  identifier: string,
  verbose: boolean,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly string[]; readonly exitCode: number } | undefined> {
  const result = await unloadKext(mac, identifier, signal);
  if (result === undefined) return undefined;
  const { status, log } = result;
  // The misspelling is Apple's.
  const requested = verbose ? [`Requesting unload of ${identifier} (with termnation of IOServices).`] : [];
  const done = verbose ? [`${identifier} unloaded and personalities removed.`] : [];
  if (status === 0) return { lines: [...requested, ...done], exitCode: 0 };
  const text = osReturnOfCode(status)?.text ?? `0x${status.toString(16)}`;
  return {
    lines: [...requested, ...relayed(log), `Failed to unload ${identifier} - ${text}.`],
    exitCode: status === notFound ? exits.notFound : exits.refused,
  };
}
