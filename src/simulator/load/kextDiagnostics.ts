/** A group of what kextutil(8) -t prints (IOKitUser, OSKext.c), in the order of the printout. */
export const diagnosticSections = [
  'Validation Failures',
  'Authentication Failures',
  'Dependency Resolution Failures',
  'Warnings',
] as const;

export type DiagnosticSection = (typeof diagnosticSections)[number];

/** What was found about a kext. A finding without a value is told by its text alone. */
export class KextDiagnostics {
  readonly #found = new Map<DiagnosticSection, Map<string, string[]>>();

  add(section: DiagnosticSection, text: string, value?: string): void {
    const texts = this.#found.get(section) ?? new Map<string, string[]>();
    const values = texts.get(text) ?? [];
    if (value !== undefined && !values.includes(value)) values.push(value);
    this.#found.set(section, texts.set(text, values));
  }

  has(section: DiagnosticSection): boolean {
    return this.#found.has(section);
  }

  /** True where a section has nothing but this text. */
  isOnly(section: DiagnosticSection, text: string): boolean {
    const texts = this.#found.get(section);
    return texts?.size === 1 && texts.has(text);
  }

  /** What a section holds, one line for each value. */
  findings(section: DiagnosticSection): readonly string[] {
    return [...(this.#found.get(section) ?? [])].flatMap(([text, values]) =>
      values.length === 0 ? [text] : values.map(value => `${text}: ${value}`),
    );
  }

  /** The printout: sections at the margin, texts below them by 4 and values by 8, a blank line after each section. */
  lines(sections: readonly DiagnosticSection[] = diagnosticSections): readonly string[] {
    return sections.flatMap(section => {
      const texts = [...(this.#found.get(section) ?? [])];
      if (texts.length === 0) return [];
      return [`${section}: `, ...texts.flatMap(([text, values]) => printed(text, values)), ''];
    });
  }
}

function printed(text: string, values: readonly string[]): readonly string[] {
  if (values.length === 0) return [`    ${text}`];
  return [`    ${text}: `, ...values.map(value => `        ${value}`)];
}
