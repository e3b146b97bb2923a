#include "panic.h"

#include "../kernel.h"
#include "fibers.h"
#include "json.h"
#include "sanitizer.h"

#include <csignal>
#include <cstdio>
#include <new>
#include <sys/resource.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

#if defined(__x86_64__)
#define REGISTERS uc_mcontext.gregs
#define PC uc_mcontext.gregs[REG_RIP]
#elif defined(__aarch64__)
#define REGISTERS uc_mcontext.regs
#define PC uc_mcontext.pc
#endif

namespace kernel {

namespace {
constexpr int panicStatus = 70;
constexpr size_t stackSize = 1024 * 1024, guardSize = stackSize;
/// More than IOMalloc gives: the kernel has memory still when a driver has none.
constexpr rlim_t maximumData = 1024 * 1024 * 1024;
constexpr int maximumFrames = 48, deepestStack = 8192, maximumImages = 4096;
constexpr uintptr_t freedPattern = 0xdbdbdbdbdbdbdbdb;
/// Of the timer: the first after half a second, then one each tenth.
constexpr unsigned ticksOfASecond = 6, maximumTicks = 4 * ticksOfASecond;

const Image *images[maximumImages];
int imageCount;
unsigned eventIndex, ticks;
/// Its lowest address that can be read is higher than was said when the stack has just overflowed.
Stack stack;

/// A call that hasn't come back: where it is, where its function begins, and how far down the stack reached.
struct Frame {
    uintptr_t address, function, stack;
};

// Innermost first, from the one whose stack reaches down to `lowest`; told from the first one that says something.
Frame frames[deepestStack + 1];
int firstFrame, frameCount;
uintptr_t lowest;

const Image *imageAt(uintptr_t address) {
    for (int i = 0; i < imageCount; i++)
        if (address >= images[i]->low && address < images[i]->high) return images[i];
    return nullptr;
}

bool isInStackArea(uintptr_t address) { return address < stack.top && address >= stack.low - guardSize; }

/// From a place that is in no function, as NULL that was called, back into the call that led there.
void leaveUnknownPlace(ucontext_t *context) {
#if defined(__x86_64__)
    greg_t &top = context->uc_mcontext.gregs[REG_RSP];
    if (!isInStackArea(static_cast<uintptr_t>(top)) || static_cast<uintptr_t>(top) < stack.low) return;
    context->PC = *reinterpret_cast<const greg_t *>(top) - 1;
    top += sizeof top;
#elif defined(__aarch64__)
    context->PC = context->uc_mcontext.regs[30] - 1;
#endif
}

/// A return address is moved back into the call that it belongs to. Frames of libc are passed over, as are those of a
/// signal's handler, which has a stack of its own.
_Unwind_Reason_Code addFrame(_Unwind_Context *context, void *) {
    int isExact = 0;
    uintptr_t address = _Unwind_GetIPInfo(context, &isExact) - (isExact ? 0 : 1), low = _Unwind_GetCFA(context);
    uintptr_t start = _Unwind_GetRegionStart(context);
    if (imageAt(address) && isInStackArea(low) && low >= lowest)
        frames[frameCount++] = {address, imageAt(start) ? start : address, low};
    return frameCount < deepestStack ? _URC_NO_REASON : _URC_END_OF_STACK;
}

[[noreturn]] void report(const char *reason) {
    const Image *culprit = nullptr;
    int end = MIN(frameCount, firstFrame + maximumFrames);
    for (int i = firstFrame; i < end && (!culprit || !culprit->kext); i++) culprit = imageAt(frames[i].address);
    json::restart();
    json::open("{");
    json::key("panic");
    json::open("{");
    json::member("reason", reason);
    json::member("event", uint64_t{eventIndex});
    json::member("kext", culprit ? culprit->kext : nullptr);
    json::member("thread", fibers::currentName());
    json::key("log");
    writeLog();
    json::key("frames");
    json::array([&] {
        for (int i = firstFrame; i < end; i++) {
            const Image *image = imageAt(frames[i].address);
            json::object([&] {
                json::member("image", image->path);
                json::member("offset", uint64_t{frames[i].address - image->low});
            });
        }
    });
    json::close("}");
    json::close("}");
    json::flush();
    _exit(panicStatus);
}

/// Words of xnu's trap messages, without what differs from run to run. NULL where the address tells more.
constexpr struct {
    int signal;
    const char *reason;
} traps[] = {
    {SIGPROF, "watchdog: the event took more than a second of CPU time"},
    {SIGFPE, "Kernel trap, type 0=divide error"},
    {SIGTRAP, "Kernel trap, type 3=int3 instruction"},
    {SIGILL, "Kernel trap, type 6=undefined opcode"},
    {SIGABRT, "abort"},
    {SIGSEGV, nullptr},
    {SIGBUS, nullptr},
};

const char *describe(const siginfo_t *info, const ucontext_t *context) {
    static char buffer[256];
    uintptr_t address = reinterpret_cast<uintptr_t>(info->si_addr);
    const Image *image = imageAt(static_cast<uintptr_t>(context->PC));
    bool freed = false;
    for (auto value : context->REGISTERS) freed |= static_cast<uintptr_t>(value) - freedPattern < 0x10000;
    for (const auto &trap : traps)
        if (trap.signal == info->si_signo && trap.reason) return trap.reason;
    if (isInStackArea(address)) return "Kernel trap, type 8=double fault: kernel stack overflow";
    if (image && image->unloaded)
        snprintf(buffer, sizeof buffer, "Kernel trap, type 14=page fault: code of %s was run after its unload",
                 image->kext);
    else if (freed)
        return "Kernel trap, type 13=general protection: a freed object was used";
    else if (info->si_code == SI_KERNEL)
        return "Kernel trap, type 13=general protection";
    else if (info->si_code == SEGV_MAPERR && address < 65536)
        snprintf(buffer, sizeof buffer, "Kernel trap, type 14=page fault: NULL pointer, CR2: 0x%016lx", address);
    else
        return "Kernel trap, type 14=page fault";
    return buffer;
}

/// What ran at this very moment, and what came back meanwhile, differs from run to run. The innermost function of a
/// driver that stayed doesn't, or if none did, its outermost: it is told by where it begins. False without a driver.
bool keepWhatStayed() {
    uintptr_t function = 0;
    for (int i = frameCount - 1; i >= 0; i--)
        if (imageAt(frames[i].address)->kext && (!function || frames[i].stack >= stack.returned))
            function = frames[i].function;
    firstFrame = frameCount;
    for (int i = 0; i < frameCount; i++)
        if (frames[i].function == function) firstFrame = i;
    frames[firstFrame].address = function;
    return function;
}

void onFault(int signal, siginfo_t *info, void *where) {
    ucontext_t *context = static_cast<ucontext_t *>(where);
    uintptr_t address = reinterpret_cast<uintptr_t>(info->si_addr);
    if (signal == SIGPROF && ++ticks == 1) stack.returned = 0;
    auto isLost = [=] { return !_Unwind_FindEnclosingFunction(reinterpret_cast<void *>(context->PC + 1)); };
    if (signal == SIGPROF && (ticks < ticksOfASecond || (ticks < maximumTicks && isLost()))) return;
    if (signal != SIGPROF && isInStackArea(address)) stack.low = (address | 4095) + 1;
    // A breakpoint reports the instruction after it.
    context->PC -= signal == SIGTRAP;
    const char *reason = describe(info, context);
    if (signal != SIGPROF && isLost()) leaveUnknownPlace(context);
    frameCount = firstFrame = 0;
    _Unwind_Backtrace(addFrame, nullptr);
    if (signal == SIGPROF && !keepWhatStayed() && ticks < maximumTicks) return;
    // What was logged differs, too.
    if (signal == SIGPROF) clearLog();
    report(reason);
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
    limit = {maximumData, maximumData};
    if (!freesMemory) setrlimit(RLIMIT_DATA, &limit);
    std::set_new_handler([] { panic("out of memory: the kernel itself needs more than there is"); });

    static char handlerStack[64 * 1024];
    stack_t alternative = {handlerStack, 0, sizeof handlerStack};
    sigaltstack(&alternative, nullptr);

    struct sigaction action = {};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
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
    ticks = 0;
    itimerval halfASecond = {{0, 100000}, {0, 500000}};
    setitimer(ITIMER_PROF, &halfASecond, nullptr);
}
} // namespace kernel

// For the object that is linked into each twin.
extern "C" __attribute__((visibility("default"))) void kernel_functionReturns(uintptr_t stackBefore) {
    // Not written where it stays: a signal may come in between that sets it to 0.
    if (kernel::stack.returned < stackBefore) kernel::stack.returned = stackBefore;
}

void panic(const char *format, ...) {
    char reason[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    kernel::frameCount = kernel::firstFrame = 0;
    kernel::lowest = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
    _Unwind_Backtrace(kernel::addFrame, nullptr);
    kernel::report(reason);
}
