const foreign: readonly RegExp[] = [
  // Bytes that no log prints: tabs and the escapes of colours aside.
  /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\ufffd]/,
  // log(1) itself, about what it could not do.
  /^log: /,
  // kextstat, kmutil showloaded
  /^\s*Index Refs Address /,
  /^\s*(\d+|\?\?)\s+(\d+|\?\?)\s+(0x[0-9a-f]+|0)\s+(0x[0-9a-f]+|0)\s/,
  // ioreg
  /^[\s|]*\+-o .*<class /,
  /^(\s*\|)+\s*([{}]|"[^"]+" = .*)?$/,
];

const cutOff: readonly RegExp[] = [
  /^\s*"[^"]+"\s*:\s*(["{[\d]|true|false|null)/,
  /^\s*[\]}],?\s*[[{]?\s*$/,
  /^\s*<\/?(\?xml|!DOCTYPE|plist|dict|array|key|string|integer|data|true|false)\b.*>\s*$/,
];

/** True for a line that is evidently of no log, wherever it stands: half a table of a tool, bytes that no log prints. */
export function isForeignLine(text: string): boolean {
  return foreign.some(pattern => pattern.test(text));
}

/** True for a line of JSON or a property list. Where it begins no event and goes on with none, its document is cut off. */
export function isOfCutDocument(text: string): boolean {
  return cutOff.some(pattern => pattern.test(text));
}
