// The kernel's entry: a request on standard input, one JSON document on standard output (README.md).
#include "../core/clock.h"
#include "../core/images.h"
#include "../core/panic.h"
#include "bencode.h"
#include "events.h"
#include "snapshot.h"

#include <cstdio>
#include <stdexcept>
#include <unistd.h>

namespace {
constexpr int usageStatus = 64;

std::string output;

std::string readInput() {
    std::string input;
    char buffer[65536];
    for (ssize_t size; (size = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
        input.append(buffer, static_cast<size_t>(size));
    return input;
}

void answer(OSArray *events) {
    kernel::Json json([](const char *text, size_t size) { output.append(text, size); });
    json.beginObject();
    json.key("events");
    json.beginArray();
    for (unsigned int i = 0; i < events->getCount(); i++) {
        const OSDictionary *event = OSDynamicCast(OSDictionary, events->getObject(i));
        if (!event)
            throw std::invalid_argument("an event is a dictionary");
        kernel::beginEvent(i);
        kernel::runEvent(event, i == 0, json);
    }
    json.endArray();
    // The request's own objects aren't part of the machine.
    events->release();
    json.member("clock", kernel::now);
    json.key("kexts");
    kernel::writeKexts(json);
    json.key("classes");
    kernel::writeClasses(json);
    json.key("registry");
    kernel::writeRegistry(json);
    json.endObject();
}
} // namespace

extern "C" __attribute__((visibility("default"))) int kernelMain() {
    kernel::addImage(reinterpret_cast<const void *>(&kernelMain), "kernel", "");
    kernel::catchFaults(__builtin_frame_address(0));
    try {
        OSArray *events = kernel::parseBencode(readInput());
        if (events->getCount() == 0)
            throw std::invalid_argument("there is no event");
        answer(events);
    } catch (const std::invalid_argument &error) {
        fprintf(stderr, "kernel: malformed request: %s\n", error.what());
        return usageStatus;
    }
    output.push_back('\n');
    fwrite(output.data(), 1, output.size(), stdout);
    fflush(stdout);
    // The exit handlers of twins that were unloaded can't run any more.
    _exit(0);
}
