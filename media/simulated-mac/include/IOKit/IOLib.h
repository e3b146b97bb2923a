// Memory, log and time.
#pragma once

#include <IOKit/IOLocks.h>
#include <IOKit/IOTypes.h>
#include <string.h>

__BEGIN_DECLS
/// A line, or a part of one, for the kernel log.
__attribute__((format(printf, 1, 2))) void IOLog(const char *format, ...);
void *IOMalloc(size_t size);
void *IOMallocZero(size_t size);
void IOFree(void *memory, size_t size);
/// Lets the given time of the virtual clock pass.
void IOSleep(unsigned int milliseconds);
void IODelay(unsigned int microseconds);
__END_DECLS

#define IONew(type, count)            ((type *)IOMalloc(sizeof(type) * (count)))
#define IODelete(memory, type, count) IOFree((memory), sizeof(type) * (count))
