import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import type { UnloadQuestion } from '../operations/confirmUnload.ts';

/** What is in the way of an unload, for somebody who is told and not asked. */
export function obstaclesText({ bundleIdentifier, obstacles }: UnloadQuestion): string {
  const way = obstacles.map(obstacle => `  ${obstacleText(obstacle)}`);
  return [`The unload of ${bundleIdentifier} is likely to be refused:`, ...way].join('\n');
}
