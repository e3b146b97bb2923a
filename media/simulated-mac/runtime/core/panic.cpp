#include "panic.h"

#include "../kernel.h"
#include "fibers.h"
#include "json.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

namespace kernel {

namespace {
constexpr int panicStatus = 70;
constexpr size_t stackSize = 1024 * 1024, guardSize = stackSize;
constexpr int maximumFrames = 48;
constexpr int maximumImages = 4096;
constexpr uintptr_t freedPattern = 0xdbdbdbdbdbdbdbdb;

const Image *images[maximumImages];
int imageCount;
unsigned eventIndex;
/// Its lowest address that can be read is higher than was said when the stack has just overflowed.
Stack stack;

struct Registers {
    uintptr_t pc, frame, stack;
    /// Where the caller's address is while a function has no frame yet.
    uintptr_t caller;
    /// One of them points into memory that was freed.
    bool freed;
};

struct Backtrace {
    uintptr_t addresses[maximumFrames];
    int count;
};

const Image *imageAt(uintptr_t address) {
    for (int i = 0; i < imageCount; i++)
        if (address >= images[i]->low && address < images[i]->high) return images[i];
    return nullptr;
}

bool isInStackArea(uintptr_t address) { return address < stack.top && address >= stack.low - guardSize; }

bool inStack(uintptr_t address) {
    return address % sizeof(uintptr_t) == 0 && address >= stack.low && address < stack.top;
}

Registers registersOf(const ucontext_t *context) {
    Registers registers = {};
#if defined(__x86_64__)
    const greg_t *values = context->uc_mcontext.gregs;
    registers.pc = static_cast<uintptr_t>(values[REG_RIP]);
    registers.frame = static_cast<uintptr_t>(values[REG_RBP]);
    registers.stack = static_cast<uintptr_t>(values[REG_RSP]);
    if (inStack(registers.stack))
        memcpy(&registers.caller, reinterpret_cast<void *>(registers.stack), sizeof registers.caller);
    for (int i = REG_R8; i <= REG_RIP; i++)
        registers.freed |= static_cast<uintptr_t>(values[i]) - freedPattern < 0x10000;
#elif defined(__aarch64__)
    registers.pc = context->uc_mcontext.pc;
    registers.frame = context->uc_mcontext.regs[29];
    registers.stack = context->uc_mcontext.sp;
    registers.caller = context->uc_mcontext.regs[30];
    for (uintptr_t value : context->uc_mcontext.regs) registers.freed |= value - freedPattern < 0x10000;
#endif
    return registers;
}

void add(Backtrace &backtrace, uintptr_t address) {
    if (backtrace.count < maximumFrames) backtrace.addresses[backtrace.count++] = address;
}

/// Follows the frame pointers, outwards. A return address is moved back into the call that it belongs to.
void walk(Backtrace &backtrace, uintptr_t frame) {
    while (inStack(frame) && backtrace.count < maximumFrames) {
        const uintptr_t *words = reinterpret_cast<const uintptr_t *>(frame);
        if (imageAt(words[1])) add(backtrace, words[1] - 1);
        if (words[0] <= frame) break;
        frame = words[0];
    }
}

/// The innermost frame record that is found on the stack, for code that keeps no frame pointer.
uintptr_t findFrame(uintptr_t from) {
    for (uintptr_t at = from; inStack(at + sizeof at); at += sizeof at) {
        const uintptr_t *words = reinterpret_cast<const uintptr_t *>(at);
        if (inStack(words[0]) && words[0] > at && imageAt(words[1])) return at;
    }
    return 0;
}

/// Deep inside libc the stack is searched. A function of it that calls no other has no frame, nor has one whose first
/// instruction faulted: their caller is added by itself.
Backtrace backtraceOf(const Registers &registers) {
    Backtrace backtrace = {};
    const Image *image = imageAt(registers.pc);
    if (image) add(backtrace, registers.pc);
    if ((!image || image->unloaded) && imageAt(registers.caller)) add(backtrace, registers.caller - 1);
    walk(backtrace, image || imageAt(registers.caller) ? registers.frame : findFrame(registers.stack));
    return backtrace;
}

void writePanic(const char *reason, const Backtrace &backtrace) {
    const Image *culprit = nullptr;
    for (int i = 0; i < backtrace.count && (!culprit || !culprit->kext); i++) culprit = imageAt(backtrace.addresses[i]);
    json::member("reason", reason);
    json::member("event", uint64_t{eventIndex});
    json::member("kext", culprit ? culprit->kext : nullptr);
    json::member("thread", fibers::currentName());
    json::key("log");
    writeLog();
    json::key("frames");
    json::array([&] {
        for (int i = 0; i < backtrace.count; i++) {
            const Image *image = imageAt(backtrace.addresses[i]);
            json::object([&] {
                json::member("image", image->path);
                json::member("offset", uint64_t{backtrace.addresses[i] - image->low});
            });
        }
    });
}

[[noreturn]] void report(const char *reason, const Backtrace &backtrace) {
    json::restart();
    json::object([&] {
        json::key("panic");
        json::object([&] { writePanic(reason, backtrace); });
    });
    json::flush();
    _exit(panicStatus);
}

/// Words of xnu's trap messages, without what differs from run to run. NULL where the address tells more.
constexpr struct {
    int signal;
    const char *reason;
} traps[] = {
    {SIGVTALRM, "watchdog: the event took more than a second of CPU time"},
    {SIGFPE, "Kernel trap, type 0=divide error"},
    {SIGTRAP, "Kernel trap, type 3=int3 instruction"},
    {SIGILL, "Kernel trap, type 6=undefined opcode"},
    {SIGABRT, "abort"},
    {SIGSEGV, nullptr},
    {SIGBUS, nullptr},
};

const char *describe(const siginfo_t *info, const Registers &registers) {
    static char buffer[256];
    uintptr_t address = reinterpret_cast<uintptr_t>(info->si_addr);
    const Image *image = imageAt(registers.pc);
    for (const auto &trap : traps)
        if (trap.signal == info->si_signo && trap.reason) return trap.reason;
    if (isInStackArea(address)) return "Kernel trap, type 8=double fault: kernel stack overflow";
    if (image && image->unloaded)
        snprintf(buffer, sizeof buffer, "Kernel trap, type 14=page fault: code of %s was run after its unload",
                 image->kext);
    else if (registers.freed)
        return "Kernel trap, type 13=general protection: a freed object was used";
    else if (info->si_code == SEGV_MAPERR && address < 65536)
        snprintf(buffer, sizeof buffer, "Kernel trap, type 14=page fault: NULL pointer, CR2: 0x%016lx", address);
    else
        return "Kernel trap, type 14=page fault";
    return buffer;
}

void onFault(int signal, siginfo_t *info, void *context) {
    uintptr_t address = reinterpret_cast<uintptr_t>(info->si_addr);
    if (isInStackArea(address)) stack.low = (address | 4095) + 1;
    Registers registers = registersOf(static_cast<const ucontext_t *>(context));
    // A breakpoint reports the instruction after it.
    registers.pc -= signal == SIGTRAP;
    report(describe(info, registers), backtraceOf(registers));
}
} // namespace

void addImage(const Image &image) {
    if (imageCount == maximumImages) panic("too many kexts were loaded in one run");
    images[imageCount++] = &image;
}

void catchFaults(const void *frame) {
    stack.top = reinterpret_cast<uintptr_t>(frame) + 2 * sizeof(uintptr_t);
    stack.low = stack.top - stackSize;
    rlimit limit = {stackSize, stackSize};
    setrlimit(RLIMIT_STACK, &limit);

    static char handlerStack[64 * 1024];
    stack_t alternative = {};
    alternative.ss_sp = handlerStack;
    alternative.ss_size = sizeof handlerStack;
    sigaltstack(&alternative, nullptr);

    struct sigaction action = {};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (const auto &trap : traps) sigaction(trap.signal, &action, nullptr);
}

Stack useStack(Stack next) {
    Stack before = stack;
    stack = next;
    return before;
}

void beginEvent(unsigned index) {
    eventIndex = index;
    clearLog();
    itimerval oneSecond = {{0, 0}, {1, 0}};
    setitimer(ITIMER_VIRTUAL, &oneSecond, nullptr);
}
} // namespace kernel

void panic(const char *format, ...) {
    char reason[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    kernel::Backtrace backtrace = {};
    kernel::walk(backtrace, reinterpret_cast<uintptr_t>(__builtin_frame_address(0)));
    kernel::report(reason, backtrace);
}
