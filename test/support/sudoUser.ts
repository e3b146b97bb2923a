import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** Somebody without rights but those that sudo gives, made for the run by whoever is root. */
export interface SudoUser {
  readonly name: string;
  readonly uid: number;
  /** Empty, and the user's own. */
  readonly home: string;
  readonly password: string;
  /** What sudoers(5) says of the user: lines, in which USER is the name. None: sudo does not know the user. */
  allow(...lines: readonly string[]): void;
  /** Ends what still runs as the user, and forgets that there was one. */
  remove(): Promise<void>;
}

/** Whether this process may make users and write into sudoers. */
export const canMakeUsers = process.platform === 'linux' && process.getuid?.() === 0;

/** A password that has all that a shell, a log and a file might stumble over. */
const hostilePassword = '+-$(id) \'a"b\\c`d ;%s ü€';

let made = 0;

export function makeSudoUser(): SudoUser {
  made += 1;
  const name = `kextsudo${process.pid}x${made}`;
  const home = mkdtempSync(join('/tmp', 'kd-home-'));
  execFileSync('useradd', ['--system', '--no-create-home', '--home-dir', home, '--shell', '/bin/sh', name]);
  execFileSync('chpasswd', { input: `${name}:${hostilePassword}\n` });
  execFileSync('chown', [`${name}:`, home]);
  chmodSync(home, 0o755);
  const file = join('/etc/sudoers.d', name);
  return {
    name,
    home,
    uid: Number(execFileSync('id', ['-u', name], { encoding: 'utf8' })),
    password: hostilePassword,
    allow: (...lines) => {
      rmSync(file, { force: true });
      if (lines.length === 0) return;
      const text = lines.map(line => `${line.replaceAll('USER', name)}\n`).join('');
      // A file that sudo cannot read stops it for everybody.
      execFileSync('visudo', ['-c', '-q', '-f', '-'], { input: text });
      writeFileSync(file, text, { mode: 0o440 });
    },
    remove: async () => {
      rmSync(file, { force: true });
      const runs = () => spawnSync('pkill', ['-KILL', '-u', name]).status === 0;
      await until('the end of all that the user runs', runs, still => !still);
      rmSync(home, { recursive: true, force: true });
      execFileSync('userdel', [name]);
    },
  };
}
