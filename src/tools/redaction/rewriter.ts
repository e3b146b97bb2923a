import type { Capture } from '../captures/captureFile.ts';
import { OtherVendors, type OwnNames } from './otherVendors.ts';
import { rewritePaths } from './paths.ts';
import { rewritePrivateValues, type Visit } from './privateValues.ts';
import { appleProcesses, rewriteCreators, rewriteNamedProcesses, rewriteProcesses } from './processes.ts';
import { buildUuids, rewriteUuids } from './uuids.ts';

/** Rewrites what a text shows to be private, by the tool that printed it. */
export type Rewriter = (tool: string, text: string, visit: Visit) => string;

/** The rewriter for captures that belong together: which processes and builds are Apple's, one says of the other. */
export function rewriterOf(captures: readonly Capture[], own: OwnNames): Rewriter {
  const vendors = new OtherVendors(own);
  const apple = appleProcesses(captures.filter(({ tool }) => tool === 'ps').map(({ stdout }) => stdout));
  const lists = captures.filter(({ tool }) => /kextstat|showloaded/.test(tool));
  const builds = new Set(lists.flatMap(({ stdout }) => buildUuids(stdout, vendors)));
  return (tool, text, visit) => {
    const values = rewritePrivateValues(text, visit);
    const uuids = rewriteUuids(values, builds, visit);
    const processes = rewriteNamedProcesses(rewriteCreators(uuids, apple, visit), apple, visit);
    return tool === 'ps' ? rewriteProcesses(processes, vendors, apple, visit) : rewritePaths(processes, vendors, visit);
  };
}
