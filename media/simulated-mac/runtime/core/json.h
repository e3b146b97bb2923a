// The answer: one JSON document, written piece by piece into a fixed buffer, so that a signal handler can do it, too.
#pragma once

#include <cstddef>
#include <cstdint>

namespace json {

void string(const char *text, size_t size);
/// NULL is written as null.
void value(const char *text);
void value(uint64_t number);
void value(bool boolean);
void key(const char *name);
void open(const char *bracket);
void close(const char *bracket);
/// Forgets what was written: a panic is the whole answer.
void restart();
/// Writes the document to standard output. False when it didn't fit into the buffer or nobody takes it.
bool flush();

template <typename Value> void member(const char *name, Value of) {
    key(name);
    value(of);
}

template <typename Body> void object(Body body) {
    open("{");
    body();
    close("}");
}

template <typename Body> void array(Body body) {
    open("[");
    body();
    close("]");
}
} // namespace json
