import { spawn } from 'node:child_process';

/** Reads the process group that it watches, and then a word. Without one this program is gone, however that came: then the group ends. */
const watcher =
  'IFS= read -r group && { read -r word || { kill -TERM "-$group"; sleep 2; kill -KILL "-$group"; }; } 2>/dev/null';

/** Ties a process group of this machine to the life of this program. */
export interface Leash {
  /** Called once, as soon as the leader of the group is known. */
  holds(leader: number): void;
  /** The group has come to its own end, or somebody else ends it. */
  letGo(): void;
}

/**
 * Begins to watch: in a process of its own, which no signal to this program's group or terminal reaches, and whose standard
 * input closes when this program ends, also where it is killed. Windows knows no process groups.
 */
export function leash(): Leash {
  if (process.platform === 'win32') return { holds: () => undefined, letGo: () => undefined };
  const child = spawn('/bin/sh', ['-c', watcher], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
  // One that did not start, or was killed, watches nothing; the work goes on.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    holds: leader => child.stdin.write(`${leader}\n`),
    // Two lines: there may be no leader, and the first is read as one.
    letGo: () => child.stdin.end('\n\n'),
  };
}
