import type { ToolInput } from '../tools/port/toolInput.ts';
import type { ToolOutput } from '../tools/port/toolOutput.ts';
import type { SimulatedMac } from './simulatedMac.ts';
import { ls, mv, openssl } from './tools/copyTools.ts';
import { csrutil } from './tools/csrutil.ts';
import { fileTool } from './tools/fileTool.ts';
import { find } from './tools/find.ts';
import { ioclasscount } from './tools/ioclasscount.ts';
import { ioreg } from './tools/ioreg.ts';
import { kextload } from './tools/kextload.ts';
import { isShimmed, kextShim } from './tools/kextShim.ts';
import { kextstat } from './tools/kextstat.ts';
import { kextunload } from './tools/kextunload.ts';
import { kextutil } from './tools/kextutil.ts';
import { kmutil } from './tools/kmutil.ts';
import { log } from './tools/log.ts';
import { machineTool } from './tools/machine.ts';
import { plutil } from './tools/plutil.ts';
import { ps } from './tools/ps.ts';
import { id, swVers, sysctl } from './tools/system.ts';
import { tar } from './tools/tar.ts';
import { said } from './toolText.ts';

/** One call of a tool on the Simulated Mac. */
export interface ToolCall {
  readonly tool: string;
  readonly argv: readonly string[];
  readonly asRoot: boolean;
  /** What stands on its standard input. */
  readonly input?: ToolInput;
}

/** Runs the tool of that name as the Mac's system has it; one that is not there answers as a shell would: 127. */
export async function runTool(mac: SimulatedMac, call: ToolCall, signal: AbortSignal): Promise<ToolOutput> {
  const { tool, argv, asRoot } = call;
  const system = await mac.system();
  if (system.kernelmanagerd) {
    if (isShimmed(tool)) return kextShim(mac, { ...call, tool }, signal);
    if (tool === 'kmutil') return kmutil(mac, { ...call, tool }, signal);
  }
  switch (tool) {
    case 'sw_vers':
      return swVers(system, argv);
    case 'sysctl':
      return sysctl(system, (await mac.boot()).time, argv);
    case 'csrutil':
      return csrutil(argv);
    case 'log':
      return log(await mac.ask(signal), (await mac.boot()).time, argv);
    case 'ps':
      return ps(await mac.processes(), argv);
    case 'kextstat':
      return kextstat(await mac.ask(signal), argv);
    case 'ioclasscount':
      return ioclasscount(await mac.ask(signal), argv);
    case 'ioreg':
      return ioreg(await mac.ask(signal), argv);
    case 'kextload':
      return kextload(mac, argv, asRoot, signal);
    case 'kextutil':
      return kextutil(mac, argv, asRoot, signal);
    case 'kextunload':
      return kextunload(mac, argv, asRoot, signal);
    case 'find':
      return find(mac.disk, argv);
    case 'plutil':
      return plutil(mac.disk, argv);
    case 'mkdir':
    case 'chown':
    case 'chmod':
    case 'rm':
      return fileTool(mac.disk, tool, argv, asRoot);
    case 'ls':
      return ls(mac.disk, argv);
    case 'openssl':
      return openssl(mac.disk, argv);
    case 'mv':
      return mv(mac.disk, argv, asRoot);
    case 'tar':
      return tar(mac.disk, call);
    case 'id':
      return id(argv, asRoot);
    default:
      return (
        (await machineTool(mac, call, signal)) ??
        said({ stderr: [`${tool}: command not found on the Simulated Mac`], exitCode: 127 })
      );
  }
}
