// Linked into each twin: what the compiler asks for by name and what has to be the twin's own.
#include <IOKit/IOLib.h>

#define HIDDEN __attribute__((visibility("hidden")))

extern "C" {
void kernel_imageLoads(void *handle, const void *low, const void *high);
void kernel_pureVirtual();
void kernel_functionReturns(__UINTPTR_TYPE__ stackBefore);

// Where this image lies: names that the linker defines.
extern const char __ehdr_start[] HIDDEN, _etext[] HIDDEN;

/// Static destructors are registered under it.
HIDDEN void *__dso_handle = &__dso_handle;

HIDDEN void __cxa_pure_virtual() { kernel_pureVirtual(); }

// Around each function of the driver (-finstrument-functions): so the watchdog tells those that come back from the one
// that doesn't.
HIDDEN void __cyg_profile_func_enter(void *, void *) {}
HIDDEN void __cyg_profile_func_exit(void *, void *) {
    // Two words lie between: the caller's frame pointer and the return address.
    kernel_functionReturns(reinterpret_cast<__UINTPTR_TYPE__>(__builtin_frame_address(1)) + 2 * sizeof(void *));
}

// Runs before the driver's own static constructors, so that a fault in one of them can be located.
__attribute__((constructor(101))) static void announce() { kernel_imageLoads(&__dso_handle, __ehdr_start, _etext); }
}

void *operator new(size_t size) {
    if (void *memory = IOMallocZero(size)) return memory;
    panic("out of memory: there is none for %lu bytes of operator new", static_cast<unsigned long>(size));
}
void *operator new[](size_t size) { return operator new(size); }
void operator delete(void *memory) noexcept { IOFree(memory, SIZE_MAX); }
void operator delete[](void *memory) noexcept { IOFree(memory, SIZE_MAX); }
void operator delete(void *memory, size_t size) noexcept { IOFree(memory, size); }
void operator delete[](void *memory, size_t size) noexcept { IOFree(memory, size); }
