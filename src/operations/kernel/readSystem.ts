import { unknownBoot } from '../../model/boot.ts';
import { capabilitiesOf } from '../../model/capabilities.ts';
import type { System } from '../../model/system.ts';
import { integrityProtection } from '../../tools/csrutil.ts';
import { ask, askTogether } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { ToolNotStarted, UnknownToolText } from '../../tools/port/toolErrors.ts';
import { swVers } from '../../tools/swVers.ts';
import { kernelValues } from '../../tools/sysctl.ts';
import { startupSecurity } from '../../tools/systemProfiler.ts';
import { unless, unlessUnread } from './unless.ts';

/**
 * What the target's system says of itself, asked once on a connection, in one round trip. What it does not know is undefined,
 * but for its version. Rejects as Runner.run does, and with UnknownToolText.
 */
export async function readSystem(target: Target, signal: AbortSignal): Promise<System> {
  const connection = await target.connection(signal);
  return connection.system(async () => {
    const commands = [swVers(), kernelValues(), integrityProtection()] as const;
    const [version, kernel, protection] = await askTogether(target.runner, commands, signal);
    const { version: release, build } = version();
    return {
      version: release,
      build,
      ...(unless(ToolNotStarted, kernel) ?? unknownBoot),
      // Missing before macOS 10.11, and in other words where it cannot read the configuration.
      integrityProtection: unless(ToolNotStarted, () => unless(UnknownToolText, protection)),
    };
  });
}

/**
 * The same with the boot policy, which a system that has one is asked for once on a connection: its owner may have to change it before
 * any kext gets in. Rejects as readSystem does.
 */
export async function readSystemWithPolicy(target: Target, signal: AbortSignal): Promise<System> {
  const system = await readSystem(target, signal);
  const { reducedSecurityNeeded } = capabilitiesOf(system);
  if (!reducedSecurityNeeded.value || !reducedSecurityNeeded.certain) return system;
  const connection = await target.connection(signal);
  const bootPolicy = await connection.bootPolicy(() =>
    // What cannot be read keeps nobody out; the target's own tools will say so.
    unlessUnread(ask(target.runner, startupSecurity(), signal)),
  );
  return { ...system, bootPolicy };
}
