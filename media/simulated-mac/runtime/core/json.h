// Writes JSON piece by piece. It allocates nothing, so that a signal handler can use it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kernel {

class Json {
public:
    using Sink = void (*)(const char *text, size_t size);

    explicit Json(Sink sink) : sink(sink) {}

    void beginObject() { open("{"); }
    void endObject() { close("}"); }
    void beginArray() { open("["); }
    void endArray() { close("]"); }
    void key(const char *name);
    void string(const char *text, size_t size);
    void string(const char *text);
    void number(uint64_t value);
    void boolean(bool value);
    void null();

    void member(const char *name, const char *text) { key(name), string(text); }
    void member(const char *name, uint64_t value) { key(name), number(value); }
    void member(const char *name, bool value) { key(name), boolean(value); }

private:
    void open(const char *bracket);
    void close(const char *bracket);
    void separate();
    void write(const char *text);

    Sink sink;
    bool needsComma = false;
};
} // namespace kernel
