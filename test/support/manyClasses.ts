import type { ListedClass } from '../../src/simulator/appleKexts.ts';
import type { KernelAnswer } from '../../src/simulator/kernelAnswer.ts';
import type { OwnKext } from '../../src/ui/session/kextView.ts';

/** Where they are declared. */
export const manyClassesFile = '/p/Many.hpp';

/** A file with so many classes of a driver, every fourth of which derives from the one before it. */
export function manyClasses(classes: number): readonly ListedClass[] {
  return Array.from({ length: classes }, (_, at) => ({
    name: nameOf(at),
    superclass: at % 4 === 3 ? nameOf(at - 1) : at % 4 === 0 ? 'IOService' : 'OSObject',
    instances: at % 3,
  }));
}

/** The last kext of the Mac as that of the window: its classes are those, all declared in one file. */
export function ownKextOf({ kexts }: KernelAnswer, classes: readonly ListedClass[]): OwnKext {
  const own = kexts.at(-1);
  const declarations = classes.map(({ name, superclass }, at) => ({
    name,
    sourceName: name,
    superclass,
    declaration: { file: manyClassesFile, line: 1 + at * linesOfClass, column: 7, endColumn: 7 + name.length },
  }));
  return {
    folder: '/p',
    otherKexts: [],
    key: '/p/Info.plist',
    infoPlistFile: '/p/Info.plist',
    bundleIdentifier: own?.identifier ?? '',
    version: own?.version ?? '',
    shortName: own?.identifier.split('.').at(-1) ?? '',
    classes: declarations.map(({ name }) => name),
    declarations,
    builtUuid: own?.uuid,
  };
}

/** The text of the file. */
export function sourceOf(classes: readonly ListedClass[]): string {
  return classes.map(({ name, superclass }) => declarationOf(name, superclass).join('\n')).join('\n');
}

function declarationOf(name: string, superclass: string): readonly string[] {
  return [
    `class ${name} : public ${superclass} {`,
    `  OSDeclareDefaultStructors(${name})`,
    'public:',
    '  virtual void free(void) override;',
    '};',
    '',
  ];
}

const linesOfClass = declarationOf('', '').length;

function nameOf(at: number): string {
  return `Part${at}`;
}
