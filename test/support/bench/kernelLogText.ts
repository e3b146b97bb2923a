/** A kernel log of that many lines, as `log show` prints it in one of its styles; one line in five thousand is about a kext. */
export function kernelLogText(style: 'default' | 'ndjson', lines: number): string {
  const text = Array.from({ length: lines }, (_, at) => (style === 'default' ? defaultRow(at) : object(at)));
  return text.map(line => `${line}\n`).join('');
}

const senders = ['Turbine', 'IOUSBHostFamily', 'AppleACPIPlatform', 'Sandbox', 'HFS'];
const words = [
  ...[
    'AppleUSBHostPort::resume',
    'Turbine::start',
    'port',
    'device',
    'timeout',
    'power',
    'state',
    'changed',
    'link:',
    'up',
  ],
  ...[
    'queue',
    'frame',
    'buffer',
    '(deny)',
    'file-read-data',
    '/dev/turbine0',
    '0xe00002ed',
    'rotor',
    'stalled',
    'retry',
  ],
];

function message(at: number): string {
  if (at % 5000 === 500) return 'Kext org.sample.driver.Turbine did not stop (return code 0x5).';
  // Any numbers will do that are not the same from line to line.
  return Array.from({ length: 4 + ((at * 7) % 9) }, (_, word) => words[(at * 31 + word * 17) % words.length]).join(' ');
}

function time(at: number): string {
  return `2026-05-15 11:${pad(at % 60, 2)}:${pad((at * 13) % 60, 2)}.${pad((at * 7919) % 1_000_000, 6)}+0530`;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function defaultRow(at: number): string {
  const columns = `${time(at)} 0x${(0x800 + (at % 5000)).toString(16).padEnd(8)} Default     0x0                 `;
  if (at % 20 === 7) return `${columns} 73     0    powerd: [powerd:sleepWake] ${message(at + 1)}`;
  const sender = at % 5000 === 500 ? '' : `(${senders[at % senders.length]}) `;
  return `${columns} 0      0    kernel: ${sender}${message(at)}`;
}

function object(at: number): string {
  const uuid = 'A0B1C2D3-0000-4000-8000-000000000000';
  const event = {
    traceID: 17_179_869_188 + at,
    eventMessage: message(at),
    eventType: 'logEvent',
    source: null,
    formatString: '%s: %s',
    activityIdentifier: 0,
    subsystem: '',
    category: '',
    threadID: 2048 + (at % 5000),
    senderImageUUID: uuid,
    backtrace: { frames: [{ imageOffset: (at * 97) % 100_000, imageUUID: uuid }] },
    bootUUID: '',
    processImagePath: at % 20 === 7 ? '/usr/libexec/powerd' : '/kernel',
    timestamp: time(at),
    senderImagePath: '/Library/Extensions/Turbine.kext/Contents/MacOS/Turbine',
    machTimestamp: 123_456_789_012 + at,
    messageType: 'Default',
    processImageUUID: uuid,
    processID: at % 20 === 7 ? 73 : 0,
    senderProgramCounter: (at * 97) % 100_000,
    parentActivityIdentifier: 0,
    timezoneName: '',
  };
  return JSON.stringify(event).replaceAll('/', '\\/');
}
