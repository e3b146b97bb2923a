// The kernel's entry: a request on standard input, one JSON document on standard output (README.md).
#include "../core/json.h"
#include "../core/panic.h"
#include "../core/sanitizer.h"
#include "machine.h"

#include <cstdio>
#include <stdexcept>
#include <unistd.h>

// Where libkernel.so lies: names that the linker defines.
extern "C" __attribute__((visibility("hidden"))) const char __ehdr_start[], _etext[];

namespace {
constexpr int usageStatus = 64;
constexpr int outputStatus = 74;

std::string readInput() {
    std::string input;
    char buffer[65536];
    for (ssize_t size; (size = read(STDIN_FILENO, buffer, sizeof buffer)) > 0;)
        input.append(buffer, static_cast<size_t>(size));
    return input;
}

void runEvents() {
    OSSharedPtr<OSArray> events = kernel::parseBencode(readInput());
    if (events->getCount() == 0) throw std::invalid_argument("there is no event");
    for (unsigned int i = 0; i < events->getCount(); i++) {
        const OSDictionary *event = OSDynamicCast(OSDictionary, events->getObject(i));
        if (!event) throw std::invalid_argument("an event is a dictionary");
        kernel::beginEvent(i);
        kernel::runEvent(event, i == 0);
    }
}
} // namespace

__attribute__((visibility("default"))) int main() {
    static const kernel::Image image = {"kernel", nullptr, reinterpret_cast<uintptr_t>(__ehdr_start),
                                        reinterpret_cast<uintptr_t>(_etext), false};
    kernel::addImage(image);
    kernel::catchFaults(__builtin_frame_address(0));
    try {
        json::object([] {
            json::key("events");
            // The request's own objects aren't part of the machine: they are gone when the rest is written.
            json::array(runEvents);
            kernel::writeSnapshot();
        });
    } catch (const std::invalid_argument &error) {
        fprintf(stderr, "kernel: malformed request: %s\n", error.what());
        _exit(usageStatus);
    }
    __lsan_do_leak_check();
    // The exit handlers of twins that were unloaded can't run any more.
    _exit(json::flush() ? 0 : outputStatus);
}
