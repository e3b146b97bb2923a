// C functions of libkern and IOLib.
#include "../kernel.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <malloc.h>

struct _IOLock {
    bool taken;
};

#pragma GCC visibility push(default)
extern "C" {

void IOLog(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    kernel::logText(format, arguments);
    va_end(arguments);
}

int kernel_printf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    kernel::logText(format, arguments);
    va_end(arguments);
    return 0;
}

int kernel_snprintf(char *to, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(to, size, format, arguments);
    va_end(arguments);
    return length;
}

size_t kernel_strlen(const char *text) { return strlen(text); }
int kernel_strcmp(const char *a, const char *b) { return strcmp(a, b); }

void *IOMalloc(size_t size) { return malloc(size); }
void *IOMallocZero(size_t size) { return calloc(1, size); }

// As with objects, freed memory is marked and never given out again.
void IOFree(void *memory, size_t size) {
    if (memory)
        memset(memory, 0xdb, MIN(size, malloc_usable_size(memory)));
}

void IOSleep(unsigned int milliseconds) { kernel::now += milliseconds * kernel::millisecond; }

IOLock *IOLockAlloc(void) { return static_cast<IOLock *>(calloc(1, sizeof(IOLock))); }
void IOLockFree(IOLock *lock) { IOFree(lock, sizeof *lock); }

void IOLockLock(IOLock *lock) {
    if (lock->taken)
        panic("deadlock: the lock is taken already, by the same thread");
    lock->taken = true;
}

void IOLockUnlock(IOLock *lock) {
    if (!lock->taken)
        panic("a lock that isn't taken was unlocked");
    lock->taken = false;
}
}
#pragma GCC visibility pop
