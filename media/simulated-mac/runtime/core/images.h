// The executable images in this process: the kernel itself and each twin that was ever loaded.
#pragma once

#include <cstdint>

namespace kernel {

struct Image {
    char path[1024];
    /// Identifier of the kext; empty for the kernel.
    char kext[64];
    uintptr_t base;
    uintptr_t low;
    uintptr_t high;
    uintptr_t codeLow;
    uintptr_t codeHigh;
    bool unloaded;
};

/// Records the image that contains `address`. An image stays recorded for ever: its addresses are never used again.
Image &addImage(const void *address, const char *path, const char *kext);
/// NULL when the address lies in no recorded image. Safe in a signal handler.
const Image *imageAt(uintptr_t address);
/// Makes every later run of the image's code a fault. Its data stays, so that a leaked object can still be described.
void forbidExecution(Image &image);
} // namespace kernel
