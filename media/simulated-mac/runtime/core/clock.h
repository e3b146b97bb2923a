// The virtual clock: nanoseconds since boot. It moves only when somebody waits.
#pragma once

#include <cstdint>

namespace kernel {

extern uint64_t now;
constexpr uint64_t second = 1000000000;
} // namespace kernel
