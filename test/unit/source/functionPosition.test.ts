import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { functionPosition } from '../../../src/source/functionPosition.ts';

const file = '/project/Pump.cpp';

function place(text: string, className = 'Pump', methodName = 'start'): string | undefined {
  const position = functionPosition(text, file, className, methodName);
  return position && `${position.line}:${position.column}-${position.endColumn}`;
}

describe('the place of a method', () => {
  it('is its name in the definition', () => {
    assert.equal(place('#include "Pump.hpp"\n\nbool Pump::start(IOService *provider)\n{\n}'), '3:12-17');
    assert.equal(
      place('bool\nPump :: start (IOService *provider) const\n{ return super::start(provider); }'),
      '2:9-14',
    );
    assert.equal(place('bool a::Pump::start(int (*f)(int)) { return true; }'), '1:15-20');
    assert.equal(place('Pump::Pump(const Meta *m) : Base(m), x(1) {}', 'Pump', 'Pump'), '1:7-11');
  });

  it('is found in the class’s body', () => {
    const text =
      'class Other : B { void start() {} };\nclass Pump : public IOService {\n  bool start(IOService *) override { return true; }\n};';
    assert.equal(place(text), '3:8-13');
  });

  it('is none where it is only declared, called, commented or another class’s', () => {
    for (const text of [
      '',
      'class Pump : public IOService { bool start(IOService *) override; };',
      'void f() { if (Pump::start(x)) { g(); } Pump::start(x); }',
      '// bool Pump::start(IOService *) {}',
      '#if 0\nbool Pump::start(IOService *) {}\n#endif',
      'bool BigPump::start(IOService *) {}',
      'bool Pump::started(IOService *) {}',
      'class Pump { void go() { other->start(x); } };',
      'bool Pump::start(IOService *',
    ])
      assert.equal(place(text), undefined, text);
  });

  it('is the definition’s, past a call and a declaration', () => {
    assert.equal(
      place('bool f() { return Pump::start(x); }\nbool Pump::start(int);\nbool Pump::start(int) { return false; }'),
      '3:12-17',
    );
  });

  it('takes names with characters that mean something to a pattern', () => {
    assert.equal(place('a', 'Pump(', '.*'), undefined);
  });
});
