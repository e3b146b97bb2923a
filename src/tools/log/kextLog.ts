import { type KernelLine, readKernelLine } from '../messages/kernelLines.ts';
import type { TextFeed } from '../text/linePieces.ts';
import { kextEventFilter } from './kextEvent.ts';
import type { LogEvent, RawLogEvent } from './logEvent.ts';
import { logReader } from './logReader.ts';
import { logEventReader } from './readLogEvent.ts';

export interface KextLogOptions {
  /** Lines with nothing before their message are the kernel's, as in dmesg, and not what a tool relayed or said. */
  readonly bareIsKernel: boolean;
  readonly kept?: number;
}

/** What a text that may hold a log says about kexts, each in the order of the text. */
export interface KextLog {
  /** What the kernel said, from whichever form of the log. */
  readonly kernel: readonly KernelLine[];
  /** What the kext tools and kernelmanagerd said in the log, without what stands before it there. */
  readonly tools: readonly string[];
  /** Lines of no log: what a tool printed, where it was pasted between the lines of the log. */
  readonly said: readonly string[];
}

export interface KextLogReader extends TextFeed {
  readonly result: () => KextLog;
}

/**
 * Reads what a text says about kexts: the log in any form, what the kext tools print, or both mixed line by line. It keeps
 * the newest `kept` of each kind: no attempt to load or unload a kext takes as many.
 */
export function kextLogReader({ bareIsKernel, kept = 5000 }: KextLogOptions): KextLogReader {
  const kernel = newest<KernelLine>(kept);
  const tools = newest<string>(kept);
  const said = newest<string>(kept);
  const read = logEventReader();
  const sayAll = (lines: readonly string[]) => {
    for (const line of lines) said.add(ownCopy(line));
  };
  const ofEvent = ({ facts, process, message }: LogEvent) => {
    for (const { line, text } of facts) {
      const fact = readKernelLine({ line, text: ownCopy(text) });
      if (fact !== undefined) kernel.add(fact);
    }
    const [first = '', ...further] = message.split('\n');
    if (isKextTool(process)) for (const line of [first, ...further]) tools.add(ownCopy(line));
    // Behind the first line of a message may stand what somebody pasted there.
    else sayAll(further.filter(line => facts.every(({ text }) => text !== line)));
  };
  const ofBareLine = (text: string, line: number) => {
    const fact = bareIsKernel ? readKernelLine({ line, text: ownCopy(text) }) : undefined;
    if (fact === undefined) said.add(ownCopy(text));
    else kernel.add(fact);
  };
  const take = (raw: RawLogEvent) => {
    if (raw.form === 'bare') for (const [at, text] of raw.text.split('\n').entries()) ofBareLine(text, raw.line + at);
    else {
      const event = read(raw);
      if (typeof event === 'object') ofEvent(event);
      else if (event === undefined) sayAll(raw.text.split('\n'));
    }
  };
  const isAboutKexts = kextEventFilter();
  const reader = logReader(
    { event: take, notice: text => sayAll([text]), notUnderstood: ({ text }) => sayAll([text]) },
    { bareLines: true, wants: (form, text, from, to) => form === 'bare' || isAboutKexts(form, text, from, to) },
  );
  return { ...reader, result: () => ({ kernel: kernel.all(), tools: tools.all(), said: said.all() }) };
}

function isKextTool(process: string | undefined): boolean {
  return (
    process !== undefined &&
    /^(com\.apple\.)?(kext(d|load|unload|util|cache)|kmutil|kernelmanager(d|_helper))$/.test(process)
  );
}

/** A text that is cut out of a chunk keeps all of the chunk alive: what is kept has a text of its own. */
function ownCopy<Copied>(value: Copied): Copied {
  return JSON.parse(JSON.stringify(value)) as Copied;
}

/** Keeps the newest ones: at least `kept` of them, and fewer than twice as many. */
function newest<Each>(kept: number) {
  let all: Each[] = [];
  return {
    add: (each: Each) => {
      all.push(each);
      if (all.length >= 2 * kept) all = all.slice(-kept);
    },
    all: (): readonly Each[] => all,
  };
}

/** What a whole text says about kexts, in which a tool's lines and the log's may be mixed. */
export function parseKextLog(text: string): KextLog {
  const reader = kextLogReader({ bareIsKernel: false, kept: Number.POSITIVE_INFINITY });
  reader.feed(text);
  reader.end();
  return reader.result();
}
