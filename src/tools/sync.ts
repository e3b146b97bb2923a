import type { ToolCommand } from './port/toolCommand.ts';

/** Writes what waits in memory to the disks (sync(8)). It says nothing. */
export function sync(): ToolCommand<void> {
  return { tool: 'sync', argv: [], asRoot: false, timeoutMs: 60_000, parse: () => undefined };
}
