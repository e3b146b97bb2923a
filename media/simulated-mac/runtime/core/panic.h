// Kernel panics: one JSON object on standard output, then exit status 70.
#pragma once

#include <cstdint>

namespace kernel {

/// Code in this process: the kernel itself, and each twin that was ever loaded.
struct Image {
    char path[1024];
    /// Identifier of the kext; empty for the kernel.
    char kext[64];
    /// From its first byte to the end of its code.
    uintptr_t low, high;
    bool unloaded;
};

/// An image stays recorded for ever: its addresses are never used again.
Image &addImage(const char *path, const char *kext, const void *low, const void *high);
/// Makes every later run of the image's code a fault. It can still be read, so that a leaked object can be described.
void forbidExecution(Image &image);

/// From here on a fault, and more than a second of CPU time in one event, is a panic. `frame` is the outermost frame
/// that a backtrace shows.
void catchFaults(const void *frame);
/// Names the event that a panic is reported for, empties the log, and gives the event a second of CPU time.
void beginEvent(unsigned index);
} // namespace kernel
