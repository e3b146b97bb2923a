// What every part of the kernel uses: its interface as drivers see it, the log and the clock.
#pragma once

// Only what is declared here is visible outside libkernel.so.
#pragma GCC visibility push(default)
#include <IOKit/IOCommandGate.h>
#include <IOKit/IOTimerEventSource.h>
#include <IOKit/IOUserClient.h>
#include <kern/clock.h>
#include <kern/thread_call.h>
#include <libkern/libkern.h>
#pragma GCC visibility pop

#include <cstdarg>
#include <string>

namespace kernel {

/// The virtual clock, in nanoseconds since boot: it moves only when somebody waits.
inline uint64_t now = 0;
constexpr uint64_t millisecond = 1000000;

/// Empties the log: it holds what the event that is running wrote.
void clearLog();
/// One line, without its newline.
__attribute__((format(printf, 1, 2))) void logLine(const char *format, ...);
/// Text as IOLog gives it: a line ends where the text has a newline.
void logText(const char *format, va_list arguments);
/// The lines so far, as a JSON array. Safe in a signal handler.
void writeLog();
/// The newest lines of all events, each with its time.
void writeAllLogged();
/// A line of a time before this run.
void remember(uint64_t time, const std::string &text);
} // namespace kernel
