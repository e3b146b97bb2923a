/** The name, which a class can have; it goes into the arguments of a tool. @throws RangeError for any other text. */
export function requireClassName(name: string): string {
  if (!/^[A-Za-z_$][\w$:]*$/.test(name)) throw new RangeError(`"${name}" is no class name`);
  return name;
}
