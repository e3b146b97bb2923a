// A twin: a kext's own code as a shared object of this machine.
#pragma once

#include "../core/images.h"
#include "../kernelHeaders.h"

#include <string>
#include <vector>

class Twin {
public:
    /// Maps the twin and runs its static constructors, which queue its classes. NULL, and a log line, on failure.
    static Twin *load(const std::string &path, const std::string &kext);
    /// Runs the static destructors, last constructed first.
    void destroyStatics();
    /// Makes the code inaccessible. It is never unmapped, so that nothing else comes to lie there.
    void forbidExecution() { kernel::forbidExecution(*image); }

    kmod_info_t *info = nullptr;

    /// For the object that is linked into each twin.
    static void imageLoads(const void *handle);
    static void atExit(void (*destructor)(void *), void *argument, const void *handle);

private:
    struct Destructor {
        void (*function)(void *);
        void *argument;
    };
    std::vector<Destructor> destructors;
    const void *handle = nullptr;
    kernel::Image *image = nullptr;
    std::string path;
    std::string kext;
};
