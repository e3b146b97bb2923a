// Linked into each twin: what the compiler asks for by name and what has to be the twin's own.
#include <IOKit/IOLib.h>

#define HIDDEN __attribute__((visibility("hidden")))

extern "C" {
void kernel_imageLoads(void *handle, const void *low, const void *high);
void kernel_pureVirtual();

// Where this image lies: names that the linker defines.
extern const char __ehdr_start[] HIDDEN, _etext[] HIDDEN;

/// Static destructors are registered under it.
HIDDEN void *__dso_handle = &__dso_handle;

HIDDEN void __cxa_pure_virtual() { kernel_pureVirtual(); }

// Runs before the driver's own static constructors, so that a fault in one of them can be located.
__attribute__((constructor(101))) static void announce() { kernel_imageLoads(&__dso_handle, __ehdr_start, _etext); }
}

void *operator new(size_t size) { return IOMallocZero(size); }
void *operator new[](size_t size) { return IOMallocZero(size); }
void operator delete(void *memory) noexcept { IOFree(memory, SIZE_MAX); }
void operator delete[](void *memory) noexcept { IOFree(memory, SIZE_MAX); }
void operator delete(void *memory, size_t size) noexcept { IOFree(memory, size); }
void operator delete[](void *memory, size_t size) noexcept { IOFree(memory, size); }
