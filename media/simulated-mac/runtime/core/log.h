// The kernel log of the event that is running.
#pragma once

#include "json.h"

#include <cstdarg>

namespace kernel {

void clearLog();
/// One line, without its newline.
__attribute__((format(printf, 1, 2))) void logLine(const char *format, ...);
/// Text as IOLog gives it: a line ends where the text has a newline.
void logText(const char *format, va_list arguments);
/// The lines so far, as an array. Safe in a signal handler.
void writeLog(Json &json);
} // namespace kernel
