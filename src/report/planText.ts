import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import type { PlanStep, ReloadPlan } from '../operations/planReload.ts';

/** The plan as lines for a person: the steps in order, what they are done with, what is in the way, what else to know. */
export function planText({ bundleIdentifier, target, system, steps, obstacles, notes }: ReloadPlan): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  const listed = steps.map((step, at) => `  ${at + 1}. ${planLine(step, width)}`);
  const way = obstacles.map(obstacle => `  ${obstacleText(obstacle)}`);
  return [
    `Reload ${bundleIdentifier} on ${target}, ${system}`,
    '',
    ...listed,
    ...section('With what is linked against it:', orders(steps, width)),
    ...section('In the way of the unload:', way),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ].join('\n');
}

function planLine({ name, does, asRoot }: PlanStep, width: number): string {
  return `${name.padEnd(width)}  ${does}${asRoot ? ' (as root)' : ''}`;
}

/** In which order several kexts are unloaded and loaded; what is loaded is proved one by one. */
function orders(steps: readonly PlanStep[], width: number): readonly string[] {
  return steps.flatMap(({ name, kexts = [] }) =>
    kexts.length === 0 || name === 'verifying' ? [] : [`     ${name.padEnd(width)}  ${kexts.join(', then ')}`],
  );
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
