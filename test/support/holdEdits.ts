import { type DemoEdit, inStop, replace, userClientSource, withMethod } from './editDemo.ts';

/*
 * Edits of the demo's text, as a developer would make them after the hold was reported: a process has reserved the driver
 * and runs on. `cures` is true when a fresh start with the edited driver then unloads cleanly, the process still running.
 */
export const holdEdits: readonly DemoEdit[] = [
  {
    name: 'close in didTerminate()',
    cures: true,
    apply: files => withDidTerminate(files, closing),
  },
  {
    name: 'close in didTerminate(), after the superclass had its turn',
    cures: true,
    apply: files =>
      withMethod(files, {
        declaration: didTerminate.declaration,
        definition: name =>
          `bool ${name}::didTerminate(IOService *provider, IOOptionBits options, bool *defer)\n{\n    bool done = IOUserClient::didTerminate(provider, options, defer);\n${closing}    return done;\n}`,
      }),
  },
  {
    name: 'close in willTerminate()',
    cures: true,
    apply: files =>
      withMethod(files, {
        declaration: 'bool willTerminate(IOService *provider, IOOptionBits options) override;',
        definition: name =>
          `bool ${name}::willTerminate(IOService *provider, IOOptionBits options)\n{\n${closing}    return IOUserClient::willTerminate(provider, options);\n}`,
      }),
  },
  {
    name: 'close when the provider asks for it',
    cures: true,
    apply: files => withMessage(files, 'kIOMessageServiceIsRequestingClose'),
  },
  {
    name: 'close when the provider says that it was terminated',
    cures: true,
    apply: files => withMessage(files, 'kIOMessageServiceIsTerminated'),
  },
  {
    name: 'close in a helper that didTerminate() and clientClose() call',
    cures: true,
    apply: files =>
      withMethod(withDidTerminate(files, '    letGo();\n'), {
        declaration: 'void letGo();',
        definition: name => `void ${name}::letGo()\n{\n${closing}}`,
      }),
  },
  {
    name: 'close in finalize()',
    cures: true,
    apply: files =>
      withMethod(files, {
        declaration: 'bool finalize(IOOptionBits options) override;',
        definition: name =>
          `bool ${name}::finalize(IOOptionBits options)\n{\n${closing}    return IOUserClient::finalize(options);\n}`,
      }),
  },
  {
    name: 'no open at all',
    cures: true,
    apply: files =>
      replace(
        files,
        userClientSource,
        /^( *)return self->driver->open\(self\) \?.*\n/m,
        '$1return kIOReturnSuccess;\n',
      ),
  },
  {
    name: 'close in stop() only, which waits for the close',
    cures: false,
    apply: files => inStop(files, closing.trimEnd()),
  },
  {
    name: 'close in free() only',
    cures: false,
    apply: files =>
      withMethod(files, {
        declaration: 'void free() override;',
        definition: name => `void ${name}::free()\n{\n${closing}    IOUserClient::free();\n}`,
      }),
  },
  {
    name: 'didTerminate() that closes nothing',
    cures: false,
    apply: files => withDidTerminate(files, ''),
  },
  {
    name: 'didTerminate() that defers',
    cures: false,
    apply: files => withDidTerminate(files, '    *defer = true;\n'),
  },
  {
    name: 'close where another message is answered',
    cures: false,
    apply: files => withMessage(files, 'kIOMessageServiceWasClosed'),
  },
  {
    name: 'close in clientDied() only, which a terminated client’s process never reaches',
    cures: false,
    apply: files =>
      withMethod(files, {
        declaration: 'IOReturn clientDied() override;',
        definition: name => `IOReturn ${name}::clientDied()\n{\n${closing}    return IOUserClient::clientDied();\n}`,
      }),
  },
  {
    name: 'comment',
    cures: false,
    apply: files =>
      replace(files, userClientSource, /^( *)return self->driver->open/m, '$1// Closed by clientClose().\n$&'),
  },
];

const closing = '    if (driver && driver->isOpen(this))\n        driver->close(this);\n';

const didTerminate = {
  declaration: 'bool didTerminate(IOService *provider, IOOptionBits options, bool *defer) override;',
};

function withDidTerminate(files: ReadonlyMap<string, string>, body: string): Map<string, string> {
  return withMethod(files, {
    declaration: didTerminate.declaration,
    definition: name =>
      `bool ${name}::didTerminate(IOService *provider, IOOptionBits options, bool *defer)\n{\n${body}    return IOUserClient::didTerminate(provider, options, defer);\n}`,
  });
}

function withMessage(files: ReadonlyMap<string, string>, message: string): Map<string, string> {
  return withMethod(files, {
    declaration: 'IOReturn message(UInt32 type, IOService *provider, void *argument) override;',
    definition: name =>
      `IOReturn ${name}::message(UInt32 type, IOService *provider, void *argument)\n{\n    if (type == ${message}) {\n${closing}        return kIOReturnSuccess;\n    }\n    return IOUserClient::message(type, provider, argument);\n}`,
  });
}
