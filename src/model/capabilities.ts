import { type Capabilities, type Conditions, capabilityTable, type Row } from './capabilityTable.ts';
import type { SystemFacts } from './system.ts';

/** What a system can do and needs, each with why. No other file compares versions of macOS. */
export function capabilitiesOf(system: SystemFacts): Capabilities {
  const known = { facts: system, release: releaseOf(system) };
  const answers = Object.entries(capabilityTable).map(([question, rows]) => [question, answer(rows, known)]);
  return Object.fromEntries(answers) as unknown as Capabilities;
}

/** What the release is called: `macOS 13`, `macOS 10.15`; of a version that says none, that. */
export function macosName(system: Pick<SystemFacts, 'version' | 'build'>): string {
  const { major, minor } = releaseOf(system);
  if (major === newest) return `macOS ${system.version}`;
  return `macOS ${major === 10 ? `10.${minor}` : major}`;
}

interface Release {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** False where it is no more than the likeliest. */
  readonly sure: boolean;
}

interface Known {
  readonly facts: SystemFacts;
  readonly release: Release;
}

/** Of a system that cannot be placed the newest is assumed. */
const newest = Number.POSITIVE_INFINITY;

/**
 * By the version; where that says none, and where it is 10.16, which macOS 11 and later call themselves to programs that
 * are older (SYSTEM_VERSION_COMPAT), by the build, which begins with the kernel's version.
 */
function releaseOf({ version, build }: Pick<SystemFacts, 'version' | 'build'>): Release {
  const told = /^\s*(\d{1,2})(?:\.(\d+))?(?:\.(\d+))?(?!\w)/.exec(version);
  const [major, minor, patch] = [Number(told?.[1]), Number(told?.[2] ?? 0), Number(told?.[3] ?? 0)];
  if (told !== null && major >= 10 && !(major === 10 && minor >= 16)) return { major, minor, patch, sure: true };
  const darwin = Number(/^(\d{1,2})[A-Z]\d/.exec(build ?? '')?.[1]);
  if (darwin >= 8) return { ...releaseOfDarwin(darwin), sure: true };
  return { major: told !== null && major === 10 ? 11 : newest, minor: 0, patch: 0, sure: false };
}

/** Darwin 19 is macOS 10.15, 20 is 11, and from 25 on, which is 26, they are one apart. */
function releaseOfDarwin(darwin: number): Omit<Release, 'sure'> {
  if (darwin < 20) return { major: 10, minor: darwin - 4, patch: 0 };
  return { major: darwin < 25 ? darwin - 9 : darwin + 1, minor: 0, patch: 0 };
}

/** The first row that applies answers; it is certain where no condition on the way to it was guessed. */
function answer(rows: readonly Row<unknown>[], known: Known) {
  let sure = true;
  for (const row of rows) {
    const judged = judge(row, known);
    const isOut = judged.some(({ holds, certain }) => !holds && certain);
    sure &&= isOut || judged.every(({ certain }) => certain);
    if (judged.every(({ holds }) => holds)) return { value: row.value, why: row.why, certain: sure && !row.unsure };
  }
  throw new RangeError('the last row of each question has no condition');
}

interface Judged {
  readonly holds: boolean;
  /** False where the system did not say, so that the likeliest was taken. */
  readonly certain: boolean;
}

function judge({ from, kernelmanagerd, architecture, protection, policy }: Conditions, known: Known): Judged[] {
  const { facts, release } = known;
  const judged: Judged[] = [];
  if (from !== undefined) judged.push({ holds: isFrom(release, from), certain: release.sure });
  if (kernelmanagerd !== undefined) {
    const { usesKernelmanagerd = isFrom(release, '11') } = facts;
    const certain = release.sure || facts.usesKernelmanagerd !== undefined;
    judged.push({ holds: usesKernelmanagerd === kernelmanagerd, certain });
  }
  if (architecture !== undefined) {
    const { architecture: told = 'arm64' } = facts;
    judged.push({ holds: told.startsWith(architecture), certain: facts.architecture !== undefined });
  }
  if (protection !== undefined) judged.push(judgeProtection(protection, facts));
  if (policy !== undefined) {
    const { bootPolicy } = facts;
    const allows = bootPolicy === undefined ? undefined : bootPolicy.allowsKexts && bootPolicy.security !== 'full';
    judged.push({ holds: allows === (policy === 'allows kexts'), certain: allows !== undefined });
  }
  return judged;
}

/** Where it is not known it is taken to be on, as it is on a Mac fresh from the box. */
function judgeProtection(asked: NonNullable<Conditions['protection']>, { integrityProtection }: SystemFacts): Judged {
  const { status, kextSigning } = integrityProtection ?? { status: 'unknown', kextSigning: undefined };
  if (asked === 'off') return { holds: status === 'disabled', certain: status !== 'unknown' };
  return { holds: kextSigning === false, certain: kextSigning !== undefined };
}

function isFrom(release: Release, from: string): boolean {
  const [major = 0, minor = 0, patch = 0] = from.split('.').map(Number);
  if (release.major !== major) return release.major > major;
  return release.minor > minor || (release.minor === minor && release.patch >= patch);
}
