// Memory, log and time.
#pragma once

#include <IOKit/IOLocks.h>
#include <IOKit/IOTypes.h>
#include <libkern/c++/OSLib.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A line, or a part of one, for the kernel log.
void IOLog(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *IOMalloc(size_t size);
void *IOMallocZero(size_t size);
void IOFree(void *memory, size_t size);
/// Lets the given time of the virtual clock pass.
void IOSleep(unsigned int milliseconds);
void IODelay(unsigned int microseconds);
/// Nanoseconds of the virtual clock since boot.
uint64_t mach_absolute_time(void);

#ifdef __cplusplus
}
#endif

#define IONew(type, count) ((type *)IOMalloc(sizeof(type) * (count)))
#define IODelete(memory, type, count) IOFree((memory), sizeof(type) * (count))
#define IOSafeDeleteNULL(memory, type, count)                                                                          \
    do {                                                                                                               \
        if (memory)                                                                                                    \
            IODelete(memory, type, count);                                                                             \
        (memory) = NULL;                                                                                               \
    } while (0)
