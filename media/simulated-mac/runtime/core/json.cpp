#include "json.h"

#include <cstdio>
#include <cstring>

namespace kernel {

void Json::write(const char *text) { sink(text, strlen(text)); }

void Json::separate() {
    if (needsComma)
        write(",");
    needsComma = true;
}

void Json::open(const char *bracket) {
    separate();
    write(bracket);
    needsComma = false;
}

void Json::close(const char *bracket) {
    write(bracket);
    needsComma = true;
}

void Json::key(const char *name) {
    string(name);
    write(":");
    needsComma = false;
}

void Json::string(const char *text) { string(text, strlen(text)); }

void Json::string(const char *text, size_t size) {
    separate();
    write("\"");
    for (size_t i = 0; i < size; i++) {
        unsigned char byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') {
            sink(text + i, 1);
            continue;
        }
        char escaped[8];
        snprintf(escaped, sizeof escaped, "\\u%04x", byte);
        write(escaped);
    }
    write("\"");
}

void Json::number(uint64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", static_cast<unsigned long long>(value));
    separate();
    write(digits);
}

void Json::boolean(bool value) {
    separate();
    write(value ? "true" : "false");
}

void Json::null() {
    separate();
    write("null");
}
} // namespace kernel
