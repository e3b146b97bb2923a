/**
 * The prompts of macOS's own shells. A folder may have blanks:
 *   dev@mac ~ %            zsh, with `#` for root and, behind what conda writes, `(base) dev@mac ~ %`
 *   Mac:~ dev$             bash
 *   sh-3.2#                root's sh
 */
const ownPrompt = String.raw`(?:\([\w.-]+\) )?(?:[\w.-]+@[\w.-]+ [^%#$>]{1,99} [%#]|[\w.-]+:(?! )[^%#$>]{1,99} [\w.-]+[$#]|(?:ba|z)?sh-\d+\.\d+[$#])`;

/** Those, and whatever else people have for one. */
const anyPrompt = String.raw`${ownPrompt} |\S*[$#%>] `;

const command = String.raw`(?:sudo (?:-\w+ )*)?(?:\S*\/)?(?:kext|kmutil|ioreg|ioclasscount|sw_vers|sysctl|log (?:show|stream|collect|config)\b|dmesg\b|nvram |csrutil |spctl |xcodebuild\b|xcrun )`;

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
  new RegExp(`^(?:${anyPrompt})${command}`),
  // A prompt that waits, at the end of a paste.
  new RegExp(`^(?:${ownPrompt}) ?$`),
];

const anyNoise = new RegExp(noise.map(({ source }) => source).join('|'));

/** True for lines that the kext tools, their kmutil shims and sudo print around every answer, and for pasted prompts. */
export function isNoise(text: string): boolean {
  return anyNoise.test(text);
}
