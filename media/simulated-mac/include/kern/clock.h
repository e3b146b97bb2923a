// The virtual clock: its unit is the nanosecond.
#pragma once

#include <libkern/OSTypes.h>
#include <sys/cdefs.h>

enum { kNanosecondScale = 1, kMicrosecondScale = 1000, kMillisecondScale = 1000000, kSecondScale = 1000000000 };

__BEGIN_DECLS
uint64_t mach_absolute_time(void);
void clock_get_uptime(uint64_t *result);
void clock_interval_to_deadline(uint32_t interval, uint32_t scale, uint64_t *result);
__END_DECLS
