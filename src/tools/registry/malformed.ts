/** Thrown inside the readers of a property list, and caught there: why the text is none. */
export class Malformed extends Error {}
