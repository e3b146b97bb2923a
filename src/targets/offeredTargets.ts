import type { SshConfigHost } from '../tools/sshConfig.ts';
import { simulatedMacChoices } from './simulatedScenarios.ts';
import { readSshHosts } from './sshHosts.ts';
import { firstTarget, targetNamed, targetNameOf, thisMacName } from './targetNamed.ts';

/** A target that a person can choose. */
export interface OfferedTarget {
  readonly id: string;
  /** As the user sees it. */
  readonly name: string;
  readonly kind: 'thisMac' | 'ssh' | 'simulated';
  /** A host's address, as `dev@10.0.0.7`; what a Simulated Mac is like. */
  readonly description: string;
}

/** All that can be chosen on this machine, and why it may not be all: sentences without a full stop. */
export interface OfferedTargets {
  readonly targets: readonly OfferedTarget[];
  readonly problems: readonly string[];
}

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
