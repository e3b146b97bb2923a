import type { Options } from './options.ts';

/** The environment in which targets are looked for: `--state` says the same as KEXT_DEV_STATE, and comes first. */
export function stateEnvironment({ state }: Pick<Options, 'state'>, environment = process.env): NodeJS.ProcessEnv {
  return state === undefined ? environment : { ...environment, KEXT_DEV_STATE: state };
}
