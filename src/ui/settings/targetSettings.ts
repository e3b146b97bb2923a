import type { SessionWorld } from '../session/sessionWorld.ts';

type Names = Pick<SessionWorld, 'targetNamed'>;

/** The target of `kext.target`; undefined where it names none, `problem` where it names what is none. */
export function readTargetSetting(
  value: unknown,
  { targetNamed }: Names,
): { readonly id: string } | { readonly problem: string } | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const named =
    typeof value === 'string' ? targetNamed(value) : { problem: 'expected a text, as "ssh:mini" or "simulated"' };
  return 'problem' in named ? { problem: `kext.target is ${JSON.stringify(value)}: ${named.problem}.` } : named;
}

/** The hosts of `kext.targets` as ids, and a sentence for each entry that is none. */
export function readTargetsSetting(
  value: unknown,
  { targetNamed }: Names,
): { readonly ids: readonly string[]; readonly problems: readonly string[] } {
  if (value === undefined || value === null) return { ids: [], problems: [] };
  if (!Array.isArray(value))
    return { ids: [], problems: [`kext.targets is ${JSON.stringify(value)}: expected a list of hosts, as ["mini"]`] };
  const read = value.map((entry: unknown) => {
    // As kext.target has it, too.
    const named = typeof entry === 'string' ? targetNamed(`ssh:${entry.replace(/^ssh:/, '')}`) : undefined;
    if (named !== undefined && !('problem' in named)) return { ids: [named.id], problems: [] };
    const expected = 'expected a host name or an address, as "mini" or "dev@10.0.0.7"';
    return { ids: [], problems: [`kext.targets has ${JSON.stringify(entry)}: ${expected}`] };
  });
  return { ids: read.flatMap(({ ids }) => ids), problems: read.flatMap(({ problems }) => problems) };
}
