import fc from 'fast-check';
import { hasUnknownClass } from '../../../../src/model/registryEntry.ts';
import type { KernelAnswer } from '../../../../src/simulator/kernelAnswer.ts';
import { ioclasscount } from '../../../../src/simulator/tools/ioclasscount.ts';
import { ioreg } from '../../../../src/simulator/tools/ioreg.ts';
import { kmutilArguments } from '../../../../src/simulator/tools/kextShim.ts';
import { kextstat } from '../../../../src/simulator/tools/kextstat.ts';
import { kmutilShowloaded } from '../../../../src/simulator/tools/kmutilShowloaded.ts';
import { parseIoclasscount } from '../../../../src/tools/ioclasscount.ts';
import { parseIoregTree } from '../../../../src/tools/ioreg.ts';
import { parseIoregArchive } from '../../../../src/tools/ioregArchive.ts';
import { parseKextstat } from '../../../../src/tools/kextstat.ts';
import type { ToolOutput } from '../../../../src/tools/port/toolOutput.ts';
import type { Capture } from '../../tools/captures.ts';
import { kernelAnswer } from '../kernelAnswers.ts';
import { heldCounts } from './heldCounts.ts';
import { heldKexts } from './heldKexts.ts';
import { heldTrees, kernelRoot } from './heldRegistry.ts';

/** What became of a capture that was read, put into a simulated kernel, and asked for again. */
export interface RenderedCapture {
  /** As the capture was read. */
  readonly records: readonly unknown[];
  /** As the kernel can hold them, and what it cannot. */
  readonly held: readonly unknown[];
  readonly unheld: readonly string[];
  /** What the Simulated Mac's tool prints. */
  readonly output: ToolOutput;
}

const renderers: Readonly<Record<string, (capture: Capture) => RenderedCapture>> = {
  kextstat: renderKexts,
  'kmutil-showloaded': renderKexts,
  ioclasscount: renderCounts,
  ioreg: capture => renderTrees(capture, parseIoregTree),
  'ioreg-archive': capture => renderTrees(capture, parseIoregArchive),
};

/** True for a list or tree, which the Simulated Mac prints of what its kernel holds. */
export function isRendered({ tool }: Capture): boolean {
  return tool in renderers;
}

/** Asks the tool of the capture's system, with the capture's arguments. Throws RangeError where isRendered() is false. */
export function renderedCapture(capture: Capture): RenderedCapture {
  const render = renderers[capture.tool];
  if (render === undefined) throw new RangeError(`the Simulated Mac has no list of ${capture.tool}`);
  return render(capture);
}

function renderKexts({ tool, argv, macos, text }: Capture): RenderedCapture {
  const { records } = parseKextstat(text);
  const withKmutil = Number.parseInt(macos, 10) >= 11;
  const { records: held, kernel, unheld } = heldKexts(records, withKmutil);
  const answer = { ...anyAnswer(), kexts: kernel };
  if (!withKmutil) return { records, held, unheld, output: kextstat(answer, argv) };
  // Where the corpus gives a form and no command, ID stands for the identifier.
  const [, ...asked] = tool === 'kextstat' ? (kmutilArguments(tool, argv) ?? []) : argv;
  const named = asked.map(word => (word === 'ID' ? (records[0]?.bundleIdentifier ?? word) : word));
  return { records, held, unheld, output: kmutilShowloaded(answer, named) };
}

function renderCounts({ argv, text }: Capture): RenderedCapture {
  const { records } = parseIoclasscount(text);
  const { records: held, kernel, unheld } = heldCounts(records);
  const asked = argv.filter(name => held.some(each => each.name === name));
  return { records, held, unheld, output: ioclasscount({ ...anyAnswer(), classes: kernel }, asked) };
}

function renderTrees({ argv, text }: Capture, parse: typeof parseIoregTree): RenderedCapture {
  // An object whose own line is not there has no place in a kernel.
  const records = parse(text).records.filter(root => !hasUnknownClass(root));
  const { records: held, kernel, unheld } = heldTrees(records, text);
  const plane = argv.indexOf('-p');
  // The simulated kernel has one plane, and an object's place in another can stand in it.
  const asked = plane === -1 ? argv : argv.toSpliced(plane, 2);
  const output = ioreg({ ...anyAnswer(), registry: kernelRoot(kernel) }, asked);
  return { records, held, unheld: plane === -1 ? unheld : [`the plane ${argv[plane + 1]}`, ...unheld], output };
}

/** Whatever a tool may not look at. */
function anyAnswer(): KernelAnswer {
  const [answer] = fc.sample(kernelAnswer, { numRuns: 1, seed: 1 });
  if (answer === undefined) throw new RangeError('no sample');
  return answer;
}
