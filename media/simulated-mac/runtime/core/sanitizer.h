// What the address sanitizer has to know of a kernel in user space. Without it these do nothing.
#pragma once

#include <cstddef>

#if __has_feature(address_sanitizer)
// Its headers come with a package of their own; its library comes with the compiler.
extern "C" {
void __sanitizer_start_switch_fiber(void **kept, const void *stack, size_t size);
void __sanitizer_finish_switch_fiber(void *kept, const void **stack, size_t *size);
void __lsan_register_root_region(const void *stack, size_t size);
void __lsan_do_leak_check();
}
#endif

namespace sanitizer {
#if __has_feature(address_sanitizer)
/// Freed memory is given back, so that the sanitizer sees who uses it still; otherwise it is marked and kept.
constexpr bool frees = true;
/// Before and after a change to another stack. `kept`: the place for what the one that is left has beside its stack,
/// NULL when it is left for ever.
inline void leave(void **kept, const void *stack, size_t size) { __sanitizer_start_switch_fiber(kept, stack, size); }
inline void arrive(void *kept, const void **stack, size_t *size) {
    __sanitizer_finish_switch_fiber(kept, stack, size);
}
/// What a thread's stack points to is no leak.
inline void keepStack(const void *stack, size_t size) { __lsan_register_root_region(stack, size); }
/// Ends the process with 23 and a report where memory is lost.
inline void checkLeaks() { __lsan_do_leak_check(); }
#else
constexpr bool frees = false;
inline void leave(void **, const void *, size_t) {}
inline void arrive(void *, const void **, size_t *) {}
inline void keepStack(const void *, size_t) {}
inline void checkLeaks() {}
#endif
} // namespace sanitizer
