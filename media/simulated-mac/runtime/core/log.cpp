#include "log.h"

#include "clock.h"

#include <cstdio>
#include <cstring>

namespace kernel {

uint64_t now = 0;

namespace {
// A fixed buffer: a panic reads it at any moment. What doesn't fit is dropped.
char text[256 * 1024];
size_t used;
} // namespace

void clearLog() {
    used = 0;
}

void logText(const char *format, va_list arguments) {
    size_t room = sizeof text - used;
    int length = vsnprintf(text + used, room, format, arguments);
    if (length > 0 && static_cast<size_t>(length) < room)
        used += static_cast<size_t>(length);
}

void logLine(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    logText(format, arguments);
    va_end(arguments);
    if (used < sizeof text)
        text[used++] = '\n';
}

void writeLog(Json &json) {
    json.beginArray();
    for (size_t start = 0; start < used;) {
        const void *newline = memchr(text + start, '\n', used - start);
        size_t end = newline ? static_cast<size_t>(static_cast<const char *>(newline) - text) : used;
        json.string(text + start, end - start);
        start = end + 1;
    }
    json.endArray();
}
} // namespace kernel
