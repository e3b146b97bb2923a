// A twin: a kext's own code as a shared object of this machine.
#pragma once

#include "../core/panic.h"
#include "../kernel.h"

#include <string>
#include <vector>

struct Twin {
    std::string path;
    std::string kext;
    kmod_info_t *info;
    /// Under which its static destructors are known.
    const void *handle;
    kernel::Image *image;
    struct Destructor {
        void (*function)(void *);
        void *argument;
    };
    std::vector<Destructor> destructors;
};

/// Maps the twin and runs its static constructors, which queue its classes. NULL, and a log line, on failure.
Twin *loadTwin(const std::string &path, const std::string &kext);
/// Runs the static destructors, last constructed first, and makes the code inaccessible. It is never unmapped, so that
/// nothing else comes to lie there.
void unloadTwin(Twin &twin);
