import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kernelFunctionName } from '../../../src/simulator/kernelFunctionName.ts';

describe('a function of the simulated kernel in a backtrace', () => {
  for (const name of [
    'IOService::start(IOService*)',
    'OSObject::operator new(unsigned long)',
    '_IOServiceNotifier::remove()',
    'IOFree',
    'IOCommandGate::runAction(int (*)(OSObject*, void*, void*, void*, void*), void*, void*, void*, void*)',
    'bool IOService::each<OSDictionary>(OSDictionary*)',
    'thread_call_enter1_delayed',
    'clock_get_uptime',
  ])
    it(`is told where a Mac's kernel has it, too: ${name}`, () => {
      assert.equal(kernelFunctionName(name), name);
    });

  it('has the name that it has there', () => {
    assert.equal(kernelFunctionName('kernel_printf'), 'printf');
    assert.equal(kernelFunctionName('kernel_panic(char const*, ...)'), 'panic(char const*, ...)');
  });

  for (const name of [
    'std::_Function_handler<void (), kernel::runEvent(OSDictionary const*, bool)::$_1>::_M_invoke(std::_Any_data const&)',
    'void std::vector<OSSharedPtr<IOService>>::push_back(OSSharedPtr<IOService>&&)',
    'std::function<void (IOService*)>::operator()(IOService*) const',
    '__gnu_cxx::__normal_iterator<IOService**>::operator*() const',
    '(anonymous namespace)::runBody()',
    'IOWorkLoop::runAction(void*)::$_0::operator()() const',
    'kernel::logText(char const*, __va_list_tag*)',
    'Connections::call(unsigned long, Call&)',
    'Matching::isIdle()',
    'Kexts::all[abi:cxx11]()',
    'fibers::run()',
    'kernel_functionReturns',
    'loadTwin',
    'main',
    '',
  ])
    it(`is left out where it is plumbing of user space: ${name}`, () => {
      assert.equal(kernelFunctionName(name), undefined);
    });
});
