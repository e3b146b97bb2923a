import { readFile } from 'node:fs/promises';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { DiskEntry, SimulatedDisk } from '../simulatedDisk.ts';
import { said } from '../toolText.ts';
import { cannotSimulate } from './cannotSimulate.ts';
import { readExpression, type Visit } from './findExpression.ts';

/**
 * `find FOLDER… [-maxdepth NUMBER] EXPRESSION` of macOS, with what findExpression.ts reads; `-exec` runs `grep -l -F --null -e TEXT` and
 * `od -A d -v -t x1 -N NUMBER`. Everybody may read what is on the disk.
 */
export async function find(disk: SimulatedDisk, argv: readonly string[]): Promise<ToolOutput> {
  const first = argv.findIndex(word => /^[-!(]/.test(word));
  const folders = first < 0 ? argv : argv.slice(0, first);
  const rest = first < 0 ? [] : argv.slice(first);
  const deepest = rest[0] === '-maxdepth' ? Number(rest[1]) : Number.POSITIVE_INFINITY;
  const expression = readExpression(rest[0] === '-maxdepth' ? rest.slice(2) : rest);
  if (folders.length === 0 || expression === undefined || Number.isNaN(deepest)) return cannotSimulate('find', argv);
  const errors: string[] = [];
  const pieces: Promise<Ran>[] = [];
  const together = new Map<string, { readonly words: readonly string[]; readonly paths: string[] }>();
  const effects = {
    print: (path: string) => void pieces.push(Promise.resolve({ text: `${path}\0`, isWell: true })),
    run: (words: readonly string[], path: string, isTogether: boolean) => {
      if (isTogether) {
        const all = together.get(words.join('\0')) ?? { words, paths: [] };
        all.paths.push(path);
        together.set(words.join('\0'), all);
      } else pieces.push(run(disk, words, [path]));
      return true;
    },
  };
  for (const folder of folders) {
    const entries = await disk.entries(folder);
    if (entries.length === 0) errors.push(`find: ${folder}: No such file or directory`);
    walk(entries, deepest, visit => expression(visit, effects));
  }
  for (const { words, paths } of together.values()) pieces.push(run(disk, words, paths));
  const ran = await Promise.all(pieces);
  if (ran.some(({ text }) => text === undefined)) return cannotSimulate('find', argv);
  const stdout = ran.map(({ text }) => text).join('');
  return {
    ...said({ stderr: errors, exitCode: errors.length > 0 || ran.some(({ isWell }) => !isWell) ? 1 : 0 }),
    stdout,
  };
}

/** Goes through what `entries` has, a folder before what is in it. */
function walk(entries: readonly DiskEntry[], deepest: number, visited: (visit: Visit) => void): void {
  const [root] = entries;
  if (root === undefined) return;
  let pruned: string | undefined;
  for (const entry of entries) {
    if (pruned !== undefined && entry.path.startsWith(`${pruned}/`)) continue;
    const depth = entry.path.slice(root.path.length).split('/').length - 1;
    if (depth > deepest) continue;
    const visit = { entry, depth, descends: true };
    visited(visit);
    if (!visit.descends) pruned = entry.path;
  }
}

interface Ran {
  /** undefined where the program cannot be simulated. */
  readonly text: string | undefined;
  readonly isWell: boolean;
}

async function run(disk: SimulatedDisk, words: readonly string[], paths: readonly string[]): Promise<Ran> {
  const [line, last = ''] = [words.slice(0, -1).join(' '), words.at(-1)];
  const files = await Promise.all(paths.map(path => readFile(disk.place(path))));
  if (line === 'grep -l -F --null -e') {
    const hits = paths.filter((_, at) => last.split('\n').some(text => files[at]?.includes(text)));
    return { text: hits.map(path => `${path}\0`).join(''), isWell: hits.length > 0 };
  }
  if (line !== 'od -A d -v -t x1 -N' || !/^\d+$/.test(last)) return { text: undefined, isWell: false };
  return { text: files.map(file => dump(file.subarray(0, Number(last)))).join(''), isWell: true };
}

/** As od of macOS prints bytes. */
function dump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)].map(byte => byte.toString(16).padStart(2, '0'));
    lines.push(`${String(at).padStart(7, '0')}    ${row.join('  ')}`);
  }
  return `${[...lines, String(bytes.length).padStart(7, '0')].join('\n')}\n`;
}
