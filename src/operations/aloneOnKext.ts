import type { ExclusiveTurn } from '../tools/port/target.ts';
import type { Operation } from './operation.ts';
import { isFilledIn } from './project/productFit.ts';

type OnKext = Pick<Operation, 'project' | 'target'>;

/**
 * Runs `work` while nothing else works on the project's kext: by what that is remembered under, and by its identifier where that is
 * known and another, which other checkouts of the project share. Always in this order, so that no two wait for each other.
 */
export function aloneOnKext<T>(
  { project, target }: OnKext,
  signal: AbortSignal,
  work: () => Promise<T>,
  turn: ExclusiveTurn | undefined,
): Promise<T> {
  const { rememberedAs, bundleIdentifier } = project;
  const isOther = bundleIdentifier !== rememberedAs && isFilledIn(bundleIdentifier);
  const within = () => target.exclusively(bundleIdentifier, signal, work, turn);
  return target.exclusively(rememberedAs, signal, isOther ? within : work, turn);
}

/** The same once a product has told the identifier, for an operation that has the kext to itself as it was `before`. */
export function aloneAsBound<T>(
  before: OnKext,
  { project, target }: OnKext,
  signal: AbortSignal,
  work: () => Promise<T>,
  turn: ExclusiveTurn | undefined,
): Promise<T> {
  const { bundleIdentifier } = project;
  const isHeld = bundleIdentifier === before.project.bundleIdentifier || bundleIdentifier === project.rememberedAs;
  return isHeld ? work() : target.exclusively(bundleIdentifier, signal, work, turn);
}
