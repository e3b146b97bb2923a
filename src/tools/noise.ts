const noise: readonly RegExp[] = [
  /^Executing: \/usr\/bin\/kmutil /,
  /^No variant specified, falling back to release$/,
  /^Defaulting to kernel file '/,
  /^Notice: /,
  /^(Password|\[sudo\] password for \S+): ?$/,
  /^sudo: unable to resolve host /,
  // After a wrong password; what comes of the next one is said, too.
  /^Sorry, try again\.$/,
  // Where somebody left lines out.
  /^\s*(\.{3}|…\.?)\s*$/,
  // A prompt with the command behind it, as people paste them.
  /^\S*[$#%>] (sudo )?(\S*\/)?(kext|kmutil|ioreg|ioclasscount|sw_vers|sysctl)/,
];

const anyNoise = new RegExp(noise.map(({ source }) => source).join('|'));

/** True for lines that the kext tools, their kmutil shims and sudo print around every answer, and for pasted prompts. */
export function isNoise(text: string): boolean {
  return anyNoise.test(text);
}
