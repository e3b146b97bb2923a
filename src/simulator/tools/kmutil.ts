import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { ToolCall } from '../runTool.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { kmutilLoad } from './kmutilLoad.ts';
import { kmutilShowloaded } from './kmutilShowloaded.ts';
import { kmutilUnload } from './kmutilUnload.ts';

/** kmutil(8) with `load`, `unload` and `showloaded`. All that goes wrong is said on standard error. */
export async function kmutil(
  mac: SimulatedMac,
  { argv: words, asRoot }: ToolCall,
  signal: AbortSignal,
): Promise<ToolOutput> {
  const [subcommand, ...argv] = words;
  switch (subcommand) {
    case 'load':
      return kmutilLoad(mac, argv, asRoot, signal);
    case 'unload':
      return kmutilUnload(mac, argv, asRoot, signal);
    case 'showloaded':
      return kmutilShowloaded(await mac.ask(signal), argv);
    default:
      return cannotSimulate('kmutil', words);
  }
}
