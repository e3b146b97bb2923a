// A twin: a kext's own code as a shared object of this machine.
#pragma once

#include "../core/panic.h"
#include "../kernel.h"

#include <string>

struct Twin {
    std::string path, kext;
    kmod_info_t *info;
    /// Its static destructors are registered under it.
    void *handle;
    kernel::Image image;
};

/// Maps the twin and runs its static constructors, which queue its classes. NULL, and a log line, on failure.
Twin *loadTwin(const std::string &path, const std::string &kext);
/// Runs the static destructors and makes the code inaccessible. It is never unmapped, so that nothing else comes to lie
/// there, and can still be read, so that a leaked object can be described.
void unloadTwin(Twin &twin);
