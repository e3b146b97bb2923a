import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import type { PlanStep, ReloadPlan } from '../operations/planReload.ts';

/** The plan as lines for a person: the steps in order, what is in the way, what else to know. */
export function planText({ bundleIdentifier, target, system, steps, obstacles, notes }: ReloadPlan): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const listed = steps.map((step, at) => `  ${at + 1}. ${stepText(step, width)}`);
  const way = obstacles.map(obstacle => `  ${obstacleText(obstacle)}`);
  return [
    `Reload ${bundleIdentifier} on ${target}, ${system}`,
    '',
    ...listed,
    ...(way.length === 0 ? [] : ['', 'In the way of the unload:', ...way]),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}

function stepText({ name, does, asRoot }: PlanStep, width: number): string {
  return `${name.padEnd(width)}  ${does}${asRoot ? ' (as root)' : ''}`;
}
