import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { ToolCall } from '../runTool.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kmutil } from './kmutil.ts';

const shimmed = ['kextload', 'kextunload', 'kextutil', 'kextstat'] as const;

type Shimmed = (typeof shimmed)[number];

/** A classic tool that hands over to kmutil(8) where there is a kernelmanagerd(8). */
export function isShimmed(tool: string): tool is Shimmed {
  return (shimmed as readonly string[]).includes(tool);
}

const kernelFile = "Defaulting to kernel file '/System/Library/Kernels/kernel'";

/** The shim says what it runs, and ends as that ends. kextutil's test of a kext is lost on the way. */
export async function kextShim(
  mac: SimulatedMac,
  call: ToolCall & { readonly tool: Shimmed },
  signal: AbortSignal,
): Promise<ToolOutput> {
  const { tool, argv, asRoot } = call;
  if (tool === 'kextutil' && argv.some(word => /^-\w*n/.test(word)))
    return said({ stderr: ['kextutil: -n is not a supported kmutil mode'] });
  const handedOver = kmutilArguments(tool, argv);
  if (handedOver === undefined) return cannotSimulate(tool, argv);
  const output = await kmutil(mac, { tool: 'kmutil', argv: handedOver, asRoot }, signal);
  const before = [...(tool === 'kextutil' ? [kernelFile] : []), `Executing: /usr/bin/kmutil ${handedOver.join(' ')}`];
  return { ...output, stderr: `${before.map(line => `${line}\n`).join('')}${output.stderr}` };
}

const subcommands = { kextload: 'load', kextutil: 'load', kextunload: 'unload', kextstat: 'showloaded' } as const;

const listOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ['-k', ['--no-kernel-components']],
  ['-l', ['--list-only']],
]);

/** kmutil's arguments as the shim spells them; undefined for options that are not simulated. */
export function kmutilArguments(tool: Shimmed, argv: readonly string[]): readonly string[] | undefined {
  const words: string[] = [];
  for (let at = 0; at < argv.length; at += 1) {
    const [word = '', value] = argv.slice(at);
    const taken = word === '-b' ? identifierWords(tool, value) : wordsFor(tool, word);
    if (taken === undefined) return undefined;
    words.push(...taken);
    // An identifier, and how much is to be said, stand in a word of their own.
    if (word === '-b' || (word === '-v' && /^(0x[0-9a-f]+|[0-6])$/.test(value ?? ''))) at += 1;
  }
  return [subcommands[tool], ...words];
}

function identifierWords(tool: Shimmed, identifier: string | undefined): readonly string[] | undefined {
  if (identifier === undefined) return undefined;
  return [tool === 'kextstat' ? '--bundle-identifier' : '-b', identifier];
}

/** What becomes of a word: kmutil has no use for how much is to be said. */
function wordsFor(tool: Shimmed, word: string): readonly string[] | undefined {
  if (tool === 'kextstat') return listOptions.get(word);
  if (/^-[vqt]\d?$/.test(word)) return [];
  return word.startsWith('-') ? undefined : [tool === 'kextutil' ? '--bundle-path' : '-p', word];
}
