#include "../core/fibers.h"
#include "twin.h"

#include <algorithm>
#include <dlfcn.h>
#include <fstream>
#include <sys/mman.h>
#include <vector>

extern "C" void __cxa_finalize(void *handle);

namespace {
std::vector<Twin *> twins;

/// The loader gives the same statics for the same file, so that a file's second load needs a copy of it. The copy stays
/// open, which keeps its name from being given again.
std::string freshCopy(const std::string &path) {
    std::string copy = "/proc/self/fd/" + std::to_string(memfd_create("twin", 0));
    std::ofstream(copy, std::ios::binary) << std::ifstream(path, std::ios::binary).rdbuf();
    return copy;
}
} // namespace

Twin *loadTwin(const std::string &path, const std::string &kext) {
    bool again = std::any_of(twins.begin(), twins.end(), [&](Twin *each) { return each->path == path; });
    Twin *twin = new Twin{path, kext, nullptr, nullptr, {}};
    twins.push_back(twin);
    fibers::forbidWaiting(true);
    void *library = dlopen(again ? freshCopy(path).c_str() : path.c_str(), RTLD_NOW | RTLD_LOCAL);
    fibers::forbidWaiting(false);
    if (library) twin->info = static_cast<kmod_info_t *>(dlsym(library, "kmod_info"));
    if (twin->info) return twin;
    const char *reason = library ? "The kext is missing its kmod_info structure." : dlerror();
    kernel::logLine("kxld[%s]: %s", kext.c_str(), reason);
    return nullptr;
}

void unloadTwin(Twin &twin) {
    __cxa_finalize(twin.handle);
    twin.image.unloaded = true;
    mprotect(reinterpret_cast<void *>(twin.image.low), twin.image.high - twin.image.low, PROT_READ);
}

// For the object that is linked into each twin.
#pragma GCC visibility push(default)
extern "C" {
void kernel_imageLoads(void *handle, const void *low, const void *high) {
    Twin &twin = *twins.back();
    twin.handle = handle;
    twin.image = {twin.path.c_str(), twin.kext.c_str(), reinterpret_cast<uintptr_t>(low),
                  reinterpret_cast<uintptr_t>(high), false};
    kernel::addImage(twin.image);
}

void kernel_pureVirtual() { panic("__cxa_pure_virtual: a pure virtual function was called"); }
}
#pragma GCC visibility pop
