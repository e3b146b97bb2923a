import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { type ClassInstances, classInstances, knownSuperclasses } from '../../diagnosis/instances.ts';
import { escaped } from '../../report/markdown.ts';
import { clock, instances, signed } from '../numbers.ts';
import { verdictText } from '../problems/autopsyText.ts';
import type { CountHistory } from '../session/countHistory.ts';
import { type KextView, notRunHere, ownLoaded, sinceLoad, verdicts } from '../session/kextView.ts';
import { instancesInWords } from '../tree/classRow.ts';

/**
 * What stands beside the class: `1 held by barctl (pid 4711) · 2 in registry`, `2 leaked (+1)`, `3 live`; undefined while the kext isn't
 * loaded or the class isn't registered.
 */
export function countText(name: string, view: KextView): string | undefined {
  const found = instancesOf(name, view);
  if (found === undefined || view.snapshot === undefined || view.past) return undefined;
  const { text } = instancesInWords(name, view, found.own);
  const more = sinceLoad(view, name, found.own);
  const growth = more === undefined || more <= 0 ? '' : ` (${signed(more)})`;
  const listed = found.active.length + found.inactive.length;
  const registry = verdicts(view).has(name) && listed > 0 ? l10n.t(' · {0} in registry', listed) : '';
  return `${text}${growth}${registry}`;
}

/**
 * The hover on a class: Markdown, the class itself first. `besideProblem`: VS Code shows the Problem of its verdict above it, with all
 * that there is to say of it.
 */
export function countHover(
  name: string,
  view: KextView,
  history: CountHistory,
  besideProblem = false,
): string | undefined {
  const { snapshot, target } = view;
  const found = instancesOf(name, view);
  if (found === undefined || snapshot === undefined || target === undefined) return undefined;
  const verdict = verdicts(view).get(name);
  const head = l10n.t('{0} on {1}, {2}', instances(found.own), target.called, clock(snapshot.takenAt));
  const said = notRunHere(view)
    ? l10n.t('not run here: says nothing about leaks')
    : countsLine(found, sinceLoad(view, name, found.own), lastReloads(name, history));
  const told = verdict === undefined ? [] : verdictLines(verdict, besideProblem);
  return [`**${name}**: ${escaped(head)}`, '', said, ...told].join('\n');
}

function countsLine(found: ClassInstances, more: number | undefined, reloads: readonly string[]): string {
  const { own, subclassesInUse } = found;
  return [
    l10n.t('own {0}', own),
    l10n.t('in subclasses {0}', subclassesInUse.length === 0 ? '0' : subclassesInUse.join(', ')),
    l10n.t('in the registry {0}', registryCell(found)),
    ...(more === undefined ? [] : [l10n.t('since load {0}', signed(more))]),
    ...reloads,
  ].join(' · ');
}

function lastReloads(name: string, { earlier }: CountHistory): readonly string[] {
  const left = earlier.map(load => load.get(name) ?? 0);
  return left.length === 0 ? [] : [l10n.t('last reloads {0}', left.join(' '))];
}

/** In a breath beside the Problem that tells it. */
function verdictLines(diagnosis: Diagnosis, besideProblem: boolean): readonly string[] {
  const { verdict, message, remedy, holders } = diagnosis;
  if (!besideProblem) return ['', escaped(message), '', escaped(remedy)];
  return verdict === undefined ? [] : ['', escaped(verdictText(diagnosis, verdict, holders[0]?.name))];
}

function instancesOf(name: string, view: KextView): ClassInstances | undefined {
  const { own, snapshot } = view;
  if (own === undefined || snapshot === undefined || ownLoaded(view) === undefined) return undefined;
  const superclasses = knownSuperclasses(own.declarations, snapshot.registry);
  return classInstances(name, snapshot.classCounts, superclasses, snapshot.registry);
}

function registryCell({ active, inactive }: ClassInstances): string {
  const terminated = inactive.length === 0 ? '' : l10n.t(' ({0} terminated)', inactive.length);
  return `${active.length + inactive.length}${terminated}`;
}
