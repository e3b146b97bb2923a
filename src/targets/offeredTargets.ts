import type { OfferedTarget, OfferedTargets } from '../tools/port/offeredTarget.ts';
import type { SshConfigHost } from '../tools/ssh/sshConfig.ts';
import { simulatedMacChoices } from './simulatedScenarios.ts';
import { readSshHosts } from './sshHosts.ts';
import { firstTarget, targetNamed, targetNameOf, thisMacName } from './targetNamed.ts';

/**
 * This Mac where it is one, the hosts of the ssh configuration in that home folder, those that are named besides, and the
 * Simulated Macs; each once.
 */
export async function offeredTargets(
  home: string,
  moreIds: readonly string[],
  platform: NodeJS.Platform = process.platform,
): Promise<OfferedTargets> {
  const { hosts, problems } = await readSshHosts(home);
  const local = firstTarget(platform);
  const all: readonly OfferedTarget[] = [
    ...(local === undefined ? [] : [{ id: local, name: thisMacName, kind: 'thisMac', description: '' } as const]),
    ...hosts.map(
      host => ({ id: `ssh:${host.name}`, name: host.name, kind: 'ssh', description: addressOf(host) }) as const,
    ),
    ...moreIds.flatMap(id => hostNamed(id, platform)),
    ...simulatedMacChoices().map(
      ({ id, name, description }) => ({ id, name, kind: 'simulated', description }) as const,
    ),
  ];
  const byId = new Map(all.toReversed().map(target => [target.id, target]));
  return { targets: all.filter(target => byId.get(target.id) === target), problems };
}

function hostNamed(id: string, platform: NodeJS.Platform): readonly OfferedTarget[] {
  const choice = targetNamed(id, platform);
  return 'host' in choice ? [{ id, name: targetNameOf(choice), kind: 'ssh', description: '' }] : [];
}

function addressOf({ name, hostName, user }: SshConfigHost): string {
  if (user === undefined) return hostName ?? '';
  return `${user}@${hostName ?? name}`;
}
