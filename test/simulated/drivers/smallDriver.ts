import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bencodable } from '../../../src/simulator/bencode.ts';
import type { KernelAnswer, KernelPanic, KernelRegistryEntry } from '../../../src/simulator/kernelAnswer.ts';
import type { KernelProgram } from '../../../src/simulator/kernelProgram.ts';
import { type Replay, replay } from '../../../src/simulator/simulatedKernel.ts';
import { ProcessRunner } from '../../../src/targets/processRunner.ts';
import { prepareKernel } from '../../support/simulatedBench.ts';

const host = new ProcessRunner();
const { signal } = new AbortController();

export type Event = { readonly event: string; readonly [member: string]: Bencodable };

/** A driver of this folder as a twin: its class has the file's name, its kext is com.example.NAME. */
export interface SmallDriver {
  readonly load: Event;
  readonly unload: Event;
  readonly program: KernelProgram;
  remove(): Promise<void>;
}

/** Builds it for the kernel of this checkout, with `defines` as compiler options. */
export async function buildDriver(name: string, ...defines: readonly string[]): Promise<SmallDriver> {
  const program = await prepareKernel();
  const out = await mkdtemp(join(tmpdir(), 'kext-dev-driver-'));
  const makefile = join(import.meta.dirname, 'Makefile');
  const argv = ['-f', makefile, `NAME=${name}`, `SIMULATED_MAC=${program.folder}`, `OUT=${out}`];
  const options = defines.map(each => ` -D${each}`).join('');
  const build = await host.run(
    {
      tool: 'make',
      argv: [...argv, `CC=clang${options}`, `CXX=clang++${options}`],
      asRoot: false,
      timeoutMs: 60_000,
      parse: () => undefined,
    },
    signal,
  );
  assert.equal(build.exitCode, 0, Buffer.from(build.stderr).toString());
  const identifier = `com.example.${name}`;
  const personality = { CFBundleIdentifier: identifier, IOClass: name, IOMatchCategory: name };
  const load = {
    event: 'load',
    identifier,
    version: '1.0',
    uuid: 'A',
    twin: join(out, `${name}.twin.so`),
    size: 4096,
    dependencies: [],
    personalities: { [name]: { ...personality, IOProviderClass: 'IOResources' } },
  };
  const unload = { event: 'unload', identifier };
  return { load, unload, program, remove: () => rm(out, { recursive: true, force: true }) };
}

export const boot: Event = { event: 'boot', time: 1_700_000_000, model: 'MacSim1,1', kexts: [] };

/** A process opens the driver; its connection has the process's number. */
export const open = (service: string, pid = 1): Event => ({
  event: 'open',
  process: 'tool',
  pid,
  service,
  type: 0,
  connection: pid,
});

const calling =
  (event: string) =>
  (connection: number, selector: number, ...scalars: readonly number[]): Event => ({
    event,
    connection,
    selector,
    scalars,
    scalarOutputs: 1,
  });

export const call = calling('call');
/** The process is left inside the call. */
export const callAsync = calling('callAsync');
export const close = (connection: number): Event => ({ event: 'close', connection });
export const quit = (pid: number): Event => ({ event: 'quit', pid });
export const wait = (seconds: number): Event => ({ event: 'wait', seconds });

/** What the kernel answers to all the events of a Mac. */
export async function askMac({ program }: SmallDriver, events: readonly Event[]): Promise<Replay> {
  return replay(program.executable, events, host, signal);
}

/** The same, for a run without a panic. */
export async function runMac(driver: SmallDriver, ...events: readonly Event[]): Promise<KernelAnswer> {
  const result = await askMac(driver, events);
  assert.ok('answer' in result, JSON.stringify(result));
  return result.answer;
}

/** What the kernel answers to the boot, the load and `events`. */
export async function ask(driver: SmallDriver, events: readonly Event[]): Promise<Replay> {
  return askMac(driver, [boot, driver.load, ...events]);
}

/** As `ask`, for a run without a panic: with the results of `events` alone. */
export async function run(driver: SmallDriver, ...events: readonly Event[]): Promise<KernelAnswer> {
  const answer = await runMac(driver, boot, driver.load, ...events);
  return { ...answer, events: answer.events.slice(2) };
}

export async function panicOf(driver: SmallDriver, ...events: readonly Event[]): Promise<KernelPanic> {
  const result = await ask(driver, events);
  assert.ok('panic' in result, JSON.stringify(result));
  return result.panic;
}

/** What the last event came to. */
export function last({ events }: KernelAnswer): KernelAnswer['events'][number] {
  return events.at(-1) ?? assert.fail('nothing has happened');
}

export const isLoaded = ({ kexts }: KernelAnswer, identifier: string): boolean =>
  kexts.some(kext => kext.identifier === identifier);

/** A kext that others are linked against: it is there from the boot. */
export const library = {
  identifier: 'com.example.Library',
  version: '1',
  uuid: 'L',
  address: 4096,
  size: 4096,
  wired: 4096,
};

export const milliseconds = (answer: KernelAnswer): number => answer.clock / 1e6;

export function instances(answer: KernelAnswer, name: string): number | undefined {
  return answer.classes.find(each => each.name === name)?.count;
}

/** The first object of that class in the registry. */
export function entry(answer: KernelAnswer, name: string): KernelRegistryEntry | undefined {
  const find = (below: KernelRegistryEntry): KernelRegistryEntry | undefined =>
    below.class === name
      ? below
      : below.children.map(find).find((each): each is KernelRegistryEntry => each !== undefined);
  return find(answer.registry);
}
