// The kernel's threads, as fibers: one runs at a time, until it waits or ends; they take turns in a fixed order. The
// virtual clock moves only when none can run, to the moment at which the next one wants to.
#pragma once

#include "../kernel.h"

#include <functional>
#include <kern/kern_types.h>

namespace fibers {
struct Fiber;

constexpr uint64_t never = UINT64_MAX;

/// Lets `body` run after everything that can run already. `name` has to stay.
void spawn(const char *name, std::function<void()> body);
/// Until the event, any address, is woken, the clock reaches `deadline`, or the process is interrupted, unless the wait
/// is THREAD_UNINT.
wait_result_t wait(const void *event, uint64_t deadline = never, wait_interrupt_t interruptible = THREAD_UNINT);
/// Wakes those that wait for the event, in the order in which they came. False when nobody did.
bool wake(const void *event, bool onlyOne = false);
void sleep(uint64_t nanoseconds);
/// Lets fibers run until `isDone`, and then what can still run at that moment; not beyond `deadline`.
void run(const std::function<bool()> &isDone, uint64_t deadline);

/// The fiber that runs; NULL outside all fibers.
Fiber *current();
/// How many there are that haven't ended.
size_t count();
const char *currentName();
/// Declares the current fiber a thread of that process; 0 for the kernel's own.
void enterProcess(uint64_t pid);
/// Ends all waits of the process's threads that can be interrupted, those to come too.
void interrupt(uint64_t pid);
/// While code runs that can't be left, as the loader's, waiting is a panic.
void forbidWaiting(bool forbidden);
} // namespace fibers
