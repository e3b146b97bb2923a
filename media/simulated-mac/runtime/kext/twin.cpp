#include "twin.h"

#include "../core/log.h"

#include <algorithm>
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>
#include <unistd.h>

namespace {
std::vector<Twin *> twins;

/// The loader gives the same statics for the same file, so that a file's second load needs a copy of it.
std::string freshCopy(const std::string &path) {
    const char *directory = getenv("TMPDIR");
    std::string copy = std::string(directory ? directory : "/tmp") + "/twin.XXXXXX";
    int descriptor = mkstemp(copy.data());
    if (descriptor >= 0) {
        ::close(descriptor);
        std::ofstream(copy, std::ios::binary) << std::ifstream(path, std::ios::binary).rdbuf();
    }
    return copy;
}
} // namespace

Twin *Twin::load(const std::string &path, const std::string &kext) {
    bool again = std::any_of(twins.begin(), twins.end(), [&](Twin *each) { return each->path == path; });
    std::string file = again ? freshCopy(path) : path;
    Twin *twin = new Twin;
    twin->path = path;
    twin->kext = kext;
    twins.push_back(twin);
    void *library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (again)
        unlink(file.c_str());
    if (!library) {
        kernel::logLine("kxld[%s]: %s", kext.c_str(), dlerror());
        return nullptr;
    }
    twin->info = static_cast<kmod_info_t *>(dlsym(library, "kmod_info"));
    if (!twin->info) {
        kernel::logLine("kxld[%s]: The kext is missing its kmod_info structure.", kext.c_str());
        return nullptr;
    }
    return twin;
}

void Twin::destroyStatics() {
    while (!destructors.empty()) {
        Destructor last = destructors.back();
        destructors.pop_back();
        last.function(last.argument);
    }
}

void Twin::imageLoads(const void *handle) {
    Twin *twin = twins.back();
    twin->handle = handle;
    twin->image = &kernel::addImage(handle, twin->path.c_str(), twin->kext.c_str());
}

void Twin::atExit(void (*destructor)(void *), void *argument, const void *handle) {
    for (Twin *twin : twins)
        if (twin->handle == handle)
            twin->destructors.push_back({destructor, argument});
}

#pragma GCC visibility push(default)
extern "C" {
void kernel_imageLoads(const void *handle) { Twin::imageLoads(handle); }

void kernel_atExit(void (*destructor)(void *), void *argument, const void *handle) {
    Twin::atExit(destructor, argument, handle);
}

void kernel_pureVirtual() { panic("__cxa_pure_virtual: a pure virtual function was called"); }
}
#pragma GCC visibility pop
