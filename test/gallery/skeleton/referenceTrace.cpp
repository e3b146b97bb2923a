// Preloaded into the process of the simulated kernel: the references to objects of a driver's classes, as the calls of its
// code and the tables of its classes ask for them. At the end it writes which objects are left, and who took and gave
// back references to each, to the file REFERENCE_TRACE: a line `object CLASS`, and one for each event, KIND IMAGE+OFFSET …
#pragma GCC visibility push(default)
#include <libkern/c++/OSContainers.h>
#pragma GCC visibility pop

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <map>
#include <vector>

namespace {
constexpr int maximumFrames = 8;
constexpr uintptr_t largestFrame = 128 * 1024;

struct Event {
    const char *kind;
    uintptr_t frames[maximumFrames];
};

auto &objects() {
    static std::map<const void *, std::vector<Event>> all;
    return all;
}

template <typename Function> Function next(const char *name) { return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name)); }

void record(const void *object, const char *kind, const void *frame) {
    Event event = {kind, {}};
    const uintptr_t *words = static_cast<const uintptr_t *>(frame);
    for (uintptr_t &address : event.frames) {
        address = words[1];
        uintptr_t outer = words[0];
        if (outer - reinterpret_cast<uintptr_t>(words) - 1 >= largestFrame) break;
        words = reinterpret_cast<const uintptr_t *>(outer);
    }
    objects()[object].push_back(event);
}

bool isKnown(const OSObject *object) { return objects().count(object) > 0; }

void writeFrame(FILE *file, uintptr_t address) {
    Dl_info info;
    // Of the call that it comes back from.
    if (address && dladdr(reinterpret_cast<void *>(address), &info))
        fprintf(file, " %s+0x%zx", info.dli_fname, address - 1 - reinterpret_cast<uintptr_t>(info.dli_fbase));
}
} // namespace

#pragma GCC visibility push(default)

void *OSObject::operator new(size_t size) {
    void *memory = next<void *(*)(size_t)>("_ZN8OSObjectnwEm")(size);
    record(memory, "create", __builtin_frame_address(0));
    return memory;
}

void OSObject::operator delete(void *memory, size_t size) {
    objects().erase(memory);
    next<void (*)(void *, size_t)>("_ZN8OSObjectdlEPvm")(memory, size);
}

void OSObject::taggedRetain(const void *tag) const {
    if (isKnown(this)) record(this, tag == OSTypeID(OSCollection) ? "collect" : "retain", __builtin_frame_address(0));
    next<void (*)(const OSObject *, const void *)>("_ZNK8OSObject12taggedRetainEPKv")(this, tag);
}

void OSObject::taggedRelease(const void *tag) const {
    if (isKnown(this)) record(this, tag == OSTypeID(OSCollection) ? "uncollect" : "release", __builtin_frame_address(0));
    next<void (*)(const OSObject *, const void *)>("_ZNK8OSObject13taggedReleaseEPKv")(this, tag);
}

// The kernel leaves by it, and by nothing else.
extern "C" [[noreturn]] void _exit(int status) {
    if (const char *path = getenv("REFERENCE_TRACE")) {
        FILE *file = fopen(path, "w");
        for (const auto &[object, events] : objects()) {
            fprintf(file, "object %s\n", static_cast<const OSObject *>(object)->getMetaClass()->getClassName());
            for (const Event &event : events) {
                fputs(event.kind, file);
                for (uintptr_t address : event.frames) writeFrame(file, address);
                fputc('\n', file);
            }
        }
        fclose(file);
    }
    next<void (*)(int)>("_exit")(status);
    __builtin_unreachable();
}
#pragma GCC visibility pop
