import type { KernelProperty, KernelRegistryEntry } from '../kernelAnswer.ts';
import type { IoregView } from './ioreg.ts';
import { shownChain } from './ioregChain.ts';
import { digitsOf } from './ioregNumber.ts';

/** ioreg's drawing of the tree; with `-r` a blank line ends each subtree. */
export function ioregTree(roots: readonly KernelRegistryEntry[], view: IoregView, asSubtrees: boolean): string {
  const drawn = roots.flatMap(root => [...lines(root, '', false, view), ...(asSubtrees ? [''] : [])]);
  return drawn.map(line => `${line}\n`).join('');
}

function* lines(entry: KernelRegistryEntry, indent: string, hasSibling: boolean, view: IoregView): Generator<string> {
  yield `${indent}+-o ${headline(entry, view)}`;
  const below = `${indent}${hasSibling ? '| ' : '  '}`;
  if (view.hasProperties(entry)) yield* block(entry, `${below}${entry.children.length > 0 ? '| ' : '  '}`);
  for (const [at, child] of entry.children.entries()) {
    yield* lines(child, below, at < entry.children.length - 1, view);
  }
}

function headline(entry: KernelRegistryEntry, view: IoregView): string {
  const at = entry.location === undefined ? '' : `@${entry.location}`;
  const chain = view.inheritance ? shownChain(entry).join(':') : entry.class;
  const state = entry.service ? `, ${stateWords(entry)}` : '';
  return `${entry.name}${at}  <class ${chain}, id ${entry.id}${state}, retain ${entry.retain}>`;
}

function stateWords(entry: KernelRegistryEntry): string {
  const words = [
    `${entry.registered ? '' : '!'}registered`,
    `${entry.matched ? '' : '!'}matched`,
    `${entry.active ? '' : 'in'}active`,
    `busy ${entry.busy}${entry.busyTime === 0 ? '' : ` (${Math.floor(entry.busyTime / 1e6)} ms)`}`,
  ];
  return words.join(', ');
}

function* block(entry: KernelRegistryEntry, indent: string): Generator<string> {
  yield `${indent}{`;
  for (const [key, value] of Object.entries(entry.properties)) yield `${indent}  "${key}" = ${property(value)}`;
  yield `${indent}}`;
  yield indent;
}

function property(value: KernelProperty): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return String(value);
  const digits = digitsOf(value);
  if (digits !== undefined) return digits;
  if (isArray(value)) return `(${value.map(property).join(',')})`;
  const members = Object.entries(value).map(([key, member]) => `"${key}"=${property(member)}`);
  return `{${members.join(',')}}`;
}

function isArray(value: KernelProperty): value is readonly KernelProperty[] {
  return Array.isArray(value);
}
