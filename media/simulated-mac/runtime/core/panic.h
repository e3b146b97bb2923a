// Kernel panics: one JSON object on standard output, then exit status 70.
#pragma once

#include "../kernelHeaders.h"

namespace kernel {

constexpr int panicStatus = 70;

/// From here on a fault, and more than a second of CPU time in one event, is a panic. `frame` is the outermost frame
/// that a backtrace shows.
void catchFaults(const void *frame);
/// Names the event that a panic is reported for, and gives it a second of CPU time.
void beginEvent(unsigned index);
} // namespace kernel
