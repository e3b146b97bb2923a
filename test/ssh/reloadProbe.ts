import { reloadKext } from '../../src/operations/reload.ts';
import { operationOn, targetOf } from './farMac.ts';

/** Reloads the project in a folder on the Mac behind ssh, as a window or a terminal does that is killed in its middle. */
const [folder = '', state = ''] = process.argv.slice(2);
const operation = await operationOn(
  folder,
  targetOf(state, async () => undefined),
  state,
);
await reloadKext(operation, new AbortController().signal);
