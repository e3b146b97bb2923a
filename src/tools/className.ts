/** @throws RangeError for what no class can be called: it goes into the arguments of a tool. */
export function requireClassName(name: string): void {
  if (!/^[A-Za-z_$][\w$:]*$/.test(name)) throw new RangeError(`"${name}" is no class name`);
}
