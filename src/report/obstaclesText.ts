import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import { refusedFirst, type UnloadQuestion } from '../operations/unload/confirmUnload.ts';

/** What is in the way of an unload, and why those processes stayed that were to quit. */
export function obstaclesText({ bundleIdentifier, obstacles, stayed }: UnloadQuestion): string {
  const way = [...stayed, ...obstacles.map(obstacleText)].map(line => `  ${line}`);
  return [`The unload of ${bundleIdentifier} is likely to be refused:`, ...way].join('\n');
}

/** What a refusal leaves behind. */
export function consequenceText(question: UnloadQuestion): string {
  return `A refused unload leaves ${refusedFirst(question)} terminated and in the kernel until ${question.target} restarts.`;
}
