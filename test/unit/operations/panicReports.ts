/** Panic reports of the sample kext, in the layouts of FORMATS 11. */

const uuid = '8F3A1C2D-4E5F-3A6B-8C7D-9E0F1A2B3C4D';

/** 10.15 with keepsyms=1: the functions have names. */
export const panicIn = (function_: string, symbol: string) => `*** Panic Report ***
panic(cpu 2 caller 0xffffff8012a4a8ea): "Turbine: ${function_} ran away"@/Users/dev/Turbine/Turbine.cpp:4
Backtrace (CPU 2), Frame : Return Address
0xffffff81f0423c10 : 0xffffff801291a65d mach_kernel : _handle_debugger_trap + 0x49d
0xffffff81f0423c70 : 0xffffff7f8353155c org.sample.driver.Turbine : ${symbol} + 0x6c
0xffffff81f0423cb0 : 0xffffff8012e81a2f mach_kernel : __ZN9IOService15terminateWorkerEj + 0x3af
      Kernel Extensions in backtrace:
         org.sample.driver.Turbine(1.0)[${uuid}]@0xffffff7f83530000->0xffffff7f83535fff

BSD process name corresponding to current thread: kextd

Mac OS version:
19H2026

Kernel version:
Darwin Kernel Version 19.6.0: Tue Jan 12 22:13:05 PST 2021; root:xnu-6153.141.16~1/RELEASE_X86_64
System uptime in nanoseconds: 29334199798348
last loaded kext at 28581051834: org.sample.driver.Turbine	1.0 (addr 0xffffff7f83530000, size 24576)
loaded kexts:
org.sample.driver.Turbine	1.0
`;

/** 13 on Apple silicon: an .ips file without names, in another kext's code. */
export const panicOfAnother = `{"bug_type":"210","timestamp":"2023-09-21 11:55:45.00 +0200","os_version":"macOS 13.5 (22G91)","roots_installed":0,"incident_id":"3B2C7A10-5B1E-4E0B-9D38-2F6C1A7B8C9D"}
{
  "build" : "macOS 13.5 (22G91)",
  "panicString" : "panic(cpu 0 caller 0xfffffe00135220bc): Kernel data abort. at pc 0xfffffe001327947c, lr 0xfdc0fe00148e2af8 (saved state: 0xfffffe8820216e10)\\n\\t  x0:  0x0000000000000000 x1:  0x00000000ffffffff\\n\\nDebugger message: panic\\nOS version: 22G91\\nKernel version: Darwin Kernel Version 22.6.0: Wed Jul  5 22:22:05 PDT 2023; root:xnu-8796.141.3~6\\/RELEASE_ARM64_T6000\\nPanicked task 0xfffffe2cede14bb8: 3738 pages, 5 threads: pid 322: pumpctl\\nPanicked thread: 0xfffffe2cec6ab010, backtrace: 0xfffffe8820216590, tid: 5644055\\n\\t\\t  lr: 0xfffffe0012d9a620  fp: 0xfffffe8820216610\\n\\t\\t  lr: 0xfdc0fe00148e2af8  fp: 0xfffffe88202171a0\\n      Kernel Extensions in backtrace:\\n         org.sample.driver.Pump(4.1)[${uuid}]@0xfffffe00148b6d60->0xfffffe0014912a4b\\n\\nloaded kexts:\\norg.sample.driver.Pump\\t4.1\\n"
}
`;
