import type { Capabilities } from '../model/capabilityTable.ts';
import type { Kext } from '../model/kext.ts';
import { kextstat } from './kextstat.ts';
import type { ToolCommand } from './port/toolCommand.ts';

/** Lists every kext that the kernel holds, by the tool that does so itself and does not hand over to another one. */
export function loadedKexts({
  listTool,
}: {
  readonly listTool: Pick<Capabilities['listTool'], 'value'>;
}): ToolCommand<readonly Kext[]> {
  const command = kextstat();
  return listTool.value === 'kextstat' ? command : { ...command, tool: 'kmutil', argv: ['showloaded'] };
}
