// Thread calls (xnu, thread_call.c): whenever one is entered, a thread waits for its deadline and runs it.
#include "../core/fibers.h"

struct thread_call {
    thread_call_func_t function;
    thread_call_param_t parameter0, parameter1;
    /// Counts up when the call is entered or cancelled: a thread that waits for an older time is out of date.
    unsigned generation, running;
    bool pending;
    /// Its owner and the threads that wait for its time.
    unsigned holders;
};

namespace {
void check(const thread_call *call) {
    if (reinterpret_cast<uintptr_t>(call->function) == 0xdbdbdbdbdbdbdbdb)
        panic("a thread call that was freed is used");
}

void letGo(thread_call *call) {
    if (--call->holders == 0) IOFree(call, sizeof *call);
}

void runAt(thread_call *call, unsigned generation, uint64_t deadline) {
    if (deadline > kernel::now) fibers::wait(call, deadline);
    if (call->generation == generation && call->pending) {
        call->pending = false;
        call->running++;
        call->function(call->parameter0, call->parameter1);
        call->running--;
        fibers::wake(&call->running);
    }
    letGo(call);
}
} // namespace

#pragma GCC visibility push(default)
extern "C" {

uint64_t mach_absolute_time(void) { return kernel::now; }
void clock_get_uptime(uint64_t *result) { *result = kernel::now; }

void clock_interval_to_deadline(uint32_t interval, uint32_t scale, uint64_t *result) {
    *result = kernel::now + uint64_t{interval} * scale;
}

thread_call_t thread_call_allocate(thread_call_func_t function, thread_call_param_t parameter0) {
    thread_call_t call = static_cast<thread_call_t>(IOMallocZero(sizeof *call));
    call->function = function;
    call->parameter0 = parameter0;
    call->holders = 1;
    return call;
}

bool thread_call_free(thread_call_t call) {
    check(call);
    if (call->pending || call->running) return false;
    // A thread that waits for a time that no longer counts looks at it once more.
    call->generation++;
    letGo(call);
    return true;
}

bool thread_call_enter1_delayed(thread_call_t call, thread_call_param_t parameter1, uint64_t deadline) {
    bool wasPending = thread_call_cancel(call);
    call->parameter1 = parameter1;
    call->pending = true;
    call->holders++;
    fibers::spawn("thread_call", [=, generation = call->generation] { runAt(call, generation, deadline); });
    return wasPending;
}

bool thread_call_cancel(thread_call_t call) {
    check(call);
    bool wasPending = call->pending;
    call->pending = false;
    call->generation++;
    fibers::wake(call);
    return wasPending;
}

bool thread_call_cancel_wait(thread_call_t call) {
    bool wasPending = thread_call_cancel(call);
    while (call->running) fibers::wait(&call->running);
    return wasPending;
}
}
#pragma GCC visibility pop
