// What the address sanitizer has to know of a kernel in user space, by its own names: their headers are a package apart.
#pragma once

#include <cstddef>

#if __has_feature(address_sanitizer)
#define SANITIZER(declaration) declaration;
/// Freed memory is given back, so that the sanitizer sees who uses it still; otherwise it is marked and kept.
constexpr bool freesMemory = true;
#else
#define SANITIZER(declaration) inline declaration {}
constexpr bool freesMemory = false;
#endif

extern "C" {
/// Before and after a change to another stack: a place for what the one that is left has beside it, NULL when it ends;
/// where the other one is, or was.
SANITIZER(void __sanitizer_start_switch_fiber(void **, const void *, size_t))
SANITIZER(void __sanitizer_finish_switch_fiber(void *, const void **, size_t *))
/// What a thread's stack points to is no leak.
SANITIZER(void __lsan_register_root_region(const void *, size_t))
/// Ends the process with a report where memory is lost.
SANITIZER(void __lsan_do_leak_check())
}
