import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import type { KmutilRefusal } from '../load/kmutilRefusal.ts';
import { said } from '../toolText.ts';

/** An error as Foundation prints it: what it says stands there twice. */
export function kmutilError({ number, description }: KmutilRefusal): ToolOutput {
  const info = `UserInfo={NSLocalizedDescription=${description}}`;
  return said({ stderr: [`Error Domain=KMErrorDomain Code=${number} "${description}" ${info}`], exitCode: number });
}
