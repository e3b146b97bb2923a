// Kernel panics: one JSON object on standard output, then exit status 70.
#pragma once

#include <cstdint>

namespace kernel {

/// Code in this process: the kernel itself, or a twin.
struct Image {
    const char *path;
    /// Identifier of the kext; NULL for the kernel.
    const char *kext;
    /// From its first byte to the end of its code.
    uintptr_t low, high;
    bool unloaded;
};

/// Makes an image known. It stays for ever: its addresses are never used again.
void addImage(const Image &image);
/// From here on a fault, and more than a second of CPU time in one event, is a panic. `frame` is the outermost frame
/// that a backtrace shows.
void catchFaults(const void *frame);
/// The stack that code runs on: a fault closely below it is an overflow.
struct Stack {
    uintptr_t low, top;
    /// How far up a driver's functions have given it back, since this was last 0.
    uintptr_t returned;
};
/// Gives the one that was used before.
Stack useStack(Stack stack);
/// Names the event that a panic is reported for, empties the log, and gives the event a second of CPU time.
void beginEvent(unsigned index);
} // namespace kernel
