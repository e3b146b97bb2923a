// Functions that run later, in a thread of the kernel.
#pragma once

#include <kern/kern_types.h>
#include <libkern/OSTypes.h>
#include <sys/cdefs.h>

typedef struct thread_call *thread_call_t;
typedef void *thread_call_param_t;
typedef void (*thread_call_func_t)(thread_call_param_t parameter0, thread_call_param_t parameter1);

__BEGIN_DECLS
thread_call_t thread_call_allocate(thread_call_func_t function, thread_call_param_t parameter0);
/// False, and nothing happens, while the call is pending or running.
bool thread_call_free(thread_call_t call);
/// True when the call was pending already. Deadlines are those of the virtual clock.
bool thread_call_enter1_delayed(thread_call_t call, thread_call_param_t parameter1, uint64_t deadline);
/// True when the call was pending.
bool thread_call_cancel(thread_call_t call);
/// Waits, too, until the call is no longer running.
bool thread_call_cancel_wait(thread_call_t call);
__END_DECLS

#define thread_call_enter(call)                   thread_call_enter1_delayed((call), NULL, 0)
#define thread_call_enter1(call, parameter1)      thread_call_enter1_delayed((call), (parameter1), 0)
#define thread_call_enter_delayed(call, deadline) thread_call_enter1_delayed((call), NULL, (deadline))
