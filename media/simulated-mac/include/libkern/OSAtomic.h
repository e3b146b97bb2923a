// Atomic arithmetic; each returns the value from before.
#pragma once

#include <libkern/OSTypes.h>

static inline SInt32 OSAddAtomic(SInt32 amount, volatile SInt32 *address) {
    return __atomic_fetch_add(address, amount, __ATOMIC_SEQ_CST);
}

static inline SInt32 OSIncrementAtomic(volatile SInt32 *address) {
    return OSAddAtomic(1, address);
}

static inline SInt32 OSDecrementAtomic(volatile SInt32 *address) {
    return OSAddAtomic(-1, address);
}

static inline bool OSCompareAndSwap(UInt32 expected, UInt32 value, volatile UInt32 *address) {
    return __atomic_compare_exchange_n(address, &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}
