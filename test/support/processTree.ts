import { runProgram } from './runProgram.ts';

/** A process and all that descend from it, itself first. */
export async function processTree(pid: number): Promise<readonly number[]> {
  const rows = (await runProgram('ps', ['-axo', 'pid=,ppid='])).trim().split('\n');
  const parents = rows.map(row => row.trim().split(/\s+/).map(Number));
  const tree = [pid];
  for (const parent of tree)
    for (const [child, of] of parents) if (of === parent && child !== undefined) tree.push(child);
  return tree;
}
