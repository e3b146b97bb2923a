import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KextProject, ProjectProblem } from '../operations/kextProject.ts';
import { settingPosition } from './settingPosition.ts';

/** A mistake at the setting where the workspace folder has it, else at the Info.plist: Problems need a place. */
export async function settingProblem(
  setting: string,
  problem: string,
  folder: string,
  { identifierPosition }: Pick<KextProject, 'identifierPosition'>,
): Promise<ProjectProblem> {
  const file = join(folder, '.vscode', 'settings.json');
  const text = await readFile(file, 'utf8').catch(() => '');
  const position = settingPosition(text, file, setting) ?? identifierPosition;
  return position === undefined ? { problem } : { problem, position };
}
