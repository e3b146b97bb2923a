import { createHash } from 'node:crypto';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import type { HeldProcesses } from './scriptShell.ts';

const longestMs = 10_000;

/** What of ssh's settings for a host says which machine is meant, whoever logs in there. */
const decisive: ReadonlySet<string> = new Set(['hostname', 'port', 'proxyjump', 'proxycommand']);

/**
 * The machine that ssh goes to for a host: the same text for all names that the user's configuration leads there by. Nothing is sent to
 * it. undefined where this ssh does not tell (OpenSSH before 6.8).
 */
export async function sshDestination(host: string, processes: HeldProcesses): Promise<string | undefined> {
  const command: ToolCommand<undefined> = {
    tool: 'ssh',
    argv: ['-G', '--', host],
    asRoot: false,
    timeoutMs: longestMs,
    environment: { LC_ALL: 'C' },
    parse: () => undefined,
  };
  const pieces: Buffer[] = [];
  try {
    const { exitCode } = await processes.runHeld(command, new AbortController().signal, {
      stdout: piece => pieces.push(piece),
      stderr: () => undefined,
    });
    return exitCode === 0 ? readDestination(Buffer.concat(pieces).toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Reads what `ssh -G` prints: a setting a line, its name in small letters, as `hostname mini.local` and `port 22`. */
export function readDestination(text: string): string | undefined {
  const settings = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name = '', ...words] = line.trim().split(' ');
    if (decisive.has(name) && !settings.has(name)) settings.set(name, words.join(' '));
  }
  const name = settings.get('hostname')?.toLowerCase().replace(/\.$/, '');
  if (name === undefined || name === '') return undefined;
  const way = [settings.get('proxyjump'), settings.get('proxycommand')].filter(
    each => each !== undefined && each !== 'none',
  );
  const through = way.length === 0 ? '' : ` ${createHash('sha256').update(way.join('\n')).digest('hex').slice(0, 16)}`;
  return `${name}:${settings.get('port') ?? '22'}${through}`;
}
