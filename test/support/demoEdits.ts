import { type DemoEdit, fileOf, inStop, replace, userClientHeader, userClientSource, withMethod } from './editDemo.ts';

/**
 * Every edit finds its place by structure: the demo's classes and files may have been renamed. Each compiles.
 */
export const demoEdits: readonly DemoEdit[] = [
  {
    name: 'release in stop()',
    cures: true,
    apply: files => inStop(files, '    motor->release();'),
  },
  {
    name: 'OSSafeReleaseNULL in stop()',
    cures: true,
    apply: files => inStop(files, '    OSSafeReleaseNULL(motor);'),
  },
  {
    name: 'release in stop() behind a test',
    cures: true,
    apply: files => inStop(files, '    if (motor) {\n        motor->release();\n        motor = nullptr;\n    }'),
  },
  {
    name: 'release in free()',
    cures: true,
    apply: files =>
      withMethod(files, {
        declaration: 'void free() override;',
        definition: name => `void ${name}::free()\n{\n    OSSafeReleaseNULL(motor);\n    IOUserClient::free();\n}`,
      }),
  },
  {
    name: 'release in finalize()',
    cures: true,
    apply: files =>
      withMethod(files, {
        declaration: 'bool finalize(IOOptionBits options) override;',
        definition: name =>
          `bool ${name}::finalize(IOOptionBits options)\n{\n    OSSafeReleaseNULL(motor);\n    return IOUserClient::finalize(options);\n}`,
      }),
  },
  {
    name: 'release in a helper that stop() calls',
    cures: true,
    apply: files =>
      withMethod(inStop(files, '    letGo();'), {
        declaration: 'void letGo();',
        definition: name => `void ${name}::letGo()\n{\n    OSSafeReleaseNULL(motor);\n}`,
      }),
  },
  {
    name: 'release in clientClose()',
    cures: true,
    apply: files => replace(files, userClientSource, /^( *)terminate\(\);\n/m, '$1OSSafeReleaseNULL(motor);\n$&'),
  },
  {
    name: 'no retain at all',
    cures: true,
    apply: files => replace(files, userClientSource, retainLine, ''),
  },
  {
    name: 'OSSharedPtr member, reset in stop()',
    cures: true,
    apply: files => inStop(withSharedPointer(files), '    motor.reset();'),
  },
  {
    name: 'OSSharedPtr member, released by the destructor',
    cures: true,
    apply: withSharedPointer,
  },
  {
    name: 'comment',
    cures: false,
    apply: files => replace(files, userClientSource, retainLine, '    // Balanced by motor->release() in stop().\n$&'),
  },
  {
    name: 'release in a function that nobody calls',
    cures: false,
    apply: files =>
      withMethod(files, {
        declaration: 'void letGo();',
        definition: name => `void ${name}::letGo()\n{\n    OSSafeReleaseNULL(motor);\n}`,
      }),
  },
  {
    name: 'second retain',
    cures: false,
    apply: files => replace(files, userClientSource, retainLine, '$&$&'),
  },
  {
    name: 'renamed class',
    cures: false,
    apply: renameMotor,
  },
  {
    name: 'release in clientDied() only, which a process that closes never reaches',
    cures: false,
    apply: files =>
      withMethod(files, {
        declaration: 'IOReturn clientDied() override;',
        definition: name =>
          `IOReturn ${name}::clientDied()\n{\n    OSSafeReleaseNULL(motor);\n    return IOUserClient::clientDied();\n}`,
      }),
  },
  {
    name: 'release where start() fails',
    cures: false,
    apply: files =>
      replace(
        files,
        userClientSource,
        /^( *if \(!driver.*\))\n( *)return false;\n/m,
        '$1 {\n$2OSSafeReleaseNULL(motor);\n$2return false;\n    }\n',
      ),
  },
  {
    name: 'pointer set to NULL in stop()',
    cures: false,
    apply: files => inStop(files, '    motor = NULL;'),
  },
  {
    name: 'release inside #if 0',
    cures: false,
    apply: files => inStop(files, '#if 0\n    motor->release();\n#endif'),
  },
  {
    name: 'OSSharedPtr that gives its reference up',
    cures: false,
    apply: files =>
      replace(
        replace(files, userClientSource, retainLine, ''),
        userClientSource,
        /^( *)motor = driver->getMotor\(\);\n/m,
        `$1motor = OSSharedPtr<${motorClass(files)}>(driver->getMotor(), OSRetain).detach();\n`,
        '#include <libkern/c++/OSSharedPtr.h>\n',
      ),
  },
  {
    name: 'licence text that moves every line',
    cures: false,
    apply: files => replace(files, motorHeader, /^/, '// Copyright (c) the authors.\n// All rights reserved.\n\n'),
  },
];

const motorHeader = /^class (\w+) : public OSObject \{/m;
const retainLine = /^ *motor->retain\(\);\n/m;

/** The motor held by a smart pointer, which takes its own reference. */
function withSharedPointer(files: ReadonlyMap<string, string>): Map<string, string> {
  const member = replace(
    files,
    userClientHeader,
    /^( *)(\w+) \*motor;\n/m,
    '$1OSSharedPtr<$2> motor;\n',
    '#include <libkern/c++/OSSharedPtr.h>\n',
  );
  return replace(
    replace(member, userClientSource, retainLine, ''),
    userClientSource,
    /^( *)motor = driver->getMotor\(\);\n/m,
    '$1motor.reset(driver->getMotor(), OSRetain);\n',
  );
}

function motorClass(files: ReadonlyMap<string, string>): string {
  return fileOf(files, motorHeader)[2][1] ?? '';
}

/** Another name for the motor's class, everywhere but in the names of files. */
function renameMotor(files: ReadonlyMap<string, string>): Map<string, string> {
  const name = motorClass(files);
  const everywhere = new RegExp(`\\b${name}\\b(?!\\.hpp)`, 'g');
  return new Map(
    [...files].map(([file, text]) => [
      file,
      /\.(cpp|hpp|c)$/.test(file) ? text.replace(everywhere, `${name}Unit`) : text,
    ]),
  );
}
