#include "../kernel.h"
#include "json.h"

#include <cstdio>
#include <cstring>
#include <deque>
#include <string>

namespace {
// A fixed buffer: a panic reads it at any moment. What doesn't fit is dropped.
char text[256 * 1024];
size_t used;

struct Line {
    uint64_t time;
    std::string text;
};

// The newest lines of all events, each with the time at which it was ended.
constexpr size_t maximumLines = 1000;
std::deque<Line> lines;
size_t lineStart;

void endLines() {
    while (const void *newline = memchr(text + lineStart, '\n', used - lineStart)) {
        size_t end = static_cast<size_t>(static_cast<const char *>(newline) - text);
        kernel::remember(kernel::now, std::string(text + lineStart, end - lineStart));
        lineStart = end + 1;
    }
}
} // namespace

void kernel::clearLog() { used = lineStart = 0; }

void kernel::logText(const char *format, va_list arguments) {
    size_t room = sizeof text - used;
    int length = vsnprintf(text + used, room, format, arguments);
    if (length > 0 && static_cast<size_t>(length) < room) used += static_cast<size_t>(length);
    endLines();
}

void kernel::logLine(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    logText(format, arguments);
    va_end(arguments);
    if (used < sizeof text) text[used++] = '\n';
    endLines();
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

void kernel::remember(uint64_t time, const std::string &line) {
    lines.push_back({time, line});
    if (lines.size() > maximumLines) lines.pop_front();
}

void kernel::writeAllLogged() {
    json::array([] {
        for (const Line &line : lines)
            json::object([&] {
                json::member("time", line.time);
                json::member("text", line.text.c_str());
            });
    });
}
