import { osReturnOfCode } from '../../tools/osReturn.ts';
import type { ToolOutput } from '../../tools/toolOutput.ts';
import { relayed } from '../relayed.ts';
import type { SimulatedMac } from '../simulatedMac.ts';
import { said, unanswered } from '../toolText.ts';

const notFound = 0xdc008006;

/** kextunload(8) of macOS 10.15 with `-b ID`; everything it says is on standard error. */
export async function kextunload(
  mac: SimulatedMac,
  argv: readonly string[],
  asRoot: boolean,
  signal: AbortSignal,
): Promise<ToolOutput> {
  if (!asRoot) return said({ stderr: ['You must be running as root to unload kexts.'], exitCode: 77 });
  const [option, identifier] = argv;
  if (option !== '-b' || identifier === undefined || argv.length !== 2) {
    return said({ stderr: ['No kernel extensions specified.'], exitCode: 64 });
  }
  const { results } = await mac.happen([{ event: 'unload', identifier }], signal);
  if (results[0]?.running) return unanswered();
  const status = results[0]?.status ?? 0;
  if (status === 0) return said({});
  const text = osReturnOfCode(status)?.text ?? `0x${status.toString(16)}`;
  return said({
    stderr: [...relayed(results[0]?.log ?? []), `Failed to unload ${identifier} - ${text}.`],
    exitCode: status === notFound ? 1 : 3,
  });
}
