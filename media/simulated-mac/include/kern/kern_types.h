// How a thread waits, and what ended its wait.
#pragma once

typedef int wait_result_t;
enum { THREAD_AWAKENED, THREAD_TIMED_OUT, THREAD_INTERRUPTED };

typedef int wait_interrupt_t;
enum { THREAD_UNINT, THREAD_INTERRUPTIBLE, THREAD_ABORTSAFE };
