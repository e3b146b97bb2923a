#include "../kernel.h"
#include "json.h"

#include <cstdio>
#include <cstring>

namespace {
// A fixed buffer: a panic reads it at any moment. What doesn't fit is dropped.
char text[256 * 1024];
size_t used;
} // namespace

void kernel::clearLog() { used = 0; }

void kernel::logText(const char *format, va_list arguments) {
    size_t room = sizeof text - used;
    int length = vsnprintf(text + used, room, format, arguments);
    if (length > 0 && static_cast<size_t>(length) < room) used += static_cast<size_t>(length);
}

void kernel::logLine(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    logText(format, arguments);
    va_end(arguments);
    if (used < sizeof text) text[used++] = '\n';
}

void kernel::writeLog() {
    json::array([] {
        for (size_t start = 0; start < used;) {
            const char *newline = static_cast<const char *>(memchr(text + start, '\n', used - start));
            size_t end = newline ? static_cast<size_t>(newline - text) : used;
            json::string(text + start, end - start);
            start = end + 1;
        }
    });
}
