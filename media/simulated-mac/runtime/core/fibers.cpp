#include "fibers.h"
#include "panic.h"
#include "sanitizer.h"

#include <algorithm>
#include <deque>
#include <list>
#include <sys/mman.h>
#include <ucontext.h>
#include <vector>

struct fibers::Fiber {
    const char *name;
    std::function<void()> body;
    ucontext_t context;
    char *stack;
    uint64_t process;
    const void *event;
    uint64_t deadline;
    bool interruptible, interrupted;
    wait_result_t result;
};

namespace {
using fibers::Fiber;

// Below a stack lies as much that can't be touched: an array that is too large for the stack doesn't reach over it.
constexpr size_t stackSize = 128 * 1024, guardSize = 1024 * 1024;
// More turns than any driver needs while the clock stands still: one that makes itself run again and again, as a thread
// call that enters itself, would keep it there for ever.
constexpr unsigned maximumTurns = 10000;

std::list<Fiber> all;
std::deque<Fiber *> runnable;
std::vector<Fiber *> waiting;
/// Threads that have ended: their stacks are used again.
std::list<Fiber> ended;
Fiber *running;
ucontext_t dispatcher;
const void *dispatcherStack;
size_t dispatcherStackSize;
unsigned turns;
bool waitingForbidden;

char *makeStack() {
    void *area = mmap(nullptr, guardSize + stackSize, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    char *stack = static_cast<char *>(area) + guardSize;
    if (area == MAP_FAILED || mprotect(stack, stackSize, PROT_READ | PROT_WRITE) != 0) panic("too many threads");
    __lsan_register_root_region(stack, stackSize);
    return stack;
}

/// Called by whoever makes a fiber run or waits, so that the panic shows the code that goes on without end.
void checkProgress() {
    if (running && turns > maximumTurns)
        panic("thread %s: %u turns of threads were taken and no time has passed", running->name, maximumTurns);
}

void makeRunnable(Fiber *fiber, wait_result_t result) {
    waiting.erase(std::find(waiting.begin(), waiting.end(), fiber));
    fiber->result = result;
    runnable.push_back(fiber);
}

/// Goes on in the other context, until somebody comes back. `ends`: nobody will.
void switchTo(ucontext_t &from, const ucontext_t &to, const void *stack, size_t size, bool ends = false) {
    void *kept = nullptr;
    __sanitizer_start_switch_fiber(ends ? nullptr : &kept, stack, size);
    swapcontext(&from, &to);
    __sanitizer_finish_switch_fiber(kept, nullptr, nullptr);
}

void runBody() {
    __sanitizer_finish_switch_fiber(nullptr, &dispatcherStack, &dispatcherStackSize);
    running->body();
    running->body = nullptr;
    switchTo(running->context, dispatcher, dispatcherStack, dispatcherStackSize, true);
}

void dispatch(Fiber *fiber) {
    if (++turns > 2 * maximumTurns) panic("thread %s: no time has passed", fiber->name);
    running = fiber;
    uintptr_t low = reinterpret_cast<uintptr_t>(fiber->stack);
    kernel::Stack own = kernel::useStack({low, low + stackSize, 0});
    switchTo(dispatcher, fiber->context, fiber->stack, stackSize);
    kernel::useStack(own);
    running = nullptr;
    if (!fiber->body)
        ended.splice(ended.end(), all,
                     std::find_if(all.begin(), all.end(), [=](auto &each) { return &each == fiber; }));
}

/// Whose waits end first are woken, if they end in time.
void advance(uint64_t limit) {
    uint64_t next = limit;
    for (const Fiber *each : waiting) next = std::min(next, each->deadline);
    if (next > kernel::now) turns = 0;
    kernel::now = std::max(kernel::now, next);
    for (Fiber *each : std::vector<Fiber *>(waiting))
        if (each->deadline <= kernel::now) makeRunnable(each, THREAD_TIMED_OUT);
}
} // namespace

void fibers::spawn(const char *name, std::function<void()> body) {
    checkProgress();
    if (ended.empty()) ended.emplace_back().stack = makeStack();
    all.splice(all.end(), ended, ended.begin());
    Fiber *fiber = &all.back();
    fiber->name = name;
    fiber->body = std::move(body);
    fiber->process = 0;
    fiber->interrupted = false;
    getcontext(&fiber->context);
    fiber->context.uc_stack.ss_sp = fiber->stack;
    fiber->context.uc_stack.ss_size = stackSize;
    makecontext(&fiber->context, runBody, 0);
    runnable.push_back(fiber);
}

wait_result_t fibers::wait(const void *event, uint64_t deadline, wait_interrupt_t interruptible) {
    checkProgress();
    if (waitingForbidden) panic("a static constructor or destructor must not wait");
    running->interruptible = interruptible != THREAD_UNINT;
    if (running->interruptible && running->interrupted) return THREAD_INTERRUPTED;
    running->event = event;
    running->deadline = deadline;
    waiting.push_back(running);
    switchTo(running->context, dispatcher, dispatcherStack, dispatcherStackSize);
    return running->result;
}

bool fibers::wake(const void *event, bool onlyOne) {
    checkProgress();
    bool any = false;
    for (Fiber *each : std::vector<Fiber *>(waiting)) {
        if (each->event != event || (any && onlyOne)) continue;
        makeRunnable(each, THREAD_AWAKENED);
        any = true;
    }
    return any;
}

void fibers::sleep(uint64_t nanoseconds) { wait(running, kernel::now + nanoseconds); }

void fibers::run(const std::function<bool()> &isDone, uint64_t deadline) {
    turns = 0;
    do {
        while (!runnable.empty()) {
            Fiber *next = runnable.front();
            runnable.pop_front();
            dispatch(next);
        }
        if (isDone() || kernel::now >= deadline) return;
        advance(deadline);
    } while (true);
}

Fiber *fibers::current() { return running; }
size_t fibers::count() { return all.size(); }
const char *fibers::currentName() { return running ? running->name : nullptr; }
void fibers::enterProcess(uint64_t pid) { running->process = pid; }

void fibers::interrupt(uint64_t pid) {
    for (Fiber &each : all) each.interrupted |= each.process == pid;
    for (Fiber *each : std::vector<Fiber *>(waiting))
        if (each->interrupted && each->interruptible) makeRunnable(each, THREAD_INTERRUPTED);
}

void fibers::forbidWaiting(bool forbidden) { waitingForbidden = forbidden; }
