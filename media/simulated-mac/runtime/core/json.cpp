#include "json.h"

#include <cstdio>
#include <cstring>
#include <unistd.h>

namespace {
char text[32 * 1024 * 1024];
size_t used;
bool needsComma, overflowed;

void write(const char *piece, size_t size) {
    overflowed |= size > sizeof text - used;
    if (overflowed) return;
    memcpy(text + used, piece, size);
    used += size;
}

void write(const char *piece) { write(piece, strlen(piece)); }

void separate() {
    if (needsComma) write(",");
    needsComma = true;
}
} // namespace

void json::open(const char *bracket) {
    separate();
    write(bracket);
    needsComma = false;
}

void json::close(const char *bracket) {
    write(bracket);
    needsComma = true;
}

void json::key(const char *name) {
    value(name);
    write(":");
    needsComma = false;
}

void json::string(const char *bytes, size_t size) {
    separate();
    write("\"");
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = static_cast<unsigned char>(bytes[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            write(bytes + i, 1);
            continue;
        }
        char escaped[8];
        snprintf(escaped, sizeof escaped, "\\u%04x", byte);
        write(escaped);
    }
    write("\"");
}

void json::value(const char *string) {
    if (string) return json::string(string, strlen(string));
    separate();
    write("null");
}

void json::value(uint64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", static_cast<unsigned long long>(number));
    separate();
    write(digits);
}

void json::value(bool boolean) {
    separate();
    write(boolean ? "true" : "false");
}

void json::restart() {
    used = 0;
    needsComma = overflowed = false;
}

bool json::flush() {
    for (size_t done = 0; done < used;) {
        ssize_t written = ::write(STDOUT_FILENO, text + done, used - done);
        if (written <= 0) return false;
        done += static_cast<size_t>(written);
    }
    return !overflowed;
}
