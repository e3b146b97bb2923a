import type { DependentResult, OperationResult } from '../operations/operation.ts';

/** What became of the kexts that went before the one that was asked for, a sentence for each way; nothing where none did. */
export function dependentsText({
  outcome,
  dependents = [],
}: Pick<OperationResult, 'outcome' | 'dependents'>): string[] {
  const gone = dependents.filter(({ unload }) => unload === 'unloaded');
  // One that is listed and whose driver gave up is loaded; its diagnosis says the rest.
  const again = gone.filter(({ load, uuid }) => load === 'loaded' || uuid !== undefined);
  const away = gone.filter(each => !again.includes(each));
  return [
    ...(outcome === 'unloaded' ? named('Unloaded with it', away) : named('Not loaded again', away)),
    ...named('Loaded again', again),
  ];
}

function named(what: string, kexts: readonly DependentResult[]): string[] {
  return kexts.length === 0 ? [] : [`${what}: ${kexts.map(({ bundleIdentifier }) => bundleIdentifier).join(', ')}.`];
}
