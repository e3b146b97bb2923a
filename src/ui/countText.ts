import * as l10n from '@vscode/l10n';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { type ClassInstances, classInstances, knownSuperclasses } from '../diagnosis/instances.ts';
import { escaped } from '../report/markdown.ts';
import { verdictText } from './autopsyText.ts';
import { instancesInWords } from './classRow.ts';
import type { CountHistory } from './countHistory.ts';
import { type KextView, notRunHere, ownLoaded, sinceLoad, verdicts } from './kextView.ts';
import { clock, instances, signed } from './numbers.ts';

/** What stands beside a class: the same words wherever they are shown, and the same as a sentence. */
export interface CountText {
  /** `1 held by barctl (pid 4711) · 2 in registry`, `2 leaked (+1)`, `3 live` */
  readonly text: string;
  readonly colour?: 'error' | 'warning';
  readonly spoken: string;
}

/** What stands beside the class; undefined while the kext isn't loaded or the class isn't registered. */
export function countText(name: string, view: KextView): CountText | undefined {
  const found = instancesOf(name, view);
  if (found === undefined || view.snapshot === undefined || view.past) return undefined;
  const { text, colour } = instancesInWords(name, view, found.own);
  const more = sinceLoad(view, name, found.own);
  const growth = more === undefined || more <= 0 ? '' : ` (${signed(more)})`;
  const listed = found.active.length + found.inactive.length;
  const registry = verdicts(view).has(name) && listed > 0 ? l10n.t(' · {0} in registry', listed) : '';
  const said = `${text}${growth}${registry}`;
  return { text: said, spoken: `${name}: ${said}`, ...(colour === undefined ? {} : { colour }) };
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
  const more = sinceLoad(view, name, found.own);
  const { own, subclassesInUse } = found;
  const counts = [
    l10n.t('own {0}', own),
    l10n.t('in subclasses {0}', subclassesInUse.length === 0 ? '0' : subclassesInUse.join(', ')),
    l10n.t('in the registry {0}', registryCell(found)),
    ...(more === undefined ? [] : [l10n.t('since load {0}', signed(more))]),
    ...(history.earlier.length === 0
      ? []
      : [l10n.t('last reloads {0}', history.earlier.map(load => load.get(name) ?? 0).join(' '))]),
  ].join(' · ');
  const head = l10n.t('{0} on {1}, {2}', instances(own), target.called, clock(snapshot.takenAt));
  const said = notRunHere(view) ? [l10n.t('not run here: says nothing about leaks')] : [counts];
  return [
    `**${name}**: ${escaped(head)}`,
    '',
    ...said,
    ...(verdict === undefined
      ? []
      : besideProblem
        ? verdictLines(verdict)
        : ['', escaped(verdict.message), '', escaped(verdict.remedy)]),
  ].join('\n');
}

function verdictLines(diagnosis: Diagnosis): readonly string[] {
  const { verdict, holders } = diagnosis;
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
